import type { Conversation } from './conversation.ts'
import type { Desk } from './desk.ts'
import type { World } from './feature.ts'
import { firstProblem, opened, openForm, question } from './filling.ts'
import type { Interaction, Reply } from './interaction.ts'
import type { Message } from './message.ts'
import type { Live } from './platform.ts'

const quiet: Live = { kind: 'silence' }

/** What becomes of a reply: a row in the outbox, an open form, or something live. */
export async function settle(at: Desk, event: Interaction, reply: Reply, world: World): Promise<Live> {
  switch (reply.kind) {
    case 'say':
      await speak(event, await withWait(event, reply.message, world), world)
      return remind(at, event, world)
    case 'redraw':
      await redraw(at, event, reply.message, world)
      return quiet
    case 'ask': {
      const { form, kind: _, ...rest } = reply
      const open = opened(event, { form: form.name, ...rest })
      const before = await conversing(at, event, world)
      const now = goingOn(open, before)
      await at.ports.conversations.save(world.tx, now)
      return showForm(at, event, now, world)
    }
    case 'problems':
      return correct(at, event, reply.problems, world)
    default:
      return quiet
  }
}

/** Asked for again in the middle, a form begins anew with what she had answered, to be kept or changed. */
function goingOn(open: Conversation, before: Conversation | undefined): Conversation {
  if (before?.form !== open.form || before.about !== open.about) return open
  const answered = Object.entries({ ...before.known, ...before.raw })
  const still = answered.filter(([name]) => [undefined, before.known[name]].includes(open.known[name]))
  return { ...open, known: { ...open.known, ...Object.fromEntries(still) }, sources: before.sources ?? {} }
}

/** What she said to others in quiet hours she believes to be there: she hears when it is. */
async function withWait(event: Interaction, message: Message, world: World): Promise<Message> {
  const at = await world.outbox.waitsUntil()
  if (!at) return message
  const t = world.t(event.member)
  return { ...message, blocks: [...message.blocks, { type: 'text', text: t('core.waits', { when: t.moment(at) }) }] }
}

/** To her alone where others read, and in the thread she wrote in. An event has one of each kind. */
export const speak = (
  event: Interaction,
  message: Message,
  world: World,
  kind: 'reply' | 'refused' = 'reply',
): Promise<void> =>
  world.outbox.enqueue({
    to: event.place,
    message,
    key: `${kind}:${event.id}`,
    ...(event.thread && { under: event.thread }),
    ...(!event.place.direct && { onlyFor: event.member.id }),
  })

/** Only the message that holds the choice is drawn again: one that does not, or not any more, stays as it is. */
async function redraw({ ports }: Desk, event: Interaction, message: Message, world: World): Promise<void> {
  // On a page of her own stands no message that could be drawn again.
  const held = event.kind === 'choice' && event.on !== ''
  const on = held ? await ports.offered(world.tx, event.place, event.on) : undefined
  const stands = on?.choices.some(
    ({ action, value }) => event.kind === 'choice' && action === event.action && value === event.value,
  )
  if (event.kind !== 'choice' || !stands) return speak(event, message, world)
  return world.outbox.enqueue({ to: event.place, message, key: `redraw:${event.id}`, instead: event.on, answer: true })
}

/** The form drawn live, or its next question in the direct conversation. */
async function showForm(at: Desk, event: Interaction, open: Conversation, world: World): Promise<Live> {
  if (!at.ports.converses(event.place.platform)) {
    return { kind: 'ask', form: openForm(at, open, world, event.member) }
  }
  const message = await question(at, event, open, world)
  await world.outbox.enqueue({ to: { member: event.member.id }, message, key: `ask:${event.id}` })
  return quiet
}

/** After a command that came in the middle of a conversation, the question stands again. */
async function remind(at: Desk, event: Interaction, world: World): Promise<Live> {
  const open = event.kind === 'command' ? await conversing(at, event, world) : undefined
  return open ? showForm(at, event, open, world) : quiet
}

/** The form whose questions she is being asked one after the other. */
const conversing = async ({ ports }: Desk, { member, place }: Interaction, world: World) =>
  ports.converses(place.platform) ? ports.conversations.of(world.tx, member.id, world.now) : undefined

type Problems = Extract<Reply, { kind: 'problems' }>['problems']

/** What did not pass, beside each field; or the first of them asked again. */
async function correct(at: Desk, event: Interaction, problems: Problems, world: World): Promise<Live> {
  const open = await at.ports.conversations.of(world.tx, event.member.id, world.now)
  if (!open) throw new Error('problems without an open form')
  const form = openForm(at, open, world, event.member)
  if (!at.ports.converses(event.place.platform)) {
    const t = world.t(event.member)
    const told = Object.entries(problems).map(([name, { key, values }]) => [name, t(key, values)])
    return { kind: 'problems', form, problems: Object.fromEntries(told) }
  }
  // What was refused is not offered again as hers to keep.
  const [raw, known] = [without(open.raw, problems), without(open.known, problems)]
  const back = { ...open, raw, known, field: firstProblem(form.questions, problems), found: null }
  await at.ports.conversations.save(world.tx, back)
  const problem = problems[form.questions[back.field]?.name ?? '']
  const message = await question(at, event, back, world, problem && { problem })
  await world.outbox.enqueue({ to: { member: event.member.id }, message, key: `ask:${event.id}` })
  return quiet
}

const without = (answers: Conversation['raw'], refused: Problems): Conversation['raw'] =>
  Object.fromEntries(Object.entries(answers).filter(([name]) => !refused[name]))
