// What the last kit said, as fingerprints: enough to see that it says something new, and nobody's name in it. So who asked
// to be forgotten is not brought back by a file that still names her.
import { createHash } from 'node:crypto'
import type { Tx } from '#src/core/feature.ts'
import { saveSetting, setting } from '#src/storage/settings.ts'
import type { Entry, Fields, Told } from './change.ts'

/** By entry, by field. */
export type Memory = Record<string, Record<string, string>>

const NAME = 'kit.applied'
export const remembered = async (tx: Tx): Promise<Memory> => (await setting<Memory>(tx, NAME)) ?? {}
export const remember = (tx: Tx, memory: Memory): Promise<void> => saveSetting(tx, NAME, memory)

export const print = (value: unknown): string =>
  createHash('sha256').update(canonical(value)).digest('base64url').slice(0, 22)

export const prints = (fields: Fields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, print(value)]))

export const told =
  (before: Record<string, string> | undefined): Told =>
  (field, value) =>
    before?.[field] === print(value)

const personal = new Set(['person', 'member', 'administrator', 'economic-operator', 'coordinator', 'operator'])

/** The name of an entry in the memory: a fingerprint where it would name a person. */
export const keyOf = ({ what, name, of = '' }: Pick<Entry, 'what' | 'name' | 'of'>): string =>
  personal.has(what) ? `${what}:${print(name)}:${of}` : `${what}:${name}:${of}`

/** What a key names, where it can be told. */
export function named(key: string): { what: string; name: string; of: string } | undefined {
  const [what = '', name = '', of = ''] = key.split(':')
  return personal.has(what) ? undefined : { what, name, of }
}

/** Two values are the same when this text is. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}
