import { afterAll, beforeAll, expect, test } from 'vitest'
import { monthly, weekly } from '#test/support/checkins.ts'
import { testOffMatrix } from '../community.ts'
import { answersLate, beginningOfFebruary, restOfFebruary, reviewOfFebruary } from './february.ts'
import { january, reviewOfJanuary } from './january.ts'
import { beginningOfMay, march, restOfMay, reviewOfMay } from './may.ts'
import { aYear, type Telling } from './telling.ts'
import type { Locale } from './words.ts'

// The seventh working day after each month, at 18:00 in Rome, counted on a calendar. Easter Monday is 29 March.
const closings = {
  january: '2027-02-09', // Tuesday: 1 2 3 4 5 8 9
  february: '2027-03-09', // Tuesday: 1 2 3 4 5 8 9
  march: '2027-04-09', // Friday: 1 2 5 6 7 8 9
  april: '2027-05-11', // Tuesday: 3 4 5 6 7 10 11; 1 May is a Saturday
  may: '2027-06-10', // Thursday, not Wednesday: 1 3 4 7 8 9 10; Wednesday 2 June is Republic Day
  june: '2027-07-09', // Friday: 1 2 5 6 7 8 9
  july: '2027-08-10', // Tuesday: 2 3 4 5 6 9 10
  august: '2027-09-09', // Thursday: 1 2 3 6 7 8 9
  september: '2027-10-12', // Tuesday: 1 5 6 7 8 11 12; Monday 4 October is San Francesco
  october: '2027-11-10', // Wednesday: 2 3 4 5 8 9 10; Monday 1 November is All Saints
  november: '2027-12-10', // Friday: 1 2 3 6 7 9 10; Wednesday 8 December is the Immaculate Conception
  december: '2028-01-12', // Wednesday: 3 4 5 7 10 11 12; Thursday 6 January is Epiphany
}

async function closes(told: Telling, month: keyof typeof closings): Promise<void> {
  const before = Object.keys(closings).indexOf(month)
  await told.until(`${closings[month]}T17:59`)
  expect([month, monthly(told).length]).toEqual([month, before])
  await told.until(`${closings[month]}T18:00`)
  expect([month, monthly(told).length]).toEqual([month, before + 1])
}

const rest = ['june', 'july', 'august', 'september', 'october', 'november', 'december'] as const

type Chapter = (told: Telling) => Promise<void>
const chapters: Record<string, Chapter> = {
  January: january,
  'the review of January': reviewOfJanuary,
  'February, until January closes': async told => {
    await beginningOfFebruary(told)
    await closes(told, 'january')
  },
  'late answers, and the rest of February': async told => {
    await answersLate(told)
    await restOfFebruary(told)
  },
  'the review of February': async told => {
    await reviewOfFebruary(told)
    await closes(told, 'february')
  },
  'March, and Easter': async told => {
    await march(told)
    await easterMonday(told)
    await closes(told, 'march')
  },
  'May, until April closes': async told => {
    await beginningOfMay(told)
    await closes(told, 'april')
  },
  'the rest of May': restOfMay,
  'the review of May': async told => {
    await reviewOfMay(told)
    await remindsAfterRepublicDay(told)
    await closes(told, 'may')
  },
  ...Object.fromEntries(rest.map(month => [`until ${month} closes`, (told: Telling) => closes(told, month)])),
  'until the last day': ({ until }) => until('2028-01-31T08:30'),
}

/**
 * From Monday 11 January 2027 to Monday 31 January 2028, all in one language: each chapter a test of its own, so that none is
 * long, whatever else the machine has to do. What is told afterwards is a test too.
 */
export function tellsAYear(locale: Locale, afterwards: Record<string, Chapter>): void {
  let told: Telling
  beforeAll(async () => {
    told = await aYear(locale)
  })
  afterAll(() => told.close())
  for (const [title, chapter] of Object.entries({ ...chapters, ...afterwards }))
    (drawn.has(title) ? testOffMatrix : test)(title, () => chapter(told))
}

/** Told with the words of its pictures, where they stand. */
const drawn = new Set(['its digests'])

/** The digest of a week comes on Monday at 8:30; on Easter Monday nobody is there, so it comes on Tuesday. */
async function easterMonday(told: Telling): Promise<void> {
  // Ten Mondays from 18 January to 22 March.
  await told.until('2027-03-30T08:29')
  expect(weekly(told)).toHaveLength(10)
  await told.until('2027-03-30T08:30')
  expect(weekly(told)).toHaveLength(11)
}

/** The third and the fifth working day of June are Friday 4 and Tuesday 8, because Wednesday 2 is Republic Day. */
async function remindsAfterRepublicDay({ until, coordinator }: Telling): Promise<void> {
  for (const day of ['2027-06-04', '2027-06-08']) {
    const before = coordinator.messages().length
    await until(`${day}T08:59`)
    expect(coordinator.messages()).toHaveLength(before)
    await until(`${day}T09:00`)
    expect(coordinator.messages().slice(before)).toHaveLength(1)
    expect(coordinator.lastMessage()).toSay('A2')
  }
}
