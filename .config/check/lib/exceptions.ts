import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Finding } from './check.ts'

export const EXCEPTIONS = '.config/exceptions.json'

const exception = z.strictObject({
  /** The check that found it. */
  check: z.string(),
  file: z.string(),
  /** The function, the type, the key, the sentence: whatever that check names. */
  what: z.string(),
  /** For sizes: how big it may be. */
  atMost: z.number().optional(),
  reason: z.string().min(10),
})
export type Exception = z.infer<typeof exception>

export const exceptions = (): Exception[] => z.array(exception).parse(JSON.parse(readFileSync(EXCEPTIONS, 'utf8')))

const covers = (allowed: Exception, check: string, found: Finding): boolean =>
  allowed.check === check &&
  allowed.file === found.file &&
  allowed.what === found.what &&
  (found.size === undefined || found.size <= (allowed.atMost ?? 0))

/** What remains of a check's findings, and the exceptions that nothing needs any more. */
export function except(check: string, findings: readonly Finding[], all: readonly Exception[]): Finding[] {
  const mine = all.filter(each => each.check === check)
  const idle = mine.filter(each => !findings.some(found => covers(each, check, found)))
  return [
    ...findings.filter(found => !mine.some(each => covers(each, check, found))),
    ...idle.map(({ file, what }) => ({ file: EXCEPTIONS, message: `no longer needed: ${check}, ${file}, ${what}` })),
  ]
}
