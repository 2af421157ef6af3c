import { resolve } from './answers.ts'
import { answer, type Conversation, OPEN_FOR, type Steering } from './conversation.ts'
import type { Allowed, FormHandler, Role, Tx, World } from './feature.ts'
import { type Question, questions, title } from './form.ts'
import { fold } from './fold.ts'
import { help, may, menu, refusal } from './help.ts'
import { type Interaction, type Of, type Reply, say, silence } from './interaction.ts'
import type { Markdown } from './message.ts'
import type { Ports } from './ports.ts'
import { prompt } from './prompt.ts'
import type { Registry } from './registry.ts'

const plainly = (text: Markdown): Reply => say({ summary: text, blocks: [{ type: 'text', text }] })

/** One interaction, decided: permissions, then the feature that answers it. Runs inside the caller's transaction. */
export interface Dispatch {
  respond(event: Interaction, world: World): Promise<Reply>
  /** A form as it stands open for a person. */
  questionsOf(open: Conversation, handler: FormHandler, world: World, event: Pick<Interaction, 'member'>): Question[]
}

export function dispatch(registry: Registry, ports: Ports): Dispatch {
  const steering: Steering = { back: words('back'), skip: words('skip'), keep: words('keep'), cancel: words('cancel') }
  function words(name: string): string[] {
    return ports.inEveryLanguage(`core.conversation.words.${name}`).flatMap(text => text.split('|').map(fold))
  }
  const rolesOf = (tx: Tx, member: string): Promise<Set<Role>> => ports.people.roles(tx, member)

  async function permitted<I extends Interaction>(event: I, allowed: Allowed<I>, world: World): Promise<Reply> {
    const roles = await rolesOf(world.tx, event.member.id)
    return may(roles, allowed.for) ? allowed.run(event, world) : say(refusal(world.t(event.member), allowed.for))
  }

  async function commanded(event: Of<'command'>, world: World): Promise<Reply> {
    const t = world.t(event.member)
    const command = registry.commands.get(event.name)
    const roles = await rolesOf(world.tx, event.member.id)
    if (event.name === 'core.help') return say(help(t, registry, roles))
    if (event.name === 'core.cancel') return cancelled(event, world)
    return command ? permitted(event, command, world) : say(menu(t, registry, roles))
  }

  async function cancelled({ member }: Interaction, world: World): Promise<Reply> {
    const open = await ports.conversations.of(world.tx, member.id, world.now)
    await ports.conversations.drop(world.tx, member.id)
    const t = world.t(member)
    return plainly(open ? t('core.conversation.cancelled') : t('core.conversation.nothingOpen'))
  }

  async function chosen(event: Of<'choice'>, world: World): Promise<Reply> {
    if (event.action === 'core.run') {
      const { action: _, value, on: __, ...rest } = event
      return commanded({ ...rest, kind: 'command', name: value, text: '' }, world)
    }
    if (event.action === 'core.answer') return conversed(event, event.value.slice(event.value.indexOf(':') + 1), world)
    const choice = registry.choices.get(event.action)
    return choice ? permitted(event, choice, world) : say(menu(world.t(event.member), registry, await rolesOf(world.tx, event.member.id)))
  }

  const find = (event: Interaction, world: World) => async (source: string, typed: string) =>
    (await registry.sources.get(source)?.(typed, event.member, world)) ?? []

  function questionsOf(open: Conversation, { form }: FormHandler, world: World, { member }: Pick<Interaction, 'member'>): Question[] {
    return questions({ form, about: open.about, known: { ...open.known, ...open.raw }, options: open.options }, world.t(member))
  }

  /** Answers to a whole form: what was typed becomes values, the fields parse, the feature submits. */
  async function submitted(event: Of<'answers'>, world: World): Promise<Reply> {
    const handler = registry.forms.get(event.form)
    if (!handler) throw new Error(`no form ${event.form}`)
    const open = await ports.conversations.of(world.tx, event.member.id, world.now)
    const asked = open?.form === event.form ? open : fresh(event, {})
    const resolved = await resolve(event.raw, questionsOf(asked, handler, world, event), find(event, world))
    const failed = Object.keys(resolved.problems).length > 0
    const reply = failed
      ? { kind: 'problems' as const, problems: { ...parseProblems(handler, resolved.raw), ...resolved.problems } }
      : await permitted({ ...event, raw: resolved.raw }, handler, world)
    if (reply.kind === 'problems') await ports.conversations.save(world.tx, { ...asked, raw: event.raw })
    else await ports.conversations.drop(world.tx, event.member.id)
    return reply
  }

  const parseProblems = ({ form }: FormHandler, raw: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(form.fields).flatMap(([name, field]) => {
        const parsed = field.parse(raw[name] ?? '')
        return parsed.ok ? [] : [[name, parsed.problem]]
      }),
    )

  const fresh = (event: Of<'answers'>, options: Conversation['options']): Conversation => ({
    member: event.member.id, form: event.form, about: event.about, known: {}, options, raw: {}, field: 0, found: null,
    place: { platform: event.place.platform, workspace: event.place.workspace, id: event.place.id },
    expiresAt: event.at.add(OPEN_FOR).epochMilliseconds,
  })

  /** A line of answer to the question a conversation stands at. */
  async function conversed(event: Interaction, text: string, world: World): Promise<Reply> {
    const open = await ports.conversations.of(world.tx, event.member.id, world.now)
    const handler = open && registry.forms.get(open.form)
    if (!open || !handler) return cancelled(event, world)
    const asked = questionsOf(open, handler, world, event)
    const step = await answer(open, text, { form: handler.form, questions: asked, steering, find: find(event, world) })
    if (step.kind === 'dropped') return cancelled(event, world)
    if (step.kind === 'complete') return completed(event, { ...open, raw: step.raw }, world)
    await ports.conversations.save(world.tx, step.conversation)
    const t = world.t(event.member)
    return say(prompt(t, step.conversation, title(handler.form, t), asked, step.problem))
  }

  const completed = (event: Interaction, open: Conversation, world: World): Promise<Reply> => {
    const { id, at, member, place } = event
    return submitted({ id, at, member, place, kind: 'answers', form: open.form, about: open.about, raw: open.raw }, world)
  }

  async function said(event: Of<'said'>, world: World): Promise<Reply> {
    if (event.place.direct && !event.thread) {
      const open = await ports.conversations.of(world.tx, event.member.id, world.now)
      if (open && ports.converses(event.place.platform)) return conversed(event, event.file ?? event.text, world)
      const digit = /^\d{1,2}$/.test(event.text.trim()) ? Number(event.text.trim()) : 0
      const offer = digit > 0 ? await ports.offered(world.tx, event.place) : undefined
      const choice = offer?.choices[digit - 1]
      if (offer && choice) return chosen({ ...event, kind: 'choice', action: choice.action, value: choice.value, on: offer.key }, world)
    }
    for (const feature of registry.features) {
      const reply = (await feature.said?.(event, world)) ?? { kind: 'pass' }
      if (reply.kind !== 'pass') return reply
    }
    if (!event.place.direct) return silence
    return say(menu(world.t(event.member), registry, await rolesOf(world.tx, event.member.id)))
  }

  /** Coming and going concerns whoever answers; the first with something to say says it. */
  async function moved(event: Of<'joined' | 'left'>, world: World): Promise<Reply> {
    const replies = []
    for (const { joined, left } of registry.features) {
      if (event.kind === 'joined') replies.push((await joined?.({ ...event, kind: 'joined' }, world)) ?? silence)
      else replies.push((await left?.({ ...event, kind: 'left' }, world)) ?? silence)
    }
    return replies.find(reply => reply.kind !== 'silence' && reply.kind !== 'pass') ?? silence
  }

  return {
    questionsOf,
    respond: async (event, world) => {
      if (event.refused) return plainly(world.t(event.member)(event.refused.key, event.refused.values))
      switch (event.kind) {
        case 'command': return commanded(event, world)
        case 'choice': return chosen(event, world)
        case 'answers': return submitted(event, world)
        case 'said': return said(event, world)
        case 'joined': case 'left': return moved(event, world)
      }
    },
  }
}
