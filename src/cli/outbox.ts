import { existsSync } from 'node:fs'
import type { Settings } from '#src/config.ts'
import type { Tx } from '#src/core/feature.ts'
import type { Translate } from '#src/core/message.ts'
import { drop, howMany, retry, type Standing, undelivered, type Which } from '#src/delivery/undelivered.ts'
import { openReadOnly, openStore } from '#src/storage/database.ts'
import { engineOf } from '#src/storage/engine.ts'
import { addressed, queuesOf } from './outbox/addresses.ts'
import { line } from './outbox/lines.ts'
import { complain, databaseOf, tell } from './shell.ts'

/** So many are shown, the oldest. */
const MOST = 100

interface Flags {
  db?: string
}
export interface ListFlags extends Flags {
  only?: Standing
  place?: string
}
export interface ChangeFlags extends Flags {
  dead?: true
}

/** What has not arrived: how many, and each with its age, its place and the reason; never its words. */
export async function list(flags: ListFlags, settings: Settings, t: Translate): Promise<number> {
  const file = existing(flags, settings, t)
  if (file === undefined) return 1
  const store = await openReadOnly(file)
  try {
    return await store.read(tx => shown(tx, flags, t))
  } finally {
    await store.close()
  }
}

async function shown(tx: Tx, { place, only }: ListFlags, t: Translate): Promise<number> {
  const queues = place === undefined ? undefined : await queuesOf(tx, place)
  if (place !== undefined && queues?.length === 0) {
    complain(t, t('shell.outbox.noPlace', { given: place }))
    return 1
  }
  const which = { standing: only, queues }
  const counts = await howMany(tx, which)
  const found = await undelivered(tx, which, MOST)
  const now = Temporal.Now.instant()
  tell(t, t('shell.outbox.counts', { ...counts }))
  for (const each of found) process.stdout.write(`${line(t, each, await addressed(tx, each, t), now)}\n`)
  const rest = counts.waiting + counts.sending + counts.dead - found.length
  if (rest > 0) tell(t, t('shell.outbox.more', { count: rest }))
  if (counts.dead > 0) tell(t, t('shell.outbox.next'))
  return 0
}

/** Sends again what was given up, and at once what waits for its next attempt. */
export const again = (keys: string[], flags: ChangeFlags, settings: Settings, t: Translate): Promise<number> =>
  change(keys, flags, settings, t, { change: retry, done: 'shell.outbox.retry.done', not: 'shell.outbox.retry.not' })

/** Gives up for good. */
export const giveUp = (keys: string[], flags: ChangeFlags, settings: Settings, t: Translate): Promise<number> =>
  change(keys, flags, settings, t, { change: drop, done: 'shell.outbox.drop.done', not: 'shell.outbox.drop.not' })

interface Change {
  change: typeof retry
  done: 'shell.outbox.retry.done' | 'shell.outbox.drop.done'
  not: 'shell.outbox.retry.not' | 'shell.outbox.drop.not'
}

async function change(
  keys: string[],
  flags: ChangeFlags,
  settings: Settings,
  t: Translate,
  { change, done, not }: Change,
): Promise<number> {
  if (keys.length > 0 === Boolean(flags.dead)) {
    complain(t, t('shell.outbox.which'))
    return 2
  }
  const file = existing(flags, settings, t)
  if (file === undefined) return 1
  const store = await openStore(file)
  try {
    const which: Which = flags.dead ? 'dead' : keys
    const changed = await store.transaction(tx => change(tx, which, Temporal.Now.instant()))
    tell(t, t(done, { count: changed.length }))
    const left = keys.filter(key => !changed.includes(key))
    for (const key of left) complain(t, t(not, { key }))
    return left.length > 0 ? 1 : 0
  } finally {
    await store.close()
  }
}

function existing({ db }: Flags, settings: Settings, t: Translate): string | undefined {
  const file = databaseOf(settings, db)
  if (engineOf(file) === 'postgres' || existsSync(file)) return file
  complain(t, t('shell.noDatabase', { path: file }))
  return undefined
}
