import type { World } from '#src/core/feature.ts'
import { type Member, type Reply, say } from '#src/core/interaction.ts'
import { change } from './changes.ts'
import { buttons, changed, note, solved } from './messages.ts'
import { LONGEST } from './opening.ts'
import { changeRequest, type Request } from './requests/store.ts'
import type { Action } from './rules.ts'
import type { Side, Spot } from './schema.ts'
import { IN_SIGHT, tooLate } from './subject.ts'
import { cardsFor, postCards, tellCards, tellRequester } from './telling.ts'
import type { View } from './view.ts'
import { keep, passOn, type Said } from './words.ts'
import { deliver, tooLong } from './writing.ts'

/** Somebody does something to a request that she may do. */
export interface Act {
  request: Request
  side: Side
  by: Member
}

type Words = Pick<Said, 'text' | 'file' | 'event'>

export async function take({ request, by, side }: Act, world: World): Promise<Reply> {
  const seen = await change(request, 'take', side, { assignee: by.id }, world)
  if (!seen) return tooLate(by, request, world)
  await hear(seen, by, 'taken', world)
  return done(by, seen, 'take', world)
}

/** A question to the requester: the clock stops until she answers. Whoever asks takes it in charge. */
export async function question({ request, by, side }: Act, text: string, world: World): Promise<Reply> {
  const seen = await change(request, 'question', side, { assignee: request.assignee ?? by.id }, world)
  if (!seen) return tooLate(by, request, world)
  await passOn(seen.request, { side, kind: 'question', author: by, text }, world)
  return done(by, seen, 'question', world)
}

/** To another laboratory, or to the coordinators: there it is new, with a card and a clock of its own. */
export async function transfer(
  { request, by, side }: Act,
  to: string | null,
  reason: string,
  world: World,
): Promise<Reply> {
  const cards = await cardsFor(world.tx, { ...request, laboratory: to })
  const extra = { laboratory: to, assignee: null, cards: [...request.cards, ...cards] }
  const seen = await change(request, 'transfer', side, extra, world)
  if (!seen) return tooLate(by, request, world)
  await postCards(seen, cards, world)
  const spots = await hear(seen, by, 'transferred', world, reason)
  await passOn(seen.request, { side: 'laboratory', kind: 'reason', author: by, text: reason }, world, spots)
  return done(by, seen, 'transfer', world)
}

export async function solve(
  { request, by, side }: Act,
  outcome: string,
  services: string[],
  world: World,
): Promise<Reply> {
  const extra = { outcome, services, assignee: request.assignee ?? by.id }
  const seen = await change(request, 'solve', side, extra, world)
  if (!seen) return tooLate(by, request, world)
  const { version } = seen.request
  const spots = await tellRequester(seen.request, `solved:${version}`, t => solved(t, seen), world)
  await keep(seen.request, { side, kind: 'outcome', author: by, text: outcome }, spots, world)
  return done(by, seen, 'solve', world)
}

export async function cancel({ request, by, side }: Act, reason: string, world: World): Promise<Reply> {
  const seen = await change(request, 'cancel', side, { outcome: reason }, world)
  if (!seen) return tooLate(by, request, world)
  const spots = side === 'laboratory' ? await hear(seen, by, 'cancelled', world, reason) : []
  if (side === 'requester') await tellCards(seen.request, 'withdrawn', world)
  await keep(seen.request, { side, kind: 'reason', author: by, text: reason }, spots, world)
  return done(by, seen, 'cancel', world)
}

/** What was written with it reaches the other side, below the news. */
export async function reopen({ request, by, side }: Act, world: World, words: Words = { text: '' }): Promise<Reply> {
  const length = [...words.text].length
  if (length > LONGEST) return tooLong(by, length, world)
  const seen = await change(request, 'reopen', side, {}, world)
  if (!seen) return tooLate(by, request, world, words.text === '' ? undefined : IN_SIGHT)
  await hear(seen, by, 'reopened', world)
  if (side === 'requester') await tellCards(seen.request, 'reopened', world)
  await deliver(seen.request, { ...words, side, kind: 'note', author: by }, world)
  return done(by, seen, words.text === '' && !words.file ? 'reopen' : 'reopenSaying', world)
}

/** How it went, 1 to 5; she may think again. */
export async function rate({ request, by }: Act, rating: number, world: World): Promise<Reply> {
  const rated = await changeRequest(world.tx, request, { rating })
  if (!rated) return tooLate(by, request, world)
  const t = world.t(by)
  const offer = rated.state === 'solved' && rating <= 2 ? buttons(t, request, 'reopen') : []
  return say(
    note(t('laboratories.rated', { number: request.number, rating }), [...offer, ...buttons(t, request, 'comment')]),
  )
}

/** The requester hears of the change, unless it is her own: then the reply says it. */
async function hear(
  seen: View,
  by: Member,
  what: Parameters<typeof changed>[2],
  world: World,
  words = '',
): Promise<Spot[]> {
  if (seen.request.requester === by.id) return []
  const key = `${what}:${seen.request.version}`
  return tellRequester(seen.request, key, t => changed(t, seen, what, words), world)
}

type Done = Exclude<Action, 'write' | 'rate'> | 'reopenSaying'
type Next = Parameters<typeof buttons>[2][]
const next: Record<Done, Next> = {
  take: ['question', 'solve'],
  question: ['details'],
  transfer: ['details'],
  solve: ['details'],
  cancel: ['reopen'],
  reopen: ['write', 'details'],
  reopenSaying: ['details'],
}

/** What was done, and what can be done now. */
function done(by: Member, { request }: View, action: Done, world: World): Reply {
  const t = world.t(by)
  return say(note(t(`laboratories.done.${action}`, { number: request.number }), buttons(t, request, ...next[action])))
}
