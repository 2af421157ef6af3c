import type { World } from '#src/core/feature.ts'
import { type Clock, escalation, paused, resumed, started, stopped } from './clock.ts'
import { changeRequest, type Request } from './requests/store.ts'
import { type Action, next } from './rules.ts'
import type { Side } from './schema.ts'
import { currentCards, redrawCards } from './telling.ts'
import { deskOf, type View } from './view.ts'

/** How long a solved request stays open to a second thought, in working days. */
export const CLOSES_AFTER = 5

/** Moves a request on: state, clock, alarms and cards. Nothing comes back when somebody else was faster. */
export async function change(
  request: Request,
  action: Action,
  side: Side,
  extra: Partial<Request>,
  world: World,
): Promise<View | undefined> {
  const state = next(action, side, request)
  const desk = await deskOf(world.tx, extra.laboratory === undefined ? request.laboratory : extra.laboratory)
  const times = clockAfter({ action, side, request, state }, desk, world)
  const after = await changeRequest(world.tx, request, { state, ...times, ...extra })
  if (!after) return undefined
  await setAlarms(after, world)
  // Where it has moved away from, nothing more changes.
  return redrawCards(after, world, extra.laboratory === undefined ? currentCards(after) : after.cards)
}

interface Moved {
  action: Action
  side: Side
  request: Request
  state: Request['state']
}

/** What the clock and the dates become. A human reply is what the laboratory says; taking in charge is not one. */
function clockAfter(moved: Moved, desk: Parameters<typeof started>[1], world: World): Partial<Request> {
  const { action, side, request, state } = moved
  const now = world.now.epochMilliseconds
  const answered = side === 'laboratory' ? { answeredAt: request.answeredAt ?? now } : {}
  switch (action) {
    case 'question':
      return {
        ...paused(world.calendar, desk, request, world.now),
        ...answered,
        pendingSince: request.pendingSince ?? now,
      }
    case 'solve':
      return { ...stopped(request), ...answered, pendingSince: null, solvedAt: now }
    case 'cancel':
      return { ...stopped(request), ...answered, pendingSince: null, closedAt: now, cancelled: true }
    case 'transfer': {
      const clock = started(world.calendar, desk, desk.targets[request.urgency], world.now)
      return { ...clock, pendingSince: null, ...due(request, clock, now) }
    }
    case 'reopen':
      return reopened(desk, request, world)
    case 'write':
      if (side === 'laboratory') return { ...(state === 'pending' ? {} : stopped(request)), ...answered }
      if (request.state === 'pending')
        return { ...resumed(world.calendar, desk, request, world.now), pendingSince: null }
      return request.state === 'solved' || request.state === 'closed' ? reopened(desk, request, world) : {}
    default:
      return {}
  }
}

/** The first reply may come later than it was promised; once that time is over without one, it stays missed. */
const due = ({ answeredAt, dueAt }: Request, { replyDueAt }: Clock, until: number): Partial<Request> =>
  answeredAt === null && replyDueAt !== null && dueAt > until ? { dueAt: replyDueAt } : {}

/** Back to work: the laboratory owes a reply again, within its whole target. */
function reopened(desk: Parameters<typeof started>[1], request: Request, world: World): Partial<Request> {
  const clock = started(world.calendar, desk, desk.targets[request.urgency], world.now)
  const { solvedAt, closedAt, endings } = request
  const open = {
    endings: [...endings, { solvedAt, closedAt, reopenedAt: world.now.epochMilliseconds }],
    solvedAt: null,
    closedAt: null,
    outcome: null,
    cancelled: false,
    pendingSince: null,
    rating: null,
    comment: null,
  }
  return { ...clock, ...due(request, clock, closedAt ?? world.now.epochMilliseconds), ...open, services: [] }
}

const keyOf = (name: string, { id }: Request): string => `request:${id}:${name}`

/** The alarms that a request as it now stands needs; one that has rung is not set again. */
export async function setAlarms(request: Request, world: World): Promise<void> {
  const desk = await deskOf(world.tx, request.laboratory)
  const closes =
    request.state === 'solved' && request.solvedAt !== null
      ? world.calendar.addWorkingDays(
          Temporal.Instant.fromEpochMilliseconds(request.solvedAt),
          CLOSES_AFTER,
          desk.timezone,
          desk.feast ?? undefined,
        )
      : undefined
  await setAlarm('overdue', request, request.replyDueAt ?? undefined, world)
  await setAlarm('escalated', request, escalation(world.calendar, desk, request), world)
  await setAlarm('close', request, closes?.epochMilliseconds, world)
}

async function setAlarm(name: string, request: Request, at: number | undefined, world: World): Promise<void> {
  const key = keyOf(name, request)
  if (at === undefined) await world.alarms.clear(key)
  else if (at >= world.now.epochMilliseconds)
    await world.alarms.set({
      name: `laboratories.${name}`,
      key,
      at: Temporal.Instant.fromEpochMilliseconds(at),
      about: request.id,
    })
}
