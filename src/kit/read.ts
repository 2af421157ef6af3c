import type { z } from 'zod'
import { short } from '#src/core/fields.ts'
import type { Problem } from '#src/core/form.ts'
import type { Key } from '#src/core/message.ts'
import { nearest } from '#src/core/nearest.ts'
import { format, type Kit } from './format.ts'
import { type KitProblem, shown } from './problem.ts'
import { looseEnds } from './references.ts'
import { type Lines, type Path, readYaml } from './yaml.ts'

export type { KitProblem } from './problem.ts'
export type Reading = { ok: true; kit: Kit } | { ok: false; problems: KitProblem[] }

const MOST_PROBLEMS = 50

/**
 * Reads a community kit. Pure, and bounded whatever the text holds. `jobs` are the names that `schedules` may use; without
 * them any is taken. Problems come in the order of the file, fifty at most, one for each place.
 */
export function readKit(text: string, { jobs }: { jobs?: readonly string[] } = {}): Reading {
  const yaml = readYaml(text)
  if (!yaml.ok) return yaml
  const { value, lineOf } = yaml.text
  const read = format.safeParse(value, { reportInput: true })
  if (!read.success) return refused(read.error.issues.flatMap(issue => problemsOf(issue, lineOf)))
  const problems = looseEnds(read.data, jobs, lineOf)
  return problems.length === 0 ? { ok: true, kit: read.data } : refused(problems)
}

function refused(problems: readonly KitProblem[]): Reading {
  const first = new Map(problems.toReversed().map(problem => [problem.path, problem]))
  const inOrder = [...first.values()].toSorted((a, b) => a.line - b.line || (a.path < b.path ? -1 : 1))
  return { ok: false, problems: inOrder.slice(0, MOST_PROBLEMS) }
}

type Issue = z.core.$ZodIssue

function problemsOf(issue: Issue, lineOf: Lines): KitProblem[] {
  const path = issue.path as Path
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownKey([...path, key], key, issue, lineOf))
  // What is wrong in a key of `schedules` has its reasons inside.
  const [inside] = issue.code === 'invalid_key' ? issue.issues : []
  return [{ path: shown(path), line: lineOf(path), reason: reasonOf(inside ?? issue) }]
}

/** The message of the section that refused it is the list of the keys it knows. */
function unknownKey(path: Path, given: string, { message }: Issue, lineOf: Lines): KitProblem {
  const perhaps = nearest(given, message.split(' '))
  const values = { given: short(given), known: message.replaceAll(' ', ', ') }
  const problem = { path: shown(path), line: lineOf(path), reason: { key: 'kit.problems.unknownKey' as const, values } }
  return { ...problem, ...(perhaps !== undefined && { perhaps }) }
}

function reasonOf(issue: Issue): Problem {
  const given = typeof issue.input === 'string' ? short(issue.input) : ''
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? { key: 'kit.problems.missing' } : { key: expected(issue.expected) }
    case 'invalid_value':
      return issue.input === undefined
        ? { key: 'kit.problems.missing' }
        : { key: 'kit.problems.notAmong', values: { given, known: issue.values.map(String).join(', ') } }
    case 'too_small':
      return { key: 'kit.problems.missing' }
    case 'too_big':
      return { key: 'kit.problems.tooLong', values: { most: Number(issue.maximum) } }
    case 'invalid_format':
      return { key: `kit.problems.${issue.message}` as Key, values: { given } }
    case 'custom': {
      const { reason, ...values } = issue.params as { reason: string } & Record<string, string>
      return { key: `kit.problems.${reason}` as Key, values: { given, ...values } }
    }
    default:
      throw new Error(`no reason for ${issue.code} at ${shown(issue.path)}`)
  }
}

const expected = (what: string): Key => {
  if (what === 'array') return 'kit.problems.notAList'
  return what === 'string' ? 'kit.problems.notText' : 'kit.problems.notASection'
}
