import type { World } from '#src/core/feature.ts'
import type { Answers } from '#src/core/form.ts'
import { type Interaction, type Member, type Of, type Reply, say } from '#src/core/interaction.ts'
import type { Message } from '#src/core/message.ts'
import { adoptionsOfPractice } from '#src/features/practices/store.ts'
import { membersById } from '#src/storage/members.ts'
import { finished, gone, none, notHers, nothingBefore, over, saved, unknown, whose } from './answer-messages.ts'
import { nextOpening } from './closing.ts'
import { type answerForm, answerForm as form, knownAnswer, knownReview, reviewForm } from './forms.ts'
import { answerChoice, prompt } from './messages.ts'
import { currentPeriod, currentRound, hers, isAdministrator, isOpen, missing, type Round, roundOf } from './round.ts'
import { aboutOf, type Entry, entryNamed, isFinal, isKey, isRisk, keyOf, mayAnswer, readAbout } from './rules.ts'
import { periodOf, saveAnswer, saveReview } from './store.ts'

/** A period and one thing in it that this person may speak for now; or why not. */
type AtHand = { round: Round; entry: Entry } | { refused: Reply }
const refused = (message: Message): AtHand => ({ refused: say(message) })

/** What is asked about now: the button of a month that is over is told so. */
async function askable(member: Member, about: string, world: World): Promise<AtHand> {
  const { month, name } = readAbout(about)
  const round = await currentRound(world)
  const found = await named(round, name, member, world)
  if ('refused' in found || month === undefined || month >= found.entry.period) return found
  const t = world.t(member)
  return refused(over(t, month, found.entry.period, answerChoice(t, found.entry)))
}

/** What was asked about when the form was opened: of a month that is over since, it is kept as late. */
async function savable(member: Member, about: string, world: World): Promise<AtHand> {
  const { month, name } = readAbout(about)
  const period = month === undefined ? undefined : await periodOf(world.tx, month)
  return named(period ? await roundOf(period, world) : await currentRound(world), name, member, world)
}

async function named(round: Round | undefined, name: string, member: Member, world: World): Promise<AtHand> {
  const t = world.t(member)
  if (!round) return refused(none(t, await nextOpening(member.timezone, world)))
  const mine = hers(round, member.id)
  const entry = entryNamed(round.entries, name, member.id)
  if (!entry) return refused(isKey(name) ? gone(t, mine) : unknown(t, name, mine))
  if (!mayAnswer(entry.item, member.id, await isAdministrator(world.tx, member.id))) {
    const [owner] = await membersById(world.tx, entry.item.owner ? [entry.item.owner] : [])
    return refused(whose(t, entry, owner?.name, mine))
  }
  if (isFinal(entry) && !isOpen(round, world.now)) return refused(finished(t, round, entry))
  return { round, entry }
}

/** Opens the form for one thing, by its code or its key: questions for a line, figures for a risk. */
export async function askAbout(member: Member, text: string, world: World): Promise<Reply> {
  const found = await askable(member, text, world)
  if ('refused' in found) return found.refused
  const { entry } = found
  const ask = { kind: 'ask' as const, subject: entry.item.code, about: aboutOf(entry) }
  return isRisk(entry)
    ? { ...ask, form: reviewForm, known: knownReview(entry) }
    : { ...ask, form, known: knownAnswer(entry) }
}

/** Without a name: the only one that is missing, else the list to choose from. */
export async function askNext(event: Of<'command'>, world: World): Promise<Reply> {
  if (event.text) return askAbout(event.member, event.text, world)
  const round = await currentRound(world)
  const mine = round ? hers(round, event.member.id) : []
  const left = missing(mine)
  const only = left.length === 1 ? left[0] : mine.length === 1 ? mine[0] : undefined
  if (only) return askAbout(event.member, keyOf(only.item), world)
  if (round && mine.length === 0) return say(notHers(world.t(event.member)))
  return round
    ? say(prompt(world.t(event.member), round, event.member.id, isOpen(round, world.now)))
    : askAbout(event.member, '', world)
}

