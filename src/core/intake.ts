import { lexicon } from './commands.ts'
import { type Desk, desk, rolesOf } from './desk.ts'
import { meant, respond } from './dispatch.ts'
import type { World } from './feature.ts'
import { handlerOf, openForm } from './filling.ts'
import { follow } from './following.ts'
import { parse } from './form.ts'
import { menu } from './help.ts'
import type { Interaction, Member } from './interaction.ts'
import type { Block, Markdown, Reader } from './message.ts'
import { type Account, type Intake, type Live, TooLate } from './platform.ts'
import type { Ports } from './ports.ts'
import type { Registry } from './registry.ts'
import { settle, speak } from './settling.ts'
import { worldOf } from './world.ts'

/** The door of the bot: what every platform is given. */
export function intake(registry: Registry, ports: Ports): Intake {
  const at = desk(registry, ports)
  return {
    t: ports.t,
    read: lexicon(registry, ports.inEveryLanguage),
    member: account => memberAt(ports, account),
    place: (platform, workspace, id) => ports.read(tx => ports.people.place(tx, platform, workspace, id)),
    opens: command => registry.commands.get(command)?.opens === true,
    check: (form, raw, reader) => check(at, form, raw, reader),
    accept: (event, until) => accept(ports, event, until),
    handle: id => handle(at, id),
    receive: (event, kept) => receive(at, event, kept),
    form: member =>
      ports.read(async tx => {
        const open = await ports.conversations.of(tx, member.id, ports.now())
        return open && openForm(at, open, worldOf(registry, ports, tx), member)
      }),
    search: (source, typed, reader) =>
      ports.read(async tx => (await registry.sources.get(source)?.(typed, reader, worldOf(registry, ports, tx))) ?? []),
    keep: (file, owner) => ports.transaction(tx => ports.files.keep(tx, file, owner.id, ports.now()), URGENT),
    file: ports.files.show,
    offered: (place, key) => ports.read(tx => ports.offered(tx, place, key)),
    posted: (place, ref) => ports.read(tx => ports.posted(tx, place, ref)),
    home: member => ports.read(tx => homeOf(at, member, worldOf(registry, ports, tx))),
    follow: change => ports.transaction(tx => follow(change, at, worldOf(registry, ports, tx))),
  }
}

/** Whoever brought it waits to be told that it was heard. */
const URGENT = { urgent: true }

/** Whoever is known is read and does not wait for those who write: she has not even been told that she was heard. */
const memberAt = async ({ people, read, transaction, now }: Ports, account: Account): Promise<Member> =>
  (await read(tx => people.known(tx, account))) ?? transaction(tx => people.member(tx, account, now()), URGENT)

function check(at: Desk, form: string, raw: Record<string, string>, reader: Reader): Record<string, Markdown> {
  const parsed = parse(handlerOf(at, form).form, raw)
  if (parsed.ok) return {}
  const t = at.ports.t(reader)
  return Object.fromEntries(Object.entries(parsed.problems).map(([name, { key, values }]) => [name, t(key, values)]))
}

// What is told to try again must not be done after all: the signal is asked again inside the transaction.
async function accept(ports: Ports, event: Interaction, until?: AbortSignal): Promise<boolean> {
  const written = ports.transaction(async tx => {
    if (until?.aborted) throw new TooLate()
    const fresh = await ports.inbox.accept(tx, event)
    if (until?.aborted) throw new TooLate()
    return fresh
  }, URGENT)
  return until ? Promise.race([written, tooLate(until)]) : written
}

const tooLate = (until: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    until.addEventListener('abort', () => reject(new TooLate()), { once: true })
  })

/** Nobody waits to be told that it was written down: it is handled at once, and for both together the disk is waited for. */
async function receive(at: Desk, event: Interaction, kept: () => void = () => {}): Promise<Live | undefined> {
  let handled: Promise<Live> | undefined
  const committed = (): void => {
    // Also what is known: a crash may have come before it was handled, and what came after it must not be done first.
    handled = handle(at, event.id)
    // It is heard below; meanwhile it may already have failed.
    handled.catch(() => {})
  }
  const fresh = await at.ports.transaction(tx => at.ports.inbox.accept(tx, event), { ...URGENT, committed })
  if (fresh) kept()
  const live = await handled
  return fresh ? live : undefined
}

/** What each feature has for her, then what she can do. */
async function homeOf(at: Desk, member: Member, world: World): Promise<Block[]> {
  const parts = []
  for (const { home } of at.registry.features) parts.push(...((await home?.(member, world)) ?? []))
  const { blocks } = menu(world.t(member), at.registry, await rolesOf(at, { member }, world))
  return [...parts, ...blocks.filter(({ type }) => type === 'choices')]
}

const quiet: Live = { kind: 'silence' }

/** One event, one transaction, one catch. */
async function handle(at: Desk, id: string): Promise<Live> {
  const { ports, registry } = at
  const begun = performance.now()
  const observe = (outcome: 'handled' | 'failed', interaction: Interaction['kind'] | undefined): void => {
    const seconds = (performance.now() - begun) / 1000
    if (interaction) ports.observe({ kind: 'handled', interaction, outcome, seconds })
  }
  try {
    const { live, kind } = await ports.transaction(
      async tx => {
        const taken = await ports.inbox.take(tx, id, 'handled')
        if (!taken) return { live: quiet, kind: undefined }
        const world = worldOf(registry, ports, tx, { event: id, author: taken.member.id })
        const event = await meant(at, taken, world)
        return { live: await settle(at, event, await respond(at, event, world), world), kind: event.kind }
      },
      { committed: ports.wake },
    )
    observe('handled', kind)
    ports.log.info({ event: id, live: live.kind }, 'handled')
    return live
  } catch (error) {
    ports.log.error({ event: id, error }, 'a handler failed')
    // It stays written down, and is taken up again: an apology could not be kept either.
    if (ports.isUnable(error)) return quiet
    observe('failed', await apologize(at, id))
    return quiet
  }
}

/** The person hears that it is on our side, with the id under which the log tells why. */
const apologize = ({ ports, registry }: Desk, id: string): Promise<Interaction['kind'] | undefined> =>
  ports.transaction(
    async tx => {
      const event = await ports.inbox.take(tx, id, 'failed')
      if (!event) return undefined
      const world = worldOf(registry, ports, tx, { event: id, author: event.member.id })
      const text = world.t(event.member)('core.broken', { code: id })
      await speak(event, { summary: text, blocks: [{ type: 'text', text }] }, world)
      return event.kind
    },
    { committed: ports.wake },
  )
