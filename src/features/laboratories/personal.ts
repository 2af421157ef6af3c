import type { Tx, World } from '#src/core/feature.ts'
import { setAlarms } from './changes.ts'
import { started } from './clock.ts'
import { note, solved } from './messages.ts'
import {
  changeRequest,
  forgetWords,
  joinPeople,
  type Request,
  request as requestById,
  requestsAround,
  takeShown,
  unsentBy,
  type Words,
  wordsBy,
} from './requests/store.ts'
import { isOpen } from './rules.ts'
import { cardsFor, postCards, redrawCards, redrawSpot } from './telling.ts'
import { deskOf, view } from './view.ts'

/** What a person asked, what she took in charge, and what she wrote. */
async function exported(member: string, tx: Tx): Promise<unknown> {
  const around = await requestsAround(tx, member)
  const { asked = [], taken = [] } = Object.groupBy(around, each => (each.requester === member ? 'asked' : 'taken'))
  const words = await wordsBy(tx, member)
  return {
    requests: asked.map(({ cards: _, version: __, ...request }) => request),
    inCharge: [...asked, ...taken]
      .filter(({ assignee }) => assignee === member)
      .map(({ number, state }) => ({ number, state })),
    words: words.map(({ request, kind, text, file, at }) => ({ request, kind, text, file, at })),
    unsent: (await unsentBy(tx, member)).map(({ text, file, at }) => ({ text, file, at })),
  }
}

/** Her words and her name go from every request, and from every message that showed them; the requests stay. */
async function erased(member: string, world: World): Promise<void> {
  const words = await wordsBy(world.tx, member)
  await forgetWords(world.tx, member)
  const ids = new Set((await requestsAround(world.tx, member)).map(({ id }) => id))
  for (const { request } of words) ids.add(request)
  for (const id of [...ids].toSorted()) await eraseFrom(id, member, words, world)
  for (const each of words) await takeBack(each, world)
}

async function eraseFrom(id: string, member: string, words: Words[], world: World): Promise<void> {
  const request = await requestById(world.tx, id)
  if (!request) return
  const told = words.some(each => each.request === id && each.text === request.outcome)
  const change = {
    ...(told && { outcome: null }),
    ...(request.assignee === member && (await released(request, world))),
    ...(request.requester === member && (await orphaned(request, world))),
  }
  const after = await changeRequest(world.tx, request, change)
  if (!after) throw new Error(`the request ${id} changed while somebody was being forgotten`)
  await setAlarms(after, world)
  const seen = await redrawCards(after, world)
  const fresh = after.cards.filter(({ key }) => !request.cards.some(each => each.key === key))
  await postCards(seen, fresh, world)
  for (const { id: key, place: to } of await takeShown(world.tx, id)) {
    await redrawSpot({ key, to }, after.version, t => note(t('laboratories.shown', { number: after.number })), world)
  }
}

/** Nobody has it in charge any more: it goes back to the queue, where its clock starts over. */
async function released(request: Request, world: World): Promise<Partial<Request>> {
  if (request.state !== 'assigned') return { assignee: null }
  const desk = await deskOf(world.tx, request.laboratory)
  return { assignee: null, state: 'new', ...started(world.calendar, desk, desk.targets[request.urgency], world.now) }
}

/** Without her name and her words; an open one goes to the coordinators, who know whether her administration still needs it. */
async function orphaned(request: Request, world: World): Promise<Partial<Request>> {
  const nameless = { requester: null, need: '', file: null, comment: null }
  if (!isOpen(request)) return nameless
  const cards = await cardsFor(world.tx, { ...request, laboratory: null })
  const desk = await deskOf(world.tx, null)
  const clock = started(world.calendar, desk, desk.targets[request.urgency], world.now)
  const passed = { laboratory: null, assignee: null, state: 'new' as const, pendingSince: null }
  return { ...nameless, ...passed, ...clock, cards: [...request.cards, ...cards] }
}

/** What was repeated of her words says that they are gone; what came with them stays. */
export async function takeBack({ request: id, kind, posted }: Words, world: World): Promise<void> {
  const request = await requestById(world.tx, id)
  if (!request) return
  const seen = await view(world.tx, request)
  const still = kind === 'outcome' && request.state === 'solved'
  for (const spot of posted) {
    await redrawSpot(
      spot,
      request.version,
      t => (still ? solved(t, seen) : note(t('laboratories.removed', { number: request.number }))),
      world,
    )
  }
}

export const personal = {
  export: exported,
  erase: erased,
  join: (joining: { from: string; into: string }, tx: Tx): Promise<void> => joinPeople(tx, joining),
}
