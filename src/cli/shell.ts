import type { Settings } from '#src/config.ts'
import type { Markdown, Translate } from '#src/core/message.ts'

/** What a verb is given: its words, the settings once it asks for them, and where its exit code goes. */
export interface Shell {
  t: Translate
  settings: () => Settings
  ends: (code: number) => void
}

/** What was asked for goes to standard output, what went wrong to standard error. */
export const tell = (t: Translate, text: Markdown): void => void process.stdout.write(`${t.plain(text)}\n`)
export const complain = (t: Translate, text: Markdown): void => void process.stderr.write(`${t.plain(text)}\n`)

/** The database file of these settings, or the one that was named. */
export const databaseOf = (settings: Settings, named?: string): string =>
  named ?? settings.DATABASE_URL.replace(/^file:(\/\/(?=\/))?/, '')
