import { lexicon } from './commands.ts'
import { type Conversation, OPEN_FOR } from './conversation.ts'
import { dispatch, type Dispatch } from './dispatch.ts'
import type { World } from './feature.ts'
import { title } from './form.ts'
import type { Interaction, Reply } from './interaction.ts'
import type { Message, Translate } from './message.ts'
import type { Intake, Live, OpenForm } from './platform.ts'
import type { Ports } from './ports.ts'
import { prompt } from './prompt.ts'
import type { Registry } from './registry.ts'
import { worldOf } from './world.ts'

/** The door of the bot: what every platform is given. */
export function intake(registry: Registry, ports: Ports): Intake {
  const dispatcher = dispatch(registry, ports)
  const quiet: Live = { kind: 'silence' }

  async function handle(id: string): Promise<Live> {
    try {
      const live = await ports.transaction(async tx => {
        const event = await ports.inbox.waiting(tx, id)
        if (!event) return quiet
        const world = worldOf(registry, ports, tx, { event: id, author: event.member.id })
        const reply = await dispatcher.respond(event, world)
        await ports.inbox.settle(tx, id, 'handled')
        return settle(registry, ports, dispatcher, event, reply, world)
      })
      ports.log.info({ event: id, live: live.kind }, 'handled')
      return live
    } catch (error) {
      await apologize(id, error)
      return quiet
    } finally {
      ports.wake()
    }
  }

  /** The one catch: the person hears that it is on our side, with the id under which the log tells why. */
  async function apologize(id: string, error: unknown): Promise<void> {
    ports.log.error({ event: id, error }, 'a handler failed')
    await ports.transaction(async tx => {
      const event = await ports.inbox.waiting(tx, id)
      if (!event) return
      const world = worldOf(registry, ports, tx, { event: id, author: event.member.id })
      await ports.inbox.settle(tx, id, 'failed')
      await speak(event, apology(world.t(event.member), id), world)
    })
  }

  return {
    t: ports.t,
    read: lexicon(registry, ports.inEveryLanguage),
    member: account => ports.transaction(tx => ports.people.member(tx, account, ports.now())),
    place: (platform, workspace, id) => ports.read(tx => ports.people.place(tx, platform, workspace, id)),
    accept: event => ports.transaction(tx => ports.inbox.accept(tx, event)),
    handle,
    form: member =>
      ports.read(async tx => {
        const open = await ports.conversations.of(tx, member.id, ports.now())
        return open && openForm(registry, dispatcher, open, worldOf(registry, ports, tx), member)
      }),
    search: (source, typed, reader) =>
      ports.read(async tx => (await registry.sources.get(source)?.(typed, reader, worldOf(registry, ports, tx))) ?? []),
    keep: (file, owner) => ports.transaction(tx => ports.files.keep(tx, file, owner.id, ports.now())),
    file: id => ports.read(tx => ports.files.get(tx, id)),
    offered: (place, key) => ports.read(tx => ports.offered(tx, place, key)),
  }
}

const apology = (t: Translate, id: string): Message => {
  const text = t('core.broken', { code: id })
  return { summary: text, blocks: [{ type: 'text', text }] }
}

/** To her alone where others read, and in the thread she wrote in. */
const speak = (event: Interaction, message: Message, world: World): Promise<void> =>
  world.outbox.enqueue({
    to: event.place,
    message,
    key: `reply:${event.id}`,
    ...(event.thread && { under: event.thread }),
    ...(!event.place.direct && { onlyFor: event.member.id }),
  })

/** What becomes of a reply: a row in the outbox, an open form, or something live. */
async function settle(registry: Registry, ports: Ports, dispatcher: Dispatch, event: Interaction, reply: Reply, world: World): Promise<Live> {
  switch (reply.kind) {
    case 'say':
      await speak(event, reply.message, world)
      return remind(registry, ports, dispatcher, event, world)
    case 'redraw':
      if (event.kind !== 'choice') throw new Error('only a choice can redraw')
      await world.outbox.enqueue({ to: event.place, message: reply.message, key: `redraw:${event.id}`, instead: event.on })
      return { kind: 'silence' }
    case 'ask':
      return open(registry, ports, dispatcher, event, reply, world)
    case 'problems':
      return correct(registry, ports, dispatcher, event, reply, world)
    default:
      return { kind: 'silence' }
  }
}

async function open(registry: Registry, ports: Ports, dispatcher: Dispatch, event: Interaction, reply: Reply & { kind: 'ask' }, world: World): Promise<Live> {
  const { platform, workspace, id } = event.place
  const conversation: Conversation = {
    member: event.member.id, form: reply.form.name, about: reply.about,
    known: reply.known ?? {}, options: reply.options ?? {}, raw: {}, field: 0, found: null,
    place: { platform, workspace, id },
    expiresAt: world.now.add(OPEN_FOR).epochMilliseconds,
  }
  await ports.conversations.save(world.tx, conversation)
  return showForm(registry, ports, dispatcher, event, conversation, world)
}

/** The form drawn live, or its next question in the direct conversation. */
async function showForm(registry: Registry, ports: Ports, dispatcher: Dispatch, event: Interaction, conversation: Conversation, world: World): Promise<Live> {
  const form = openForm(registry, dispatcher, conversation, world, event.member)
  if (!ports.converses(event.place.platform)) return { kind: 'ask', form }
  const message = prompt(world.t(event.member), conversation, form.title, form.questions)
  await world.outbox.enqueue({ to: { member: event.member.id }, message, key: `ask:${event.id}` })
  return { kind: 'silence' }
}

/** After a command that came in the middle of a conversation, the question stands again. */
async function remind(registry: Registry, ports: Ports, dispatcher: Dispatch, event: Interaction, world: World): Promise<Live> {
  const interrupted = event.kind === 'command' && ports.converses(event.place.platform)
  const conversation = interrupted ? await ports.conversations.of(world.tx, event.member.id, world.now) : undefined
  return conversation ? showForm(registry, ports, dispatcher, event, conversation, world) : { kind: 'silence' }
}

async function correct(registry: Registry, ports: Ports, dispatcher: Dispatch, event: Interaction, reply: Reply & { kind: 'problems' }, world: World): Promise<Live> {
  const conversation = await ports.conversations.of(world.tx, event.member.id, world.now)
  if (!conversation) throw new Error('problems without an open form')
  const t = world.t(event.member)
  const form = openForm(registry, dispatcher, conversation, world, event.member)
  const first = form.questions.findIndex(({ name }) => reply.problems[name])
  if (!ports.converses(event.place.platform)) {
    const told = Object.entries(reply.problems).map(([name, { key, values }]) => [name, t(key, values)])
    return { kind: 'problems', form, problems: Object.fromEntries(told) }
  }
  const back = { ...conversation, field: Math.max(0, first), found: null }
  await ports.conversations.save(world.tx, back)
  const problem = reply.problems[form.questions[back.field]?.name ?? '']
  const message = prompt(t, back, form.title, form.questions, problem)
  await world.outbox.enqueue({ to: { member: event.member.id }, message, key: `ask:${event.id}` })
  return { kind: 'silence' }
}

function openForm(registry: Registry, dispatcher: Dispatch, open: Conversation, world: World, member: Interaction['member']): OpenForm {
  const handler = registry.forms.get(open.form)
  if (!handler) throw new Error(`no form ${open.form}`)
  const t = world.t(member)
  return { name: open.form, about: open.about, title: title(handler.form, t), questions: dispatcher.questionsOf(open, handler, world, { member }) }
}

