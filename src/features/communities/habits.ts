// How she wants to be spoken to: in which language, and when not.

import type { World } from '#src/core/feature.ts'
import { short } from '#src/core/fields.ts'
import { fold } from '#src/core/fold.ts'
import { type Interaction, type Of, type Reply, say } from '#src/core/interaction.ts'
import type { Choice, Key, Translate } from '#src/core/message.ts'
import { changeMember, member } from '#src/storage/members.ts'
import { plainly } from './messages.ts'
import { type PauseWords, pauseIn } from './rules.ts'

const languages = ['it', 'en'] as const
type Language = (typeof languages)[number]

/** The words of a key in every language: whoever reads Italian may still write English. */
const everyWord = (world: World, key: Key): string[] =>
  languages.flatMap(locale => listed(world.t({ locale, timezone: 'UTC' }), key))
const listed = (t: Translate, key: Key): string[] => t.plain(t(key)).split('|').map(fold)

/** `lingua it`, `language english`; alone, it asks. */
export async function language(event: Of<'command'>, world: World): Promise<Reply> {
  const t = world.t(event.member)
  const said = fold(event.text.slice(0, 100))
  const wanted = languages.find(each => everyWord(world, `communities.language.names.${each}`).includes(said))
  if (wanted) return speak(event, wanted, world)
  const known = languages.map(each => languageChoice(each, world))
  const question =
    said === '' ? t('communities.language.ask') : t('communities.language.unknown', { given: short(event.text) })
  return say(plainly(question, ...known))
}
// Each in its own language: who does not read this one finds hers.
const languageChoice = (locale: Language, world: World): Choice => {
  const t = world.t({ locale, timezone: 'UTC' })
  return { label: t(`communities.language.own.${locale}`), action: 'communities.language', value: locale }
}
export async function languageByChoice(event: Of<'choice'>, world: World): Promise<Reply> {
  const wanted = languages.find(each => each === event.value)
  return wanted
    ? speak(event, wanted, world)
    : language({ ...event, kind: 'command', name: '', text: event.value }, world)
}
async function speak({ member: { id, timezone } }: Interaction, locale: Language, world: World): Promise<Reply> {
  await changeMember(world.tx, id, { locale })
  return say(plainly(world.t({ locale, timezone })('communities.language.changed')))
}

const lengths = { P1W: { weeks: 1 }, P2W: { weeks: 2 }, P1M: { months: 1 } } as const

/** `pausa 2 settimane`, `pausa 15/03/2027`, `pausa fine`; alone, it tells and offers. */
export async function pause(event: Of<'command'>, world: World): Promise<Reply> {
  const t = world.t(event.member)
  if (event.text.trim() === '') return offerPauses(event, world)
  const asked = pauseIn(event.text, world.now.toZonedDateTimeISO(t.timezone), wordsOfPause(world))
  if (asked.kind === 'until') return pauseUntil(event, asked.at, world)
  if (asked.kind === 'end') return endPause(event, world)
  return say(plainly(t(`communities.pause.${asked.kind}`, { given: short(event.text) })))
}
function wordsOfPause(world: World): PauseWords {
  const numbers = languages.map(locale =>
    listed(world.t({ locale, timezone: 'UTC' }), 'communities.pause.words.numbers'),
  )
  const [first = []] = numbers
  return {
    end: everyWord(world, 'communities.pause.words.end'),
    units: {
      days: everyWord(world, 'communities.pause.words.days'),
      weeks: everyWord(world, 'communities.pause.words.weeks'),
      months: everyWord(world, 'communities.pause.words.months'),
      years: everyWord(world, 'communities.pause.words.years'),
    },
    numbers: first.map((_, at) => numbers.flatMap(each => each[at]?.split(' ') ?? [])),
  }
}

async function offerPauses(event: Interaction, world: World): Promise<Reply> {
  const t = world.t(event.member)
  const pausedUntil = (await member(world.tx, event.member.id))?.pausedUntil ?? 0
  const running = pausedUntil > world.now.epochMilliseconds
  const offer = (label: Choice['label'], value: string): Choice => ({ label, action: 'communities.pause', value })
  const until = t.moment(Temporal.Instant.fromEpochMilliseconds(pausedUntil))
  return say(
    plainly(
      running ? t('communities.pause.running', { until }) : t('communities.pause.ask'),
      offer(t('communities.pause.week'), 'P1W'),
      offer(t('communities.pause.twoWeeks'), 'P2W'),
      offer(t('communities.pause.month'), 'P1M'),
      ...(running ? [offer(t('communities.pause.end'), 'end')] : []),
    ),
  )
}
export async function pauseByChoice(event: Of<'choice'>, world: World): Promise<Reply> {
  if (event.value === 'end') return endPause(event, world)
  const length = Object.entries(lengths).find(([name]) => name === event.value)?.[1]
  if (!length) return offerPauses(event, world)
  return pauseUntil(event, world.now.toZonedDateTimeISO(event.member.timezone).add(length).toInstant(), world)
}

async function pauseUntil(event: Interaction, at: Temporal.Instant, world: World): Promise<Reply> {
  const t = world.t(event.member)
  await setPause(event.member.id, at, world)
  const end = { label: t('communities.pause.end'), action: 'communities.pause', value: 'end' }
  return say(plainly(t('communities.pause.until', { until: t.moment(at) }), end))
}
async function endPause(event: Interaction, world: World): Promise<Reply> {
  const t = world.t(event.member)
  const running = await setPause(event.member.id, null, world)
  return say(plainly(running ? t('communities.pause.ended') : t('communities.pause.notRunning')))
}

/** True when one was running. What it held back is held until the new end, or goes out now. */
async function setPause(id: string, until: Temporal.Instant | null, world: World): Promise<boolean> {
  const before = (await member(world.tx, id))?.pausedUntil ?? 0
  await changeMember(world.tx, id, { pausedUntil: until?.epochMilliseconds ?? null })
  const running = before > world.now.epochMilliseconds
  if (running) await world.outbox.release(id, Temporal.Instant.fromEpochMilliseconds(before))
  return running
}