export async function answer(
  answers: Answers<typeof answerForm.fields>,
  event: Of<'answers'>,
  world: World,
): Promise<Reply> {
  const found = await savable(event.member, event.about, world)
  if ('refused' in found) return found.refused
  const { status, done, next, blocks, support } = answers
  const texts = { done: done ?? null, next: next ?? null, blocks: blocks ?? null }
  return keep(found, { status, ...texts, support: support === 'yes' }, event, world)
}

/** Takes last month's answer over as it was. */
export async function same(event: Interaction, text: string, world: World): Promise<Reply> {
  const found = await askable(event.member, text, world)
  if ('refused' in found) return found.refused
  const { before } = found.entry
  if (isRisk(found.entry)) return askAbout(event.member, keyOf(found.entry.item), world)
  if (!before) return say(nothingBefore(world.t(event.member), found.entry))
  const { status, done, next, blocks, support } = before
  return keep(found, { status, done, next, blocks, support }, event, world)
}

type Given = Pick<NonNullable<Entry['answer']>, 'status' | 'done' | 'next' | 'blocks' | 'support'>

async function keep(
  { round, entry }: { round: Round; entry: Entry },
  given: Given,
  event: Interaction,
  world: World,
): Promise<Reply> {
  const { kind, id } = entry.item
  if (kind === 'risk') throw new Error(`${id} is a risk: it is reviewed`)
  const late = !isOpen(round, world.now)
  const about = { period: round.period.id, kind, item: id, by: event.member.id, at: world.now.epochMilliseconds, late }
  await saveAnswer(world.tx, { ...about, ...given })
  return kept(round, entry, event, world)
}

export async function review(
  answers: Answers<typeof reviewForm.fields>,
  event: Of<'answers'>,
  world: World,
): Promise<Reply> {
  const found = await savable(event.member, event.about, world)
  if ('refused' in found) return found.refused
  const { round, entry } = found
  const late = !isOpen(round, world.now)
  const about = {
    period: round.period.id,
    risk: entry.item.id,
    by: event.member.id,
    at: world.now.epochMilliseconds,
    late,
  }
  await saveReview(world.tx, { ...about, ...answers, change: answers.change ?? null })
  return kept(round, entry, event, world)
}

/** Says what was kept and what comes next, and redraws her prompt; of a month that is over, nothing is asked any more. */
async function kept({ period }: Round, { item }: Entry, event: Interaction, world: World): Promise<Reply> {
  const round = await roundOf(period, world)
  const isOver = period.id !== (await currentPeriod(world.tx))?.id
  const entry = entryNamed(round.entries, keyOf(item), event.member.id)
  if (!entry) throw new Error(`${keyOf(item)} was answered and is gone`)
  if (!isOver) await redrawPrompt(round, item.owner, event.id, world)
  const left = isOver ? undefined : missing(hers(round, event.member.id))
  return say(saved(world.t(event.member), round, entry, left, isOpen(round, world.now)))
}

export const promptKey = (round: Round, member: string): string => `checkin:${round.period.id}:${member}`

/** Edits the prompt where it stands; nothing happens where none was sent. */
export async function redrawPrompt(round: Round, owner: string | null, cause: string, world: World): Promise<void> {
  const [member] = await membersById(world.tx, owner ? [owner] : [])
  if (!member) return
  const key = promptKey(round, member.id)
  const message = prompt(world.t(member), round, member.id, isOpen(round, world.now))
  await world.outbox.enqueue({ to: { member: member.id }, message, key: `${key}:${cause}`, instead: key })
}

/** The alarm `checkins.withdrawn`: those who answer for the reuse of a practice are asked about it no more. */
export async function withdrawn(practice: string, world: World): Promise<void> {
  const round = await currentRound(world)
  if (!round) return
  const owners = new Set((await adoptionsOfPractice(world.tx, practice)).map(({ owner }) => owner))
  for (const owner of owners) {
    // Nobody is first told that nothing is asked of her.
    const isUnheard =
      owner !== null && hers(round, owner).length === 0 && (await world.outbox.recall(promptKey(round, owner)))
    if (!isUnheard) await redrawPrompt(round, owner, `withdrawn:${practice}`, world)
  }
}
