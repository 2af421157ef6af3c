import { wordOf } from './conversation.ts'
import { type Desk, permitted, plainly, rolesOf, showMenu } from './desk.ts'
import type { World } from './feature.ts'
import { conversed, corrected, openForm, submitted } from './filling.ts'
import type { Problem } from './form.ts'
import { help } from './help.ts'
import { type Interaction, type Of, type Reply, say, silence } from './interaction.ts'
import { speak } from './settling.ts'

/** «Pratiche edilizie» is a title where a title is asked for, though `pratiche` is a command. */
export async function meant(at: Desk, event: Interaction, world: World): Promise<Interaction> {
  if (event.kind !== 'command' || !event.said || event.text === '' || isByNumber(event.said, event.text)) return event
  const { place, member, thread } = event
  if (!place.direct || thread || !at.ports.converses(place.platform)) return event
  const open = await at.ports.conversations.of(world.tx, member.id, world.now)
  const kind = open && openForm(at, open, world, member).questions[open.field]?.kind
  if (kind !== 'line' && kind !== 'paragraph') return event
  const { name: _, file: __, said, ...rest } = event
  return { ...rest, kind: 'said', text: said }
}

/** «pratica P-0012», «richiesta risolvi R-2027-0001 fatto»; but «pratica P-0012 non si apre» is what somebody needs. */
function isByNumber(said: string, text: string): boolean {
  const [number, ...rest] = text.trim().split(/\s+/)
  const before = said.trim().split(/\s+/).length - rest.length - 1
  return /^\p{L}{1,2}-\d[\d-]*$/u.test(number ?? '') && (rest.length === 0 || before > 1)
}

/** One interaction, decided: permissions, then the feature that answers it. Runs inside the caller's transaction. */
export async function respond(at: Desk, event: Interaction, world: World): Promise<Reply> {
  if (event.refused) return withoutFile(at, event, event.refused, world)
  switch (event.kind) {
    case 'command':
      return commanded(at, event, world)
    case 'choice':
      return chosen(at, event, world)
    case 'answers':
      return submitted(at, event, world)
    case 'said':
      return said(at, event, world)
    case 'joined':
    case 'left':
      return moved(at, event, world)
    case 'tookBack':
      return tookBack(at, event, world)
  }
}

/** She is told what could not be taken in. Where people write to each other, her words beside it reach them all the same. */
async function withoutFile(at: Desk, event: Interaction, { key, values }: Problem, world: World): Promise<Reply> {
  const text = world.t(event.member)(key, values)
  const { refused: _, ...rest } = event
  if (rest.kind !== 'said' || !rest.thread || rest.text.trim() === '') return plainly(text)
  await speak(event, { summary: text, blocks: [{ type: 'text', text }] }, world, 'refused')
  return respond(at, rest, world)
}

async function commanded(at: Desk, event: Of<'command'>, world: World): Promise<Reply> {
  if (event.name === 'core.help') {
    return say(help(world.t(event.member), at.registry, await rolesOf(at, event, world)))
  }
  if (event.name === 'core.cancel') return cancelled(at, event, world)
  const command = at.registry.commands.get(event.name)
  return command ? permitted(at, event, command, world) : showMenu(at, event, world)
}

async function cancelled({ ports }: Desk, { member }: Interaction, world: World): Promise<Reply> {
  const open = await ports.conversations.of(world.tx, member.id, world.now)
  await ports.conversations.drop(world.tx, member.id)
  const t = world.t(member)
  return plainly(open ? t('core.conversation.cancelled') : t('core.conversation.nothingOpen'))
}

async function chosen(at: Desk, event: Of<'choice'>, world: World): Promise<Reply> {
  const { action, value, on: _, ...rest } = event
  if (action === 'core.run') {
    const [name = '', ...text] = value.split(' ')
    return commanded(at, { ...rest, kind: 'command', name, text: text.join(' ') }, world)
  }
  if (action === 'core.answer') return (await corrected(at, event, value, world)) ?? cancelled(at, event, world)
  const choice = at.registry.choices.get(action)
  return choice ? permitted(at, event, choice, world) : showMenu(at, event, world)
}

/** A line of answer; when nothing is open any more, or she had enough, the form is dropped. */
const answered = async (at: Desk, event: Interaction, text: string, world: World): Promise<Reply> =>
  (await conversed(at, event, text, world)) ?? cancelled(at, event, world)

async function said(at: Desk, event: Of<'said'>, world: World): Promise<Reply> {
  const own = event.place.direct && !event.thread ? await toTheBot(at, event, world) : undefined
  if (own) return own
  for (const feature of at.registry.features) {
    const reply = (await feature.said?.(event, world)) ?? { kind: 'pass' }
    if (reply.kind !== 'pass') return reply
  }
  if (!event.place.direct) return silence
  return (await offeredAgain(at, event, world)) ?? showMenu(at, event, world)
}

/** Said so to more buttons than these, «yes» means none of them. */
const FEW = 3

/** «Sì», to a message with a few buttons: she is asked which of them, as nothing is done on a guess. */
async function offeredAgain({ ports, assent }: Desk, event: Of<'said'>, world: World): Promise<Reply | undefined> {
  if (!assent.includes(wordOf(event.text))) return undefined
  const { choices = [], isLast } = (await ports.offered(world.tx, event.place)) ?? {}
  if (!isLast || choices.length === 0 || choices.length > FEW) return undefined
  const text = world.t(event.member)('core.choose.text')
  return say({
    summary: text,
    blocks: [
      { type: 'text', text },
      { type: 'choices', choices },
    ],
  })
}

/** Words in the direct conversation: an answer to the open question, or the number of a choice. */
async function toTheBot(at: Desk, event: Of<'said'>, world: World): Promise<Reply | undefined> {
  const { ports } = at
  const open = await ports.conversations.of(world.tx, event.member.id, world.now)
  if (open && ports.converses(event.place.platform)) return answered(at, event, event.file ?? event.text, world)
  const number = /^\d{1,2}$/.test(event.text.trim()) ? Number(event.text.trim()) : 0
  const offer = number > 0 ? await ports.offered(world.tx, event.place) : undefined
  const choice = offer?.choices[number - 1]
  if (!offer || !choice) return undefined
  const { text: _, file: __, ...rest } = event
  return chosen(at, { ...rest, kind: 'choice', action: choice.action, value: choice.value, on: offer.key }, world)
}

/** What she took back is forgotten: in an open form, and in every feature that keeps it. */
async function tookBack(at: Desk, event: Of<'tookBack'>, world: World): Promise<Reply> {
  const { conversations } = at.ports
  const open = await conversations.of(world.tx, event.member.id, world.now)
  const [field] = Object.entries(open?.sources ?? {}).find(([, source]) => source === event.event) ?? []
  if (open && field) await conversations.save(world.tx, { ...open, raw: { ...open.raw, [field]: '' } })
  for (const { tookBack: forget } of at.registry.features) await forget?.(event, world)
  return silence
}

/** Coming and going may concern several features; the first with something to say says it. */
async function moved(at: Desk, event: Of<'joined' | 'left'>, world: World): Promise<Reply> {
  const replies: Reply[] = []
  for (const { joined, left } of at.registry.features) {
    if (event.kind === 'joined') replies.push((await joined?.({ ...event, kind: 'joined' }, world)) ?? silence)
    else replies.push((await left?.({ ...event, kind: 'left' }, world)) ?? silence)
  }
  return replies.find(({ kind }) => kind !== 'silence' && kind !== 'pass') ?? silence
}
