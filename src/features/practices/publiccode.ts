import { addressOf, dayIn, ipaOf, licenceOf, versionOf, webAddress } from './publiccode/facts.ts'
import type { Finding, Report } from './publiccode/finding.ts'
import { type Discreet, discretion, hidden, organizations } from './publiccode/persons.ts'
import { at, lines, longest, optional, required, type Spot } from './publiccode/spot.ts'
import { bounds, readTree } from './publiccode/tree.ts'
import { type Words, wordsIn } from './publiccode/words.ts'

export type { Finding, Reason } from './publiccode/finding.ts'
export { spdx } from './publiccode/licence.ts'

/** The largest file that is read, in bytes: also the bound for fetching one. */
export const largestPublicCode = bounds.bytes
/** What the standard allows for a short description, in characters. Real files exceed it, so `summaries` are never cut. */
export const longestSummary = 150
const mostProblems = 50

/** What we take from a file. Texts are by language code ("it", "en"); none holds a contact's name, e-mail or telephone. */
export interface PublicCode extends Words {
  publiccodeVersion: string
  name: string
  url: string
  landingUrl?: string | undefined
  /** An SPDX identifier or expression. */
  licence: string
  version?: string | undefined
  /** YYYY-MM-DD */
  releaseDate?: string | undefined
  categories: string[]
  /** The administration's IPA code, in lower case. */
  ipa?: string | undefined
  /** The name of who publishes it. */
  owner?: string | undefined
}
export type Reading = { ok: true; practice: PublicCode } | { ok: false; problems: Finding[] }

/**
 * Reads a publiccode.yml of version 0.x. Pure, and bounded whatever the text holds.
 *
 * Refused: what is no YAML mapping, repeats a key, is too large or too intricate; a file without name, https address, SPDX
 * licence, known version, or any description. Tolerated, because files in use do it: all else that the standard
 * requires and we do not use; short descriptions of any length; sections and keys that we do not know.
 */
export function readPublicCode(text: string): Reading {
  const read = readTree(text)
  if (!('tree' in read)) return refused(read.problems)
  const { tree, problems } = read
  const file: Spot = { key: '', line: 1, tree }
  if (tree.kind !== 'mapping') return refused([...problems, { key: '', line: 1, reason: 'not-a-mapping' }])
  const report: Report = problem => problems.push(problem)
  const hide = discretion(file, report)
  const practice = practiceIn(file, hide, report)
  return practice && problems.length === 0 ? { ok: true, practice } : refused(problems.map(discreetly(hide)))
}

function refused(problems: Finding[]): Reading {
  return { ok: false, problems: problems.toSorted((a, b) => a.line - b.line).slice(0, mostProblems) }
}

const discreetly =
  (hide: Discreet) =>
  (problem: Finding): Finding => {
    const values = Object.entries(problem.values ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? hide(value) : value,
    ])
    return { ...problem, key: hide(problem.key), ...(problem.values && { values: Object.fromEntries(values) }) }
  }

function practiceIn(file: Spot, hide: Discreet, report: Report): PublicCode | undefined {
  const publiccodeVersion = versionOf(at(file, 'publiccodeYmlVersion'), report)
  const name = required(at(file, 'name'), longest.name, 'missing-name', report)
  const url = addressOf(at(file, 'url'), report)
  const licence = licenceOf(file, report)
  const words = wordsIn(at(file, 'description'), hide, report)
  const categories = lines(at(file, 'categories'), report)
  if (!publiccodeVersion || !name || !url || !licence) return undefined
  return {
    publiccodeVersion,
    name: hide(name),
    url,
    landingUrl: webAddress(at(file, 'landingURL')),
    licence,
    version: hidden(optional(at(file, 'softwareVersion'), longest.code), hide),
    releaseDate: dayIn(at(file, 'releaseDate')),
    categories: categories.map(hide),
    ipa: ipaOf(file),
    owner: hidden(organizations(file)[0], hide),
    ...words,
  }
}
