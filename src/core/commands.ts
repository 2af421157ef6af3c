import { fold } from './fold.ts'
import type { Registry } from './registry.ts'

/** What a text is, once its first words have been compared with every command in every language. */
export type Read = { kind: 'command'; name: string; text: string; said?: string } | { kind: 'said'; text: string }

const PREFIX = /^\s*[/!]oc(?=\s|$)\s*/iu

/** Reads what people type. The longest command that opens the text wins: `pratica proponi` before `pratica`. */
export function lexicon(registry: Registry, inEveryLanguage: (key: string) => string[]): (text: string) => Read {
  const phrases = [...registry.commands.keys()]
    .flatMap(id => phrasesOf(id, inEveryLanguage).map(({ folded }) => ({ id, words: folded.split(' ') })))
    .toSorted((a, b) => b.words.length - a.words.length)
  return text => {
    const bare = text.replace(PREFIX, '')
    const said = fold(bare.slice(0, 200))
      .replace(/[?!.,:;]+(?=\s|$)/gu, '')
      .split(' ')
    const found = phrases.find(({ words }) => words.every((word, at) => said[at] === word))
    const marked = PREFIX.test(text)
    if (found) {
      const rest = afterWords(bare, found.words.length)
      return { kind: 'command', name: found.id, text: rest, ...(!marked && { said: text }) }
    }
    // `/oc` and nothing known after it still asks for the bot: it gets the menu.
    return marked ? { kind: 'command', name: 'core.help', text: bare.trim() } : { kind: 'said', text }
  }
}

/** A way to call a command, as it is compared and as it is spelled. */
export interface Phrase {
  folded: string
  written: string
}

/** Every way to call a command: «entra | partecipa» are two. */
export const phrasesOf = (id: string, inEveryLanguage: (key: string) => string[]): Phrase[] => {
  const [feature, command] = id.split('.')
  const names = inEveryLanguage(`${feature}.commands.${command}.name`).flatMap(each => each.split('|'))
  return names.map(name => ({ folded: fold(name), written: name.trim() }))
}

/** A text without its first words. */
export const afterWords = (text: string, count: number): string => {
  const rest = new RegExp(`^\\s*(?:\\S+\\s*){${count}}`, 'u').exec(text)
  return text.slice(rest?.[0].length ?? 0).trim()
}
