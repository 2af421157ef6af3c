import type { Command, CommanderError, Option } from 'commander'
import type { Markdown, Translate } from '#src/core/message.ts'

/** Commander's own words, in the reader's language; its help goes out, its errors are told by `misuse`. */
export function speaking(program: Command, t: Translate, version: string): Command {
  const say = (text: Markdown): string => t.plain(text)
  const titles: Record<string, string> = {
    'Usage:': say(t('shell.help.usage')),
    'Options:': say(t('shell.help.options')),
    'Commands:': say(t('shell.help.commands')),
  }
  return program
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({
      styleTitle: title => titles[title] ?? title,
      styleUsage: usage =>
        usage
          .replace('[options]', say(t('shell.help.someOptions')))
          .replace('[command]', say(t('shell.help.aCommand'))),
      optionDescription: option => described(option, t),
    })
    .helpOption('-h, --help', say(t('shell.help.help')))
    .helpCommand('help [command]', say(t('shell.help.helpCommand')))
    .version(version, '-V, --version', say(t('shell.help.version')))
}

const described = ({ description, defaultValue }: Option, t: Translate): string =>
  typeof defaultValue === 'string'
    ? t.plain(t('shell.help.default', { description, value: defaultValue }))
    : description

/** What was wrong with a command line, from what commander says in English; undefined when it was only asked for help. */
export function misuse({ code, message }: CommanderError, t: Translate): Markdown | undefined {
  const [, named = ''] = /'([^']*)'/.exec(message) ?? []
  const [, perhaps] = /\(Did you mean (?:one of )?(.+)\?\)/.exec(message) ?? []
  switch (code) {
    case 'commander.unknownCommand':
      return perhaps
        ? t('shell.errors.unknownVerbPerhaps', { named, perhaps })
        : t('shell.errors.unknownVerb', { named })
    case 'commander.unknownOption':
      return perhaps
        ? t('shell.errors.unknownOptionPerhaps', { named, perhaps })
        : t('shell.errors.unknownOption', { named })
    case 'commander.missingArgument':
      return t('shell.errors.missingArgument', { named })
    case 'commander.optionMissingArgument':
      return t('shell.errors.optionNeedsValue', { named })
    case 'commander.missingMandatoryOptionValue':
      return t('shell.errors.missingOption', { named })
    case 'commander.invalidArgument':
      return t('shell.errors.notAmong', notAmong(message))
    case 'commander.excessArguments':
      return t('shell.errors.tooMuch', { named })
    default:
      return undefined
  }
}

/** From «option '--only <standing>' argument 'x' is invalid. Allowed choices are waiting, dead.» */
function notAmong(message: string): Record<'named' | 'given' | 'allowed', string> {
  const [, named = '', given = '', allowed = ''] =
    /'([^']*)' argument '([^']*)'.*choices are (.*)\.$/.exec(message) ?? []
  return { named, given, allowed }
}
