import { readFileSync } from 'node:fs'
import { type Finding, type PublicCode, readPublicCode } from '#src/features/practices/publiccode.ts'

export const fixture = (name: string): string => readFileSync(new URL(`./${name}.yml`, import.meta.url), 'utf8')

/** A file with nothing wrong in it, and the given top-level keys written instead of its own; `undefined` leaves one out. */
export function aFile(changes: Record<string, string | undefined> = {}): string {
  const keys = {
    publiccodeYmlVersion: '"0.5.0"',
    name: 'Sportello',
    url: 'https://git.example.org/ente/sportello',
    legal: '{ license: EUPL-1.2 }',
    description: '{ it: { shortDescription: Uno sportello } }',
    ...changes,
  }
  const present = Object.entries(keys).filter(([, value]) => value !== undefined)
  return present.map(([key, value]) => `${key}: ${value}\n`).join('')
}

export function practiceIn(text: string): PublicCode {
  const reading = readPublicCode(text)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.practice
}

export function problemsIn(text: string): Finding[] {
  const reading = readPublicCode(text)
  return reading.ok ? [] : reading.problems
}

export const reasonsIn = (text: string): string[] => problemsIn(text).map(problem => problem.reason)
