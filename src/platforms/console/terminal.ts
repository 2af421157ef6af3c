import { createInterface } from 'node:readline'
import type { Translate } from '#src/core/message.ts'
import { dmOf, type Shown } from './adapter.ts'
import { play, type Stage } from './rehearsal.ts'

export interface Terminal {
  show: (message: Shown) => void
  /** Reads lines until there are no more. */
  run: (stage: Stage) => Promise<void>
}
export interface TerminalOptions {
  input: NodeJS.ReadableStream
  output: NodeJS.WritableStream
  /** Who is speaking at first. */
  as: string
  t: Translate
}

/** A person's conversation with the bot. A line that starts with `:` steers the stage: who speaks, where, and when. */
export function runTerminal({ input, output, as, t }: TerminalOptions): Terminal {
  const say = (text: string): void => void output.write(`${text}\n`)
  let speaker = as
  let where = 'dm'

  const show = ({ to, ref, text, choices = [], file, image, onlyFor, edit, thread }: Shown): void => {
    const marks = [to === dmOf(speaker) ? '' : to, onlyFor ? `→ ${onlyFor}` : '', thread ? `↳ ${thread}` : '', edit ? '✎' : ''].filter(Boolean)
    say(`\n[${ref}${marks.length > 0 ? ` ${marks.join(' ')}` : ''}]`)
    say(text.replace(/^/gm, '  '))
    for (const { n, label } of choices) say(`  ${n}. ${label}`)
    for (const attached of [file, image]) if (attached) say(`  ${attached.file}`)
  }

  async function steer(line: string, stage: Stage): Promise<void> {
    const [verb = '', ...rest] = line.slice(1).trim().split(/\s+/)
    const value = rest.join(' ')
    const moves: Record<string, () => Promise<string | undefined>> = {
      as: async () => ((await stage.person(value)) ? void ([speaker, where] = [value, 'dm']) : t.plain(t('shell.terminal.nobody', { name: value }))),
      in: async () => void (where = value === '' ? 'dm' : value),
      at: () => play(JSON.stringify({ at: value }), stage),
      join: () => play(JSON.stringify({ as: speaker, join: value }), stage),
      leave: () => play(JSON.stringify({ as: speaker, leave: value }), stage),
      file: () => play(JSON.stringify({ as: speaker, in: where, text: rest.slice(1).join(' '), file: rest[0] ?? '' }), stage),
      press: () => play(JSON.stringify({ as: speaker, ref: rest[0], pick: Number(rest[1]) }), stage),
    }
    const wrong = await (moves[verb]?.() ?? t.plain(t('shell.terminal.verbs')))
    if (wrong !== undefined) say(wrong)
  }

  return {
    show,
    run: async stage => {
      say(t.plain(t('shell.terminal.welcome', { name: speaker, now: t.moment(stage.now()) })))
      const lines = createInterface({ input, output, prompt: `${speaker}> ` })
      lines.prompt()
      for await (const line of lines) {
        if (line.startsWith(':')) await steer(line, stage)
        else if (line.trim() !== '') {
          const wrong = await play(JSON.stringify({ as: speaker, in: where, text: line }), stage)
          if (wrong !== undefined) say(wrong)
        }
        lines.setPrompt(where === 'dm' ? `${speaker}> ` : `${speaker} ${where}> `)
        lines.prompt()
      }
    },
  }
}
