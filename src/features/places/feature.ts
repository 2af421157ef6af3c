import type { Command, Feature, Handler, World } from '#src/core/feature.ts'
import { short } from '#src/core/fields.ts'
import { fold } from '#src/core/fold.ts'
import { type Interaction, type Of, type Place, type Reply, say } from '#src/core/interaction.ts'
import type { Reader } from '#src/core/message.ts'
import { communities } from '#src/features/communities/store.ts'
import { laboratories } from '#src/features/laboratories/store.ts'
import { member as memberById } from '#src/storage/members.ts'
import { boundPlace, placeAt, savePlace } from '#src/storage/places.ts'
import { rolesOf, scopesOf } from '#src/storage/roles.ts'
import { asked, bound, called, card, type Named, noEntry, onlyHere, refused, unknown } from './messages.ts'
import { mayBind, read, type Standing, type Use } from './rules.ts'

const deciding: Command['for'] = ['coordinator', 'operator']

/** Everything a place can be for. */
async function uses(reader: Reader, { tx, t }: World): Promise<Named[]> {
  const speak = t(reader)
  const all = (await communities(tx)).map(({ id, name }) => ({ scope: id, name: speak.local(name) }))
  const labs = (await laboratories(tx)).map(({ id, name }) => ({ scope: id, name: speak.local(name) }))
  return [
    ...all.map(each => ({ ...each, purpose: 'community' as const })),
    ...labs.map(each => ({ ...each, purpose: 'laboratory' as const })),
    { purpose: 'coordinators', scope: '', name: '' },
    { purpose: 'programme', scope: '', name: '' },
  ]
}

async function standingOf(member: string, { tx }: World): Promise<Standing> {
  const coordinates = await scopesOf(tx, member, 'coordinator')
  return { roles: await rolesOf(tx, member), coordinates, operates: await scopesOf(tx, member, 'operator') }
}

const same = (a: Use, b: Use): boolean => a.purpose === b.purpose && a.scope === b.scope

/** What the place is for now. */
async function nowOf(place: Place, all: readonly Named[], { tx }: World): Promise<Named | undefined> {
  const row = await boundPlace(tx, place)
  return all.find(use => use.purpose === row?.purpose && use.scope === row.scope)
}

/** `associa`, `associa suape`: in the place that it is about. */
const bindByName: Handler<Of<'command'>> = async (event, world) => {
  const t = world.t(event.member)
  if (event.place.direct) return say(onlyHere(t))
  const all = await uses(event.member, world)
  const standing = await standingOf(event.member.id, world)
  const now = await nowOf(event.place, all, world)
  const offered = all.filter(use => mayBind(standing, now, use) && !(now && same(now, use)))
  const typed = fold(event.text)
  if (typed === '') return say(asked(t, now, offered))
  const found = all.find(use => [use.scope, use.name, t.plain(called(t, use))].some(name => fold(name) === typed))
  return found ? bind(event, found, world) : say(unknown(t, short(event.text), offered))
}

const bindByChoice: Handler<Of<'choice'>> = async (event, world) => {
  const wanted = read(event.value)
  const found = (await uses(event.member, world)).find(use => wanted !== undefined && same(use, wanted))
  if (event.place.direct || !found) return say(onlyHere(world.t(event.member)))
  return bind(event, found, world)
}

/** The place is for this from now on; the bot goes in, and then everybody there reads one card. */
async function bind(event: Interaction, use: Named, world: World): Promise<Reply> {
  const { place, member } = event
  const t = world.t(member)
  const standing = await standingOf(member.id, world)
  const now = await nowOf(place, await uses(event.member, world), world)
  if (!mayBind(standing, now, use)) return say(refused(t, now && !mayBind(standing, undefined, now) ? now : use))
  const row = await boundPlace(world.tx, place)
  const { platform, workspace, id: address, locale, timezone } = place
  const { purpose, scope } = use
  const name = row?.name ?? address
  await savePlace(world.tx, {
    name,
    platform,
    workspace,
    address,
    locale,
    timezone,
    feast: row?.feast ?? null,
    purpose,
    scope,
  })
  await world.errands.run({
    name: 'enter',
    input: { platform, workspace, id: address },
    key: `places.enter:${event.id}`,
    backTo: 'places.entered',
    about: JSON.stringify([event.id, member.id, platform, workspace, address]),
  })
  return say(bound(t, use))
}

/** The bot is in, and says so; or it is not, and says whom to ask. */
async function entered(result: unknown, about: string, world: World): Promise<void> {
  const [event, member, platform, workspace, address] = JSON.parse(about)
  const who = await memberById(world.tx, member)
  const place = await placeAt(world.tx, platform, workspace, address)
  const row = await boundPlace(world.tx, place)
  if (!who || who.erasedAt !== null || !row?.purpose) return
  if (result !== true) {
    const to = { member: who.id }
    return world.outbox.enqueue({ to, message: noEntry(world.t(who)), key: `places.noEntry:${event}` })
  }
  const all = await uses(place, world)
  const use = all.find(each => each.purpose === row.purpose && each.scope === row.scope)
  if (use) await world.outbox.enqueue({ to: place, message: card(world.t(place), use), key: `places.card:${event}` })
}

/** Channels and rooms, and what each is for. */
export const places: Feature = {
  name: 'places',
  commands: { bind: { for: deciding, run: bindByName } },
  choices: { 'places.bind': { for: deciding, run: bindByChoice } },
  done: { 'places.entered': entered },
}
