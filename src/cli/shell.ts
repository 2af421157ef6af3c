import { existsSync } from 'node:fs'
import type { Settings } from '#src/config.ts'
import type { Markdown, Translate } from '#src/core/message.ts'
import { engineOf, pathIn } from '#src/storage/engine.ts'

/** What a verb is given: its words, the settings once it asks for them, and where its exit code goes. */
export interface Shell {
  t: Translate
  settings: () => Settings
  ends: (code: number) => void
}

/** What was asked for goes to standard output, what went wrong to standard error. */
export const tell = (t: Translate, text: Markdown): void => void process.stdout.write(`${t.plain(text)}\n`)
export const complain = (t: Translate, text: Markdown): void => void process.stderr.write(`${t.plain(text)}\n`)

/** The database of these settings, or the one that was named: the path of a file, or a server's address. */
export const databaseOf = (settings: Settings, named?: string): string => pathIn(named ?? settings.DATABASE_URL)

/** Whether there is one already; a server says so itself. */
export const isThere = (address: string): boolean => engineOf(address) === 'postgres' || existsSync(address)

/** An address as it may be read by anybody. */
export const shownAddress = (address: string): string =>
  engineOf(address) === 'postgres' ? address.replace(/(:\/\/[^:@/]*):.*@/, '$1@') : address
