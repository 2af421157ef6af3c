import { called, resolve } from './answers.ts'
import { answer, type Conversation, type Heard, known, OPEN_FOR } from './conversation.ts'
import { type Desk, permitted } from './desk.ts'
import type { FormHandler, World } from './feature.ts'
import { type Option, type Problem, parse, type Question, questions, title } from './form.ts'
import { type Interaction, type Of, type Reply, say } from './interaction.ts'
import type { Message } from './message.ts'
import type { OpenForm } from './platform.ts'
import { prompt, questionOf } from './prompt.ts'

/** Filling in a form: asked whole or a line at a time, its state is a row. */
export function handlerOf({ registry }: Desk, form: string): FormHandler {
  const handler = registry.forms.get(form)
  if (!handler) throw new Error(`no form ${form}`)
  return handler
}

/** The form that stands open, in the words of who fills it in. */
export function openForm(at: Desk, open: Conversation, world: World, member: Interaction['member']): OpenForm {
  const { form } = handlerOf(at, open.form)
  const t = world.t(member)
  const asked = { form, about: open.about, known: { ...open.known, ...open.raw }, options: open.options }
  const named = open.subject
    ? t('core.conversation.about', { title: t.plain(title(form, t)), subject: open.subject })
    : title(form, t)
  return { name: open.form, about: open.about, title: named, questions: questions(asked, t) }
}

type Find = (source: string, typed: string) => Promise<Option[]>
const finding =
  ({ registry }: Desk, { member }: Interaction, world: World): Find =>
  async (source, typed) =>
    (await registry.sources.get(source)?.(typed, member, world)) ?? []

/** A form just asked of a person, with nothing answered yet. */
export function opened(
  event: Interaction,
  ask: Pick<Conversation, 'form' | 'about'> & Partial<Conversation>,
): Conversation {
  const { platform, workspace, id } = event.place
  return {
    member: event.member.id,
    subject: null,
    known: {},
    options: {},
    raw: {},
    field: 0,
    found: null,
    place: { platform, workspace, id },
    expiresAt: event.at.add(OPEN_FOR).epochMilliseconds,
    ...ask,
  }
}

/** Answers to a whole form: what was typed becomes values, the fields parse, the feature submits. */
export async function submitted(at: Desk, event: Of<'answers'>, world: World): Promise<Reply> {
  const handler = handlerOf(at, event.form)
  const { conversations } = at.ports
  const kept = await conversations.of(world.tx, event.member.id, world.now)
  const open = kept?.form === event.form ? kept : opened(event, { form: event.form, about: event.about })
  const { questions: asked } = openForm(at, open, world, event.member)
  const resolved = await resolve(event.raw, asked, finding(at, event, world))
  const known = open.about === event.about ? open.known : {}
  const reply = await submit(at, handler, { ...event, known }, resolved, world)
  if (reply.kind === 'problems') await conversations.save(world.tx, { ...open, raw: event.raw })
  else await conversations.drop(world.tx, event.member.id)
  return reply
}

type Resolved = Awaited<ReturnType<typeof resolve>>

async function submit(
  at: Desk,
  handler: FormHandler,
  event: Of<'answers'>,
  resolved: Resolved,
  world: World,
): Promise<Reply> {
  if (Object.keys(resolved.problems).length === 0) {
    return permitted(at, { ...event, raw: resolved.raw }, handler, world)
  }
  const parsed = parse(handler.form, resolved.raw)
  return { kind: 'problems', problems: { ...(parsed.ok ? {} : parsed.problems), ...resolved.problems } }
}

/** A line of answer to the question the conversation stands at; undefined when it ends without answers. */
export async function conversed(at: Desk, event: Interaction, text: string, world: World): Promise<Reply | undefined> {
  const open = await at.ports.conversations.of(world.tx, event.member.id, world.now)
  return open && replied(at, event, open, text, world)
}

/** A button under a question: of one that was answered before, it is answered anew, and those after it are asked again. */
export async function corrected(at: Desk, event: Interaction, value: string, world: World): Promise<Reply | undefined> {
  const open = await at.ports.conversations.of(world.tx, event.member.id, world.now)
  if (!open) return undefined
  const end = value.indexOf(':')
  const { questions: asked } = openForm(at, open, world, event.member)
  const field = asked.findIndex(({ name }) => questionOf(open.form, open.about, name) === value.slice(0, end))
  if (field < 0) return say(await question(at, event, open, world, { problem: { key: 'core.problems.otherQuestion' } }))
  return replied(at, event, field === open.field ? open : { ...open, field, found: null }, value.slice(end + 1), world)
}

async function replied(
  at: Desk,
  event: Interaction,
  open: Conversation,
  text: string,
  world: World,
): Promise<Reply | undefined> {
  const { form } = handlerOf(at, open.form)
  const shown = openForm(at, open, world, event.member)
  const find = finding(at, event, world)
  const step = await answer(open, text, { form, questions: shown.questions, steering: at.steering, find })
  if (step.kind === 'dropped') return undefined
  const name = shown.questions[open.field]?.name ?? ''
  const sources = { ...open.sources, ...(event.kind !== 'choice' && { [name]: event.id }) }
  if (step.kind === 'ask') return next(at, event, { ...step.conversation, sources }, world, step)
  const { id, at: when, member, place } = event
  const answers = { kind: 'answers' as const, form: open.form, about: open.about, raw: step.raw, sources }
  return submitted(at, { id, at: when, member, place, ...answers }, world)
}

/** The next question, as something said. */
async function next(at: Desk, event: Interaction, open: Conversation, world: World, heard: Heard): Promise<Reply> {
  await at.ports.conversations.save(world.tx, open)
  return say(await question(at, event, open, world, heard))
}

/** The question a conversation stands at; what was answered before is called by its name. */
export async function question(
  at: Desk,
  event: Interaction,
  open: Conversation,
  world: World,
  heard: Heard = {},
): Promise<Message> {
  const form = openForm(at, open, world, event.member)
  const t = world.t(event.member)
  const asked = form.questions[open.field]
  const raw = asked && known(open, asked)
  const names = asked && raw ? await called(asked, raw, finding(at, event, world)) : []
  const before = raw && asked?.kind === 'file' ? t.plain(t('core.conversation.fileKept')) : t.list(names)
  return prompt(t, open, form, before, heard)
}

/** The first question that has a problem, to stand at again. */
export const firstProblem = (asked: readonly Question[], problems: Record<string, Problem>): number =>
  Math.max(
    0,
    asked.findIndex(({ name }) => problems[name]),
  )
