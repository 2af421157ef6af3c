import type { Command, CommanderError, Option } from 'commander'
import type { Markdown, Translate } from '#src/core/message.ts'
import { nearest } from '#src/core/nearest.ts'

/** Commander's own words, in the reader's language; its help goes out, its errors are told by `misuse`. */
export function speaking(program: Command, t: Translate, version: string): Command {
  const say = (text: Markdown): string => t.plain(text)
  const titles: Record<string, string> = {
    'Usage:': say(t('shell.help.usage')),
    'Options:': say(t('shell.help.options')),
    'Commands:': say(t('shell.help.commands')),
  }
  const spoken = (term: string): string => named(term, t)
  return program
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({
      styleTitle: title => titles[title] ?? title,
      styleUsage: spoken,
      styleOptionTerm: spoken,
      styleSubcommandTerm: spoken,
      optionDescription: option => described(option, t),
    })
    .helpOption('-h, --help', say(t('shell.help.help')))
    .helpCommand('help [command]', say(t('shell.help.helpCommand')))
    .version(version, '-V, --version', say(t('shell.help.version')))
}

/** What stands for a value: `--db <file>`, `[key...]`. */
const values = [
  'options',
  'command',
  'instant',
  'file',
  'kit',
  'person',
  'what',
  'id',
  'who',
  'database',
  'dir',
  'standing',
  'place',
  'key',
] as const
const valueIn = (name: string, t: Translate): string => {
  const known = values.find(each => each === name)
  return known ? t.plain(t(`shell.help.values.${known}`)) : name
}
/** A term of a command line, with what stands for its values in the reader's language. */
const named = (term: string, t: Translate): string =>
  term.replace(/([<[])([a-z]+)/g, (_, before: string, name: string) => `${before}${valueIn(name, t)}`)

const described = ({ description, defaultValue }: Option, t: Translate): string =>
  typeof defaultValue === 'string'
    ? t.plain(t('shell.help.default', { description, value: defaultValue }))
    : description

/** What was wrong with a command line, from what commander says in English; undefined when it was only asked for help. */
export function misuse({ code, message }: CommanderError, t: Translate): Markdown | undefined {
  const [, given = ''] = /'([^']*)'/.exec(message) ?? []
  const term = { named: named(given, t) }
  const [, perhaps] = /\(Did you mean (?:one of )?(.+)\?\)/.exec(message) ?? []
  switch (code) {
    case 'commander.unknownCommand':
      return perhaps
        ? t('shell.errors.unknownVerbPerhaps', { named: given, perhaps })
        : t('shell.errors.unknownVerb', { named: given })
    case 'commander.unknownOption':
      return perhaps
        ? t('shell.errors.unknownOptionPerhaps', { named: given, perhaps })
        : t('shell.errors.unknownOption', { named: given })
    case 'commander.missingArgument':
      return t('shell.errors.missingArgument', { named: valueIn(given, t) })
    case 'commander.optionMissingArgument':
      return t('shell.errors.optionNeedsValue', term)
    case 'commander.missingMandatoryOptionValue':
      return t('shell.errors.missingOption', term)
    case 'commander.invalidArgument':
      return t('shell.errors.notAmong', notAmong(message, t))
    case 'commander.excessArguments':
      return t('shell.errors.tooMuch', { named: given })
    default:
      return undefined
  }
}

/** Says of a default verb's first word that it is none of its neighbours. Never returns. */
export function unknownVerb(group: Command, given: string): never {
  const near = nearest(
    given,
    group.commands.map(each => each.name()),
  )
  return group.error(`'${given}'${near ? ` (Did you mean ${near}?)` : ''}`, { code: 'commander.unknownCommand' })
}

/** From «option '--only <standing>' argument 'x' is invalid. Allowed choices are waiting, dead.» */
function notAmong(message: string, t: Translate): Record<'named' | 'given' | 'allowed', string> {
  const [, term = '', given = '', allowed = ''] =
    /'([^']*)' argument '([^']*)'.*choices are (.*)\.$/.exec(message) ?? []
  return { named: named(term, t), given, allowed }
}
