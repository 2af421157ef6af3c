import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { explained } from '#src/cli/failures.ts'
import { misuse, speaking } from '#src/cli/help.ts'
import { verbs } from '#src/cli/verbs.ts'
import { readSettings, shellReader } from '#src/config.ts'
import type { Translate } from '#src/core/message.ts'
import { openLanguage } from '#src/i18n/language.ts'
import '#src/i18n/words.ts'

/** The command line was not understood; 1 is for what was understood and went wrong. */
const MISUSED = 2

/** Runs one verb; the exit code. Heavy parts are loaded by the verb that needs them, so that the others answer at once. */
export async function run(argv: string[]): Promise<number> {
  const t = openLanguage(() => Temporal.Now.instant()).t(shellReader())
  endWithReader()
  try {
    return await verb(argv, t)
  } catch (error) {
    if (error instanceof CommanderError) return misused(error, t)
    const sentence = explained(error, t)
    if (sentence === undefined) throw error
    process.stderr.write(`${t.plain(sentence)}\n`)
    return 1
  }
}

async function verb(argv: string[], t: Translate): Promise<number> {
  let code = 0
  const ends = (with_: number): void => {
    code = with_
  }
  const program = speaking(new Command('bot').description(t.plain(t('shell.about'))), t, version())
  for (const add of verbs) add(program, { t, settings: readSettings, ends })
  await program.parseAsync(argv)
  return code
}

function misused(error: CommanderError, t: Translate): number {
  const sentence = misuse(error, t)
  if (sentence === undefined) return error.exitCode
  process.stderr.write(`${t.plain(sentence)}\n`)
  return MISUSED
}

const version = (): string => {
  const about: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return about.version
}

/** Whoever reads what we print may have had enough, as `head` does: that is no failure. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}
