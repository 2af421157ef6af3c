import { onSubmit, type World } from '#src/core/feature.ts'
import { file, optional, paragraph, tidy } from '#src/core/fields.ts'
import { type Interaction, type Member, type Of, pass, type Reply, say, silence } from '#src/core/interaction.ts'
import { change } from './changes.ts'
import { buttons, handlerOf, note } from './messages.ts'
import { LONGEST } from './opening.ts'
import { type Request, request as requestById, shownBy } from './requests/store.ts'
import { answers, asked, isThanks, next, requestIn } from './rules.ts'
import type { Side } from './schema.ts'
import { subject, subjectNamed } from './subject.ts'
import { tellCards } from './telling.ts'
import { view } from './view.ts'
import { personOf } from './who.ts'
import { passOn, type Said } from './words.ts'

export const writeForm = { name: 'laboratories.write', fields: { text: paragraph(LONGEST), file: optional(file()) } }

/** What is written in a request's thread reaches the other side; nothing more is said, unless it changes something. */
export async function inThread(event: Of<'said'>, world: World): Promise<Reply> {
  const request = await requestOf(event.thread, world)
  if (!request) return pass
  const side = await sideIn(event, request, world)
  if (!side) return event.place.direct ? pass : silence
  if (side === 'elsewhere') return movedOn(event.member, request, world)
  return deliver(request, { ...saidBy(event), side, kind: 'note', place: event.place }, world)
}

const requestOf = async (thread: string | undefined, world: World): Promise<Request | undefined> => {
  const id = requestIn(thread) ?? (thread ? await shownBy(world.tx, thread) : undefined)
  return id === undefined ? undefined : requestById(world.tx, id)
}

export const saidBy = ({ id, member, text, file }: Pick<Of<'said'>, 'id' | 'member' | 'text' | 'file'>) => ({
  event: id,
  author: member,
  text: tidy(text),
  file,
})

/** In a shared place only those who answer are heard; in her own conversation, the requester. */
async function sideIn(
  { member, place }: Interaction,
  request: Request,
  world: World,
): Promise<Side | 'elsewhere' | undefined> {
  const person = await personOf(world.tx, member.id)
  if (place.direct && asked(person, request)) return 'requester'
  if (answers(person, request)) return 'laboratory'
  const worked = request.cards.some(({ laboratory }) => laboratory !== null && person.laboratories.includes(laboratory))
  return worked ? 'elsewhere' : undefined
}

async function movedOn(by: Member, request: Request, world: World): Promise<Reply> {
  const t = world.t(by)
  return say(
    note(
      t('laboratories.card.moved', { number: request.number, laboratory: handlerOf(t, await view(world.tx, request)) }),
    ),
  )
}

/** Passes words on; what the requester writes to a request that waits, or is over, puts it back to work. */
export async function deliver(request: Request, said: Said, world: World, confirm = false): Promise<Reply> {
  if (said.text === '' && !said.file) return silence
  const length = [...said.text].length
  if (length > LONGEST) return tooLong(said.author, length, world)
  const before = request.state
  const thanks = said.side === 'requester' && !said.file && isThanks(said.text)
  const after =
    moves(request, said) && !(thanks && before !== 'pending')
      ? await change(request, 'write', said.side, {}, world)
      : undefined
  const now = after?.request ?? request
  await passOn(now, said, world)
  if (said.side === 'requester' && now.state !== before) return backToWork(now, before, said.author, world)
  if (!confirm) return silence
  const t = world.t(said.author)
  return say(note(t('laboratories.sent', { number: request.number }), buttons(t, request, 'details')))
}

export const tooLong = (by: Member, length: number, world: World): Reply =>
  say(note(world.t(by)('core.problems.tooLong', { most: LONGEST, length })))

const moves = (request: Request, { side }: Said): boolean =>
  next('write', side, request) !== request.state ||
  (side === 'laboratory' && (request.replyDueAt !== null || request.answeredAt === null))

async function backToWork(now: Request, before: Request['state'], by: Member, world: World): Promise<Reply> {
  const t = world.t(by)
  if (before === 'pending')
    return say(note(t('laboratories.resumed', { number: now.number }), buttons(t, now, 'details')))
  await tellCards(now, 'reopened', world)
  return say(note(t('laboratories.done.reopen', { number: now.number }), buttons(t, now, 'details')))
}

/** *Scrivi*: a form, for those without threads. */
export async function askText(event: Of<'choice'>, world: World): Promise<Reply> {
  const found = await subject(event.member, event.value, 'write', world)
  return found.ok ? askWords(found.request) : found.reply
}

const askWords = ({ id, number }: Request): Reply => ({ kind: 'ask', form: writeForm, about: id, subject: number })

export const submitText = onSubmit(writeForm, ['anyone'], async ({ text, file }, { member, about, sources }, world) => {
  const found = await subject(member, about, 'write', world)
  if (!found.ok) return found.reply
  return deliver(
    found.request,
    { side: found.side, kind: 'note', author: member, text, file, event: sources?.text },
    world,
    true,
  )
})

/** `richiesta scrivi R-2027-0001 ...` */
export async function writeByCommand(event: Of<'command'>, world: World): Promise<Reply> {
  const found = await subjectNamed(event.member, event.text, 'write', world)
  if (!found.ok) return found.reply
  const said = saidBy({ ...event, text: found.rest })
  if (said.text === '' && !said.file) return askWords(found.request)
  return deliver(found.request, { ...said, side: found.side, kind: 'note' }, world, true)
}
