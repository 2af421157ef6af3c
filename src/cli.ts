import { Command, CommanderError } from 'commander'
import { readSettings, type Settings, WrongSettings } from '#src/config.ts'
import type { Translate } from '#src/core/message.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { UnusableKit } from '#src/kit/unusable.ts'
import { UnusableDatabase } from '#src/storage/migrations.ts'
import '#src/i18n/words.ts'

/** Runs one verb; the exit code. Heavy parts are loaded by the verb that needs them, so that the others answer at once. */
export async function run(argv: string[]): Promise<number> {
  const language = openLanguage()
  try {
    const settings = readSettings()
    const t = language.t({ locale: settings.DEFAULT_LOCALE, timezone: settings.DEFAULT_TIMEZONE })
    return await verbs(argv, settings, t)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode
    if (error instanceof WrongSettings || error instanceof UnusableKit || error instanceof UnusableDatabase) {
      process.stderr.write(`${error.message}\n`)
      return 1
    }
    throw error
  }
}

async function verbs(argv: string[], settings: Settings, t: Translate): Promise<number> {
  let code = 0
  const program = new Command('bot').exitOverride().description(t.plain(t('shell.about')))
  program
    .command('start')
    .description(t.plain(t('shell.start.does')))
    .action(async () => {
      const { start } = await import('#src/cli/start.ts')
      code = await start(settings, t)
    })
  program
    .command('chat')
    .description(t.plain(t('shell.chat.does')))
    .option('--json', t.plain(t('shell.chat.json')))
    .option('--db <file>', t.plain(t('shell.chat.db')))
    .option('--kit <file>', t.plain(t('shell.chat.kit')))
    .option('--at <instant>', t.plain(t('shell.chat.at')))
    .option('--as <person>', t.plain(t('shell.chat.as')), 'newcomer')
    .action(async options => {
      const { chat } = await import('#src/cli/chat.ts')
      code = await chat(options, t)
    })
  program
    .command('apply <kit>')
    .description(t.plain(t('shell.apply.does')))
    .option('--yes', t.plain(t('shell.apply.yes')))
    .action(async (file, options) => {
      const [{ apply }, { kitIn }] = await Promise.all([import('#src/cli/apply.ts'), import('#src/cli/kit-file.ts')])
      code = await apply(kitIn(file, t), options, settings, t)
    })
  await program.parseAsync(argv)
  return code
}
