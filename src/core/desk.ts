import type { Steering } from './conversation.ts'
import type { Allowed, Role, World } from './feature.ts'
import { fold } from './fold.ts'
import { may, menu, refusal } from './help.ts'
import { type Interaction, type Reply, say } from './interaction.ts'
import type { Markdown } from './message.ts'
import { nearly } from './near.ts'
import type { Ports } from './ports.ts'
import type { Registry } from './registry.ts'

/** Where interactions are answered: what the features offer, what the other parts do, and the words that steer. */
export interface Desk {
  registry: Registry
  ports: Ports
  steering: Steering
  /** «Sì», «no», «certo»: what is said to a question with buttons. */
  assent: readonly string[]
  /** The command that words almost were. */
  near: ReturnType<typeof nearly>
}

export function desk(registry: Registry, ports: Ports): Desk {
  const listed = (key: string): string[] => ports.inEveryLanguage(key).flatMap(text => text.split('|').map(fold))
  const words = (name: string): string[] => listed(`core.conversation.words.${name}`)
  const [back, skip, keep] = [words('back'), words('skip'), words('keep')]
  const steering = { back, skip, keep, cancel: words('cancel'), none: words('none') }
  return {
    registry,
    ports,
    steering,
    assent: listed('core.choose.words'),
    near: nearly(registry, ports.inEveryLanguage),
  }
}

/** What was granted to her, and what she is by what she does. */
export async function rolesOf(
  { ports, registry }: Desk,
  { member }: Pick<Interaction, 'member'>,
  { tx }: World,
): Promise<Set<Role>> {
  // Asked for all at once: the database may be far away.
  const asked = registry.features.map(({ roles }) => roles?.(member.id, tx) ?? [])
  const [granted, ...others] = await Promise.all([ports.people.roles(tx, member.id), ...asked])
  return new Set([...granted, ...others.flat()])
}

/** Runs what she may do; else says who can. */
export async function permitted<I extends Interaction>(
  at: Desk,
  event: I,
  allowed: Allowed<I>,
  world: World,
): Promise<Reply> {
  const roles = await rolesOf(at, event, world)
  return may(roles, allowed.for) ? allowed.run(event, world) : say(refusal(world.t(event.member), allowed.for, roles))
}

/** A few things she can do now; first of all the command that she almost wrote. */
export async function showMenu(at: Desk, event: Interaction, world: World): Promise<Reply> {
  const roles = await rolesOf(at, event, world)
  const allowed = (id: string): boolean => may(roles, at.registry.commands.get(id)?.for ?? ['anyone'])
  const near = event.kind === 'said' ? at.near(event.text, allowed) : undefined
  return say(menu(world.t(event.member), at.registry, roles, near))
}

export const plainly = (text: Markdown): Reply => say({ summary: text, blocks: [{ type: 'text', text }] })
