import type { World } from '#src/core/feature.ts'
import { member, membersById } from '#src/storage/members.ts'
import { adoptionsOfPractice } from '../adoptions/store.ts'
import {
  communityPlaces,
  postCard,
  publicPlaces,
  recallCards,
  redrawCards,
  reviewers,
  type Target,
} from '../cards/cards.ts'
import { cardsOf, dropCards } from '../cards/store.ts'
import { type Shown, shown } from '../catalogue/store.ts'
import { announcement } from '../messages.ts'
import type { Change } from '../rules.ts'
import type { Card, Practice } from '../schema.ts'
import {
  changeNote,
  reviewCard,
  stepPast,
  stepTold,
  supersededCard,
  withdrawalNote,
  withdrawalTold,
} from './messages.ts'

// Who hears what of a practice, from its proposal to its withdrawal. `cause` is the event that made it so.

const nameOfProposer = async ({ tx }: World, { proposer }: Practice): Promise<string | undefined> =>
  (proposer && (await member(tx, proposer))?.name) || undefined

/** A new card for those who decide; earlier ones say where it went. */
export async function sendForReview(world: World, row: Practice, cause: string): Promise<void> {
  const practice = await shown(world.tx, row)
  await redrawCards(world, await cardsOf(world.tx, row.id, 'review'), cause, t => supersededCard(t, practice))
  await dropCards(world.tx, row.id, 'review')
  const proposer = await nameOfProposer(world, row)
  for (const { to, reader, name } of await reviewers(world, row)) {
    const message = reviewCard(world.t(reader), practice, proposer)
    const key = `practice:${row.id}:review:${cause}:${name}`
    await postCard(world, 'review', row.id, { to, message, key })
  }
}

/** Every card on which it is or was decided, as things stand now. */
export async function redrawReviews(world: World, row: Practice, cause: string): Promise<void> {
  const practice = await shown(world.tx, row)
  const proposer = await nameOfProposer(world, row)
  await redrawCards(world, await cardsOf(world.tx, row.id, 'review'), cause, t => reviewCard(t, practice, proposer))
}

/** Tells the proposer where her proposal stands, unless it was her own doing. What she was told before is put in the past, or taken back. */
export async function tellProposer(world: World, row: Practice, actor: string, cause: string): Promise<void> {
  const practice = await shown(world.tx, row)
  const read = await recallCards(world, await cardsOf(world.tx, row.id, 'told'))
  await redrawCards(world, read, cause, t => stepPast(t, practice))
  await dropCards(world.tx, row.id, 'told')
  const proposer = row.proposer && row.proposer !== actor ? await member(world.tx, row.proposer) : undefined
  if (!proposer) return
  const message = stepTold(world.t(proposer), practice)
  const key = `practice:${row.id}:told:${cause}`
  await postCard(world, 'told', row.id, { to: { member: proposer.id }, message, key })
}

const announceTo = (world: World, practice: Shown, { to, reader, name }: Target): Promise<void> =>
  postCard(world, 'announced', practice.id, {
    to,
    message: announcement(world.t(reader), practice),
    key: `practice:${practice.id}:announced:${name}`,
  })

/** Published: the community's places and those of the programme hear it. */
export async function announce(world: World, row: Practice): Promise<void> {
  const practice = await shown(world.tx, row)
  for (const target of await publicPlaces(world, row.community)) await announceTo(world, practice, target)
}

/** The announcement as things stand now, wherever it is. */
export async function redrawAnnouncements(world: World, row: Practice, cause: string): Promise<void> {
  const practice = await shown(world.tx, row)
  await redrawCards(world, await cardsOf(world.tx, row.id, 'announced'), cause, t => announcement(t, practice))
}

/**
 * An edit: the announcement changes where it stands, its thread says what is new; a new community hears of it first. One that is not
 * out yet comes as it is now. Returns where it was told: under announcements, in one that is to come, in the places by itself, or nowhere.
 */
