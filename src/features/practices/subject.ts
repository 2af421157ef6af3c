import type { Handler, World } from '#src/core/feature.ts'
import { type Of, type Reply, say } from '#src/core/interaction.ts'
import type { Translate } from '#src/core/message.ts'
import { practice, practiceByNumber } from './catalogue/store.ts'
import { told } from './messages.ts'
import { mayRead, numberOf, readNumber, type Standing } from './rules.ts'
import type { Practice } from './schema.ts'
import { standing } from './standing.ts'

/** Somebody does something with a practice, by button or by command. */
export interface About {
  practice: Practice
  who: Standing
  /** What she wrote after the number. */
  rest: string
  from: Of<'command' | 'choice'>
  world: World
  t: Translate
}
interface Both {
  command: Handler<Of<'command'>>
  choice: Handler<Of<'choice'>>
}

/** What a button does with a practice, its command does too: one names it by its id, the other by its number. */
export const onPractice = (command: string, work: (about: About) => Promise<Reply>): Both => ({
  command: async (from, world) => {
    const t = world.t(from.member)
    const named = readNumber(from.text)
    if (!named) return say(told(numberNeeded(t, command)))
    const row = await practiceByNumber(world.tx, named.number)
    const number = numberOf(named)
    const reply = await start(row, { rest: named.rest, from, world, t }, work)
    return reply ?? say(told(onProposals.has(command) ? t('practices.noProposal', { number }) : notFound(t, number)))
  },
  choice: async (from, world) => {
    const row = await practice(world.tx, from.value)
    const number = row ? numberOf(row) : ''
    const t = world.t(from.member)
    return (await start(row, { rest: '', from, world, t }, work)) ?? say(told(notFound(t, number)))
  },
})

/** What these are about is not published yet. */
const onProposals: ReadonlySet<string> = new Set(['publish', 'changes', 'decline'])

/** Undefined when there is nothing that she may read. */
async function start(
  row: Practice | undefined,
  rest: Omit<About, 'practice' | 'who'>,
  work: (about: About) => Promise<Reply>,
): Promise<Reply | undefined> {
  const who = await standing(rest.world.tx, rest.from.member.id)
  return row && mayRead(who, row) ? work({ ...rest, practice: row, who }) : undefined
}

export const notFound = (t: Translate, number: string) =>
  number === '' ? t('practices.gone') : t('practices.notFound', { number })

/** How a command is written, with a number in it. */
export const numberNeeded = (t: Translate, command: string) =>
  t('practices.numberNeeded', { example: `${phrase(t, command)} P-0012` })

/** The first way to write a command. */
export const phrase = (t: Translate, command: string): string =>
  (t.plain(t.byName(`practices.commands.${command}.name`)).split('|')[0] ?? '').trim()
