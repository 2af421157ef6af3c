import type { World } from '#src/core/feature.ts'
import type { Translate } from '#src/core/message.ts'
import { setAlarms } from './changes.ts'
import { buttons, changed, handlerOf, note } from './messages.ts'
import { changeRequest, type Request, request as requestById } from './requests/store.ts'
import { coordinatorSpots, currentCards, followed, redrawCards, spotName, tell, tellRequester } from './telling.ts'
import { type View, view } from './view.ts'

/** A request that still waits for the laboratory's words. */
async function waiting(id: string, { tx, now }: World): Promise<(Request & { replyDueAt: number }) | undefined> {
  const request = await requestById(tx, id)
  if (!request || request.replyDueAt === null || request.replyDueAt > now.epochMilliseconds) return undefined
  return { ...request, replyDueAt: request.replyDueAt }
}

/** The whole target has passed: whoever answers is reminded, below the card. */
async function overdue(id: string, world: World): Promise<void> {
  const late = await waiting(id, world)
  if (!late) return
  const request = await followed(late, world)
  const seen = await view(world.tx, request)
  const cards = currentCards(request)
  const spots = cards.map(({ to }) => ({ key: `request:${id}:overdue:${request.replyDueAt}:${spotName(to)}`, to }))
  await tell(
    spots,
    t => reminder(t, seen),
    world,
    (_, at) => cards[at]?.key,
  )
}

function reminder(t: Translate, { request, requester }: View) {
  const { number } = request
  // Who asked has gone, and her organization may still need it: there is nobody to write to.
  if (!requester) return note(t('laboratories.overdueAlone', { number }), buttons(t, request, 'solve', 'cancel'))
  const next = request.state === 'new' ? (['take', 'question'] as const) : (['question', 'solve'] as const)
  return note(t('laboratories.overdue', { number }), buttons(t, request, ...next))
}

/** Half as much again: the coordinators hear of it, unless it is theirs, and they were reminded already. */
async function escalated(id: string, world: World): Promise<void> {
  const request = await waiting(id, world)
  if (!request || request.laboratory === null) return
  const seen = await view(world.tx, request)
  const to = await coordinatorSpots(world.tx, request.community)
  const spots = to.map(each => ({ key: `request:${id}:escalated:${request.replyDueAt}:${spotName(each)}`, to: each }))
  await tell(
    spots,
    t => alert(t, seen),
    world,
    () => undefined,
  )
}

const alert = (t: Translate, seen: View) =>
  note(
    t('laboratories.escalated', { number: seen.request.number, laboratory: handlerOf(t, seen) }),
    buttons(t, seen.request, 'details', 'transfer'),
  )

/** Solved for some days, and nobody had a second thought. */
async function close(id: string, world: World): Promise<void> {
  const request = await requestById(world.tx, id)
  if (request?.state !== 'solved') return
  const closed = await changeRequest(world.tx, request, { state: 'closed', closedAt: world.now.epochMilliseconds })
  if (!closed) return
  await setAlarms(closed, world)
  const seen = await redrawCards(closed, world)
  await tellRequester(closed, `closed:${closed.version}`, t => changed(t, seen, 'closed'), world, { unasked: {} })
}

export const alarms = {
  'laboratories.overdue': overdue,
  'laboratories.escalated': escalated,
  'laboratories.close': close,
}
