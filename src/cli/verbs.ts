// What the shell can be asked: names, arguments and options. Each verb's own file is loaded when it is used, and only then.
import { type Command, Option } from 'commander'
import { namesPlatform } from '#src/config.ts'
import type { Key } from '#src/core/message.ts'
import { workOn } from '#src/storage/engine.ts'
import { unknownVerb } from './help.ts'
import { databaseOf, type Shell } from './shell.ts'

type Verb = (program: Command, shell: Shell) => void

const words = ({ t }: Shell, key: Key): string => t.plain(t(key))

/** Whatever follows speaks to the engine of the settings' database, or of the one that was named. */
const workOnIts = ({ settings }: Shell, { db }: { db?: string }): void => workOn(databaseOf(settings(), db))

const start: Verb = (program, shell) => {
  program
    .command('start')
    .description(words(shell, 'shell.start.does'))
    .option('--at <instant>', words(shell, 'shell.start.at'))
    .action(async options => {
      // The local trial has a file of its own, whatever the live database is.
      if (!namesPlatform(shell.settings())) workOn('file:')
      const { start } = await import('#src/cli/start.ts')
      shell.ends(await start(shell.settings(), shell.t, options))
    })
}

const chat: Verb = (program, shell) => {
  program
    .command('chat')
    .description(words(shell, 'shell.chat.does'))
    .option('--json', words(shell, 'shell.chat.json'))
    .option('--db <file>', words(shell, 'shell.chat.db'))
    .option('--kit <file>', words(shell, 'shell.chat.kit'))
    .option('--at <instant>', words(shell, 'shell.chat.at'))
    .option('--as <person>', words(shell, 'shell.chat.as'), 'newcomer')
    .action(async options => {
      workOn(options.db ?? 'file:')
      const { chat } = await import('#src/cli/chat.ts')
      shell.ends(await chat(options, shell.t))
    })
}

const apply: Verb = (program, shell) => {
  program
    .command('apply <kit>')
    .description(words(shell, 'shell.apply.does'))
    .option('--yes', words(shell, 'shell.apply.yes'))
    .action(async (file, options) => {
      const [{ apply }, { kitIn }] = await Promise.all([import('#src/cli/apply.ts'), import('#src/cli/kit-file.ts')])
      shell.ends(await apply(kitIn(file, shell.t), options, shell.settings(), shell.t))
    })
}

const importing: Verb = (program, shell) => {
  program
    .command('import <what...>')
    .description(words(shell, 'shell.import.does'))
    .requiredOption('--community <id>', words(shell, 'shell.import.community'))
    .option('--provider <who>', words(shell, 'shell.import.provider'))
    .option('--db <file>', words(shell, 'shell.db'))
    .action(async (what, options) => {
      workOnIts(shell, options)
      const { importPractices } = await import('#src/cli/import.ts')
      shell.ends(await importPractices(what, options, shell.settings(), shell.t))
    })
}

const backup: Verb = (program, shell) => {
  program
    .command('backup <file>')
    .description(words(shell, 'shell.backup.does'))
    .option('--db <file>', words(shell, 'shell.db'))
    .action(async (file, options) => {
      const { backup } = await import('#src/cli/backup.ts')
      shell.ends(await backup(file, options, shell.settings(), shell.t))
    })
}

const restore: Verb = (program, shell) => {
  program
    .command('restore <file>')
    .description(words(shell, 'shell.restore.does'))
    .option('--db <file>', words(shell, 'shell.restore.db'))
    .action(async (file, options) => {
      const { restore } = await import('#src/cli/restore.ts')
      shell.ends(await restore(file, options, shell.settings(), shell.t))
    })
}

const moving: Verb = (program, shell) => {
  program
    .command('move')
    .description(words(shell, 'shell.move.does'))
    .requiredOption('--to <database>', words(shell, 'shell.move.to'))
    .option('--db <database>', words(shell, 'shell.move.db'))
    .action(async options => {
      const { move } = await import('#src/cli/move.ts')
      shell.ends(await move(options, shell.settings(), shell.t))
    })
}

const exporting: Verb = (program, shell) => {
  program
    .command('export <dir>')
    .description(words(shell, 'shell.export.does'))
    .option('--db <file>', words(shell, 'shell.db'))
    .action(async (folder, options) => {
      workOnIts(shell, options)
      const { exportAll } = await import('#src/cli/export.ts')
      shell.ends(await exportAll(folder, options, shell.settings(), shell.t))
    })
}

const doctor: Verb = (program, shell) => {
  program
    .command('doctor')
    .description(words(shell, 'shell.doctor.does'))
    .action(async () => {
      const { doctor } = await import('#src/cli/doctor.ts')
      shell.ends(await doctor(shell.t))
    })
}

const outbox: Verb = (program, shell) => {
  const verb = program.command('outbox').description(words(shell, 'shell.outbox.does'))
  const db = ['--db <file>', words(shell, 'shell.db')] as const
  const only = new Option('--only <standing>', words(shell, 'shell.outbox.only')).choices([
    'waiting',
    'sending',
    'dead',
  ])
  verb
    .command('list', { isDefault: true })
    .description(words(shell, 'shell.outbox.list'))
    .addOption(only)
    .option('--place <place>', words(shell, 'shell.outbox.place'))
    .option(...db)
    .allowExcessArguments()
    .action(async (options, { args: [stray] }: Command) => {
      if (stray !== undefined) unknownVerb(verb, stray)
      workOnIts(shell, options)
      const { list } = await import('#src/cli/outbox.ts')
      shell.ends(await list(options, shell.settings(), shell.t))
    })
  const changing = (name: 'retry' | 'drop') =>
    verb
      .command(`${name} [key...]`)
      .description(words(shell, `shell.outbox.${name}.does`))
      .option('--dead', words(shell, 'shell.outbox.allDead'))
      .option(...db)
  changing('retry').action(async (keys, options) => {
    workOnIts(shell, options)
    const { again } = await import('#src/cli/outbox.ts')
    shell.ends(await again(keys, options, shell.settings(), shell.t))
  })
  changing('drop').action(async (keys, options) => {
    workOnIts(shell, options)
    const { giveUp } = await import('#src/cli/outbox.ts')
    shell.ends(await giveUp(keys, options, shell.settings(), shell.t))
  })
}

const recoveryKey: Verb = (program, shell) => {
  program
    .command('recovery-key')
    .description(words(shell, 'shell.recoveryKey.does'))
    .action(async () => {
      const { newRecoveryKey } = await import('#src/platforms/matrix/sdk/recovery.ts')
      process.stdout.write(`${newRecoveryKey()}\n`)
    })
}

export const verbs: readonly Verb[] = [
  start,
  chat,
  apply,
  importing,
  doctor,
  outbox,
  backup,
  restore,
  exporting,
  moving,
  recoveryKey,
]