export async function tellChanges(
  world: World,
  row: Practice,
  changes: readonly Change[],
  cause: string,
): Promise<'announcement' | 'unread' | 'places' | 'nowhere'> {
  await redrawAnnouncements(world, row, cause)
  const practice = await shown(world.tx, row)
  const before = await cardsOf(world.tx, row.id, 'announced')
  const read: Card[] = []
  for (const card of before) if (!(await world.outbox.isUnread(card.id))) read.push(card)
  const notes = before.length > 0 ? under(read, cause) : await besides(world, row, cause)
  for (const { reader, post } of notes) {
    await world.outbox.enqueue({ ...post, message: changeNote(world.t(reader), practice, changes) })
  }
  if (changes.includes('community')) await announceThere(world, practice, before)
  if (before.length > 0) return read.length > 0 ? 'announcement' : 'unread'
  return notes.length > 0 ? 'places' : 'nowhere'
}

/** In the places of its community where it does not stand yet. */
async function announceThere(world: World, practice: Shown, announced: readonly Card[]): Promise<void> {
  const known = new Set(announced.map(card => card.id))
  for (const target of await communityPlaces(world, practice.community)) {
    if (!known.has(`practice:${practice.id}:announced:${target.name}`)) await announceTo(world, practice, target)
  }
}

/** An announcement that is not out yet is taken back: where it would have stood, nothing is said. False when nothing is anywhere. */
export async function tellWithdrawal(world: World, row: Practice, cause: string): Promise<boolean> {
  const practice = await shown(world.tx, row)
  const announced = await cardsOf(world.tx, row.id, 'announced')
  const read = await recallCards(world, announced)
  await redrawCards(world, read, cause, t => announcement(t, practice))
  const notes = announced.length > 0 ? under(read, cause) : await besides(world, row, cause)
  for (const { reader, post } of notes) {
    await postCard(world, 'note', row.id, { ...post, message: withdrawalNote(world.t(reader), practice) })
  }
  await tellReusers(world, row, practice, cause)
  return notes.length > 0
}

/** Whoever reuses what was withdrawn hears why, but for those who know already; the check-in asks about it no more. */
async function tellReusers(world: World, row: Practice, practice: Shown, cause: string): Promise<void> {
  const open = (await adoptionsOfPractice(world.tx, row.id)).filter(({ state }) => state !== 'holder')
  const owners = new Set(open.flatMap(({ owner }) => owner ?? []))
  for (const known of [row.reasonBy, row.proposer]) if (known) owners.delete(known)
  for (const person of await membersById(world.tx, [...owners])) {
    const message = withdrawalTold(world.t(person), practice)
    const key = `practice:${row.id}:reuser:${cause}:${person.id}`
    await postCard(world, 'reuser', row.id, { to: { member: person.id }, message, key, unasked: {} })
  }
  const key = `checkins.withdrawn:${row.id}`
  await world.alarms.set({ name: 'checkins.withdrawn', key, at: world.now, about: row.id })
}

/** What is said under each announcement. */
const under = (announced: readonly Card[], cause: string) =>
  announced.flatMap(({ id, place }) =>
    place ? [{ reader: place, post: { to: place, key: `${id}:note:${cause}`, under: id } }] : [],
  )

/** A practice that came with the kit has no announcement: the places are told by themselves. */
const besides = async (world: World, row: Practice, cause: string) =>
  (await publicPlaces(world, row.community)).map(({ to, reader, name }) => ({
    reader,
    post: { to, key: `practice:${row.id}:note:${cause}:${name}` },
  }))

/** Notes in which somebody's reason stands, drawn again. */
export async function redrawNotes(world: World, row: Practice, cause: string): Promise<void> {
  const practice = await shown(world.tx, row)
  await redrawCards(world, await cardsOf(world.tx, row.id, 'note'), cause, t => withdrawalNote(t, practice))
  await redrawCards(world, await cardsOf(world.tx, row.id, 'told'), cause, t => stepTold(t, practice))
  await redrawCards(world, await cardsOf(world.tx, row.id, 'reuser'), cause, t => withdrawalTold(t, practice))
}
