import type { World } from '#src/core/feature.ts'
import { type Member, type Reply, say } from '#src/core/interaction.ts'
import type { Markdown, Message, Translate } from '#src/core/message.ts'
import { stateOf } from './card.ts'
import { buttons, handlerOf, note, offered, quoted } from './messages.ts'
import { type Request, request as requestById, requestNumbered } from './requests/store.ts'
import { type Action, isOpen, numbered, possible, reads, sideFor } from './rules.ts'
import type { Side } from './schema.ts'
import { view } from './view.ts'
import { personOf } from './who.ts'

/** A request somebody may act on, and on which side she stands; or what to tell her. */
export type Subject = { ok: true; request: Request; side: Side } | { ok: false; reply: Reply }

/** Whether this person may do this to this request, as it is now; if not, she is given back what she had written for it. */
export async function subject(by: Member, id: string, action: Action, world: World, lost?: string): Promise<Subject> {
  const request = await requestById(world.tx, id)
  return request ? mayAct(by, request, action, world, lost) : { ok: false, reply: unknown(by, world) }
}

/** What was written in the conversation stands there: it need not be given back. */
export const IN_SIGHT = ''

/** What is written behind these is for the other side. */
const carries: ReadonlySet<Action> = new Set(['question', 'solve', 'cancel', 'reopen'])

/** The same for a command, with what follows the number. */
export async function subjectNamed(
  by: Member,
  text: string,
  action: Action,
  world: World,
): Promise<Subject & { rest: string }> {
  const named = numbered(text)
  if (!named) return { ok: false, reply: say(note(world.t(by)(`laboratories.needsNumber.${action}`))), rest: '' }
  const request = await requestNumbered(world.tx, named.number)
  const found = request
    ? await mayAct(by, request, action, world, carries.has(action) && named.rest !== '' ? IN_SIGHT : undefined)
    : { ok: false as const, reply: unknown(by, world, named.number) }
  return { ...found, rest: named.rest }
}

export function unknown(by: Member, world: World, number?: string): Reply {
  const t = world.t(by)
  return say(note(number ? t('laboratories.unknown.number', { number }) : t('laboratories.unknown.gone')))
}

async function mayAct(by: Member, request: Request, action: Action, world: World, lost?: string): Promise<Subject> {
  const person = await personOf(world.tx, by.id)
  const side = sideFor(action, person, request)
  if (!side) return { ok: false, reply: await refused(by, request, reads(person, request), world) }
  if (action === 'question' && request.requester === null) return { ok: false, reply: nobody(by, request, world) }
  if (possible(action, side, request)) return { ok: true, request, side }
  if (action === 'rate' && isOpen(request)) return { ok: false, reply: tooEarly(by, request, world) }
  return { ok: false, reply: await tooLate(by, request, world, lost) }
}

/** Who can; to those who may not even read it, nothing of the request is told. */
async function refused(by: Member, request: Request, mayRead: boolean, world: World): Promise<Reply> {
  const t = world.t(by)
  if (!mayRead) return unknown(by, world, request.number)
  const laboratory = handlerOf(t, await view(world.tx, request))
  return say(note(t('laboratories.refused', { number: request.number, laboratory }), buttons(t, request, 'details')))
}

const nobody = (by: Member, { number }: Request, world: World): Reply =>
  say(note(world.t(by)('laboratories.nobody', { number })))

/** How it went is asked when it is solved. */
function tooEarly(by: Member, request: Request, world: World): Reply {
  const t = world.t(by)
  const values = { number: request.number, state: stateOf(t, request) }
  return say(note(t('laboratories.already.rateLater', values), buttons(t, request, 'details')))
}

/** A button of yesterday, or two people at once: how things stand now, and how words that were written still get there. */
export async function tooLate(by: Member, request: Request, world: World, lost?: string): Promise<Reply> {
  const t = world.t(by)
  const { assignee } = await view(world.tx, request)
  const { number } = request
  const taken = request.state === 'assigned' && assignee
  const yours = taken && assignee.id === by.id
  const others = taken
    ? t('laboratories.already.taken', { number, who: assignee.name })
    : t('laboratories.already.is', { number, state: stateOf(t, request) })
  const text = yours ? t('laboratories.already.yours', { number }) : others
  if (lost !== undefined) return say(unsent(t, request, text, lost))
  return say(note(text, yours ? buttons(t, request, 'question', 'solve') : buttons(t, request, 'details')))
}

const unsent = (t: Translate, request: Request, text: Markdown, words: string): Message => ({
  summary: text,
  blocks: [
    { type: 'text', text },
    { type: 'text', text: t('laboratories.unsent', { number: request.number }) },
    ...quoted(t, words),
    ...offered(buttons(t, request, 'write', 'details')),
  ],
})
