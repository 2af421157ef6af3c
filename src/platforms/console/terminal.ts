import { createInterface } from 'node:readline'
import type { Translate } from '#src/core/message.ts'
import { dmOf } from './adapter.ts'
import type { Shown } from './draw.ts'
import { play } from './rehearsal.ts'
import { type Stage, type Wrong, wrong } from './stage.ts'

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
/** Who is speaking, and where. */
interface Voice {
  as: string
  in: string
}

/** A person's conversation with the bot. A line that starts with `:` steers the stage: who speaks, where, and when. */
export function runTerminal({ input, output, as, t }: TerminalOptions): Terminal {
  const say = (text: string): void => void output.write(`${text}\n`)
  const voice: Voice = { as, in: 'dm' }
  const heard = async (line: string, stage: Stage): Promise<void> => {
    const problem = line.startsWith(':') ? await steer(line, voice, stage) : await play(typed(line, voice), stage)
    if (problem) say(t.plain(t(problem.key, problem.values)))
  }
  return {
    show: message => say(lines(message, voice)),
    run: async stage => {
      say(t.plain(t('shell.terminal.welcome', { name: voice.as, now: t.moment(stage.now()) })))
      const read = createInterface({ input, output, prompt: prompt(voice) })
      // What comes from a pipe has ended long before the last line of it is answered.
      let over = false
      read.once('close', () => {
        over = true
      })
      read.prompt()
      for await (const line of read) {
        if (line.trim() !== '') await heard(line, stage)
        if (over) continue
        read.setPrompt(prompt(voice))
        read.prompt()
      }
    },
  }
}

const typed = (text: string, voice: Voice): string => JSON.stringify({ ...voice, text })
const prompt = (voice: Voice): string => (voice.in === 'dm' ? `${voice.as}> ` : `${voice.as} ${voice.in}> `)

function lines(
  { to, ref, text, choices = [], file, image, images, onlyFor, edit, thread }: Shown,
  voice: Voice,
): string {
  const marks = [to === dmOf(voice.as) ? '' : to, onlyFor && `→ ${onlyFor}`, thread && `↳ ${thread}`, edit && '✎']
  const head = [ref, ...marks.filter(Boolean)].join(' ')
  const numbered = choices.map(({ n, label }) => `  ${n}. ${label}`)
  const attached = [file, ...(images ?? [image])].flatMap(each => (each ? [`  ${each.file}`] : []))
  return ['', `[${head}]`, text.replace(/^/gm, '  '), ...numbered, ...attached].join('\n')
}

async function steer(line: string, voice: Voice, stage: Stage): Promise<Wrong> {
  const [verb = '', ...rest] = line.slice(1).trim().split(/\s+/)
  const [first = '', second = ''] = rest
  const acting = (what: object): Promise<Wrong> => play(JSON.stringify({ as: voice.as, ...what }), stage)
  switch (verb) {
    case 'as':
      if (!(await stage.person(first))) return wrong('console.nobody', { name: first })
      Object.assign(voice, { as: first, in: 'dm' })
      return undefined
    case 'in':
      voice.in = first || 'dm'
      return undefined
    case 'at':
      return play(JSON.stringify({ at: first }), stage)
    case 'join':
      return acting({ join: first })
    case 'leave':
      return acting({ leave: first })
    case 'file':
      return acting({ in: voice.in, file: first, text: rest.slice(1).join(' ') })
    case 'press':
      return acting({ ref: first, pick: Number(second) })
    default:
      return wrong('shell.terminal.verbs')
  }
}
