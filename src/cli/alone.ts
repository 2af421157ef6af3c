import { setTimeout as wait } from 'node:timers/promises'
import { engineOf, pathIn } from '#src/storage/engine.ts'
import { holdOn } from '#src/storage/hold.ts'

/** Another bot is at work on this file: the two would do everything twice. */
export class AnotherBot extends Error {
  readonly file: string
  constructor(file: string) {
    super('another bot uses this database')
    this.file = file
  }
}

/** The bot that people talk to has been at work there: a rehearsal would write for real, at a time of its own. */
export class NotRehearsed extends Error {
  readonly address: string
  constructor(address: string) {
    super('this database is not a rehearsal’s')
    this.address = address
  }
}

/** From one look to the next, in milliseconds. */
const LOOK = 250

/**
 * Makes a bot the only one on a database that is a file, and returns what ends that. On a server several share the work. One that is
 * stopping is waited for, `patience` milliseconds; throws `AnotherBot` after that.
 */
export async function aloneOn(address: string, patience: number): Promise<() => void> {
  if (engineOf(address) === 'postgres') return () => {}
  const file = pathIn(address)
  const hold = holdOn(`${file}-lock`)
  const until = performance.now() + patience
  while (!hold.take()) {
    if (performance.now() > until) throw new AnotherBot(file)
    await wait(LOOK)
  }
  return hold.drop
}
