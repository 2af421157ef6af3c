import { RRuleTemporal } from 'rrule-temporal'

/** The parts of a rule of RFC 5545, by name: 'FREQ' -> 'MONTHLY'. */
export type Rule = ReadonlyMap<string, string>

/** The first year of every rule. It began on a Monday: INTERVAL counts whole weeks, months and years from there. */
export const FIRST_YEAR = 2001

/** A rule that does not occur in so many years counts as one that never does. */
export const HORIZON = 100

/** Why a rule is not acceptable: each reason has its sentence where rules are written, which is `kit.problems`. */
export interface RuleProblem {
  reason:
    | 'unknownPart'
    | 'partTwice'
    | 'badPart'
    | 'noFrequency'
    | 'noHour'
    | 'noDay'
    | 'noPosition'
    | 'discord'
    | 'neverOccurs'
  values: Record<string, string>
}
export class UnacceptableRule extends Error {
  readonly problem: RuleProblem
  constructor(reason: RuleProblem['reason'], values: RuleProblem['values'] = {}) {
    super([reason, ...Object.values(values)].join(' '))
    this.problem = { reason, values }
  }
}

/** Reads a rule; throws an UnacceptableRule when it is none. */
export function parseRule(text: string): Rule {
  const rule = new Map<string, string>()
  for (const part of text.toUpperCase().split(';')) {
    const [, name = part, value = ''] = /^([^=]*)=(.*)$/.exec(part) ?? []
    const accepts = PARTS.get(name)
    if (!accepts) throw new UnacceptableRule('unknownPart', { part: name, known: [...PARTS.keys()].join(', ') })
    if (rule.has(name)) throw new UnacceptableRule('partTwice', { part: name })
    if (!accepts(value)) throw new UnacceptableRule('badPart', { part })
    rule.set(name, value)
  }
  checkParts(rule)
  checkOccurs(rule)
  return rule
}

/** The times at which a rule holds between two, both included. All are by the clock on the wall, as if it ran in UTC. */
export function enumerate(rule: Rule): (from: Temporal.PlainDate, to: Temporal.PlainDate) => Temporal.PlainDateTime[] {
  const known = library(rule)
  return (from, to) =>
    known
      .between(utc(from), new Date(utc(to.add({ days: 1 })).getTime() - 1), true)
      .map(({ year, month, day, hour, minute }) => new Temporal.PlainDateTime(year, month, day, hour, minute))
}

const among =
  (...words: string[]) =>
  (value: string): boolean =>
    words.includes(value)

const numbers = (least: number, most: number, pattern = /^\d{1,3}$/) =>
  each(text => pattern.test(text) && Math.abs(Number(text)) >= least && Math.abs(Number(text)) <= most)

const signed = (most: number) => numbers(1, most, /^[+-]?\d{1,3}$/)

function each(accepts: (text: string) => boolean): (value: string) => boolean {
  return value => value.split(',').every(accepts)
}

// What is not here would need a DTSTART (COUNT), give the rule an end (UNTIL), or be finer than our heartbeat (BYSECOND).
const PARTS = new Map<string, (value: string) => boolean>([
  ['FREQ', among('YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY')],
  ['INTERVAL', value => !value.includes(',') && numbers(1, 366)(value)],
  ['WKST', among('MO')],
  ['BYMONTH', numbers(1, 12)],
  ['BYWEEKNO', signed(53)],
  ['BYYEARDAY', signed(366)],
  ['BYMONTHDAY', signed(31)],
  ['BYDAY', each(text => /^([+-]?([1-9]|[1-4]\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)$/.test(text))],
  ['BYHOUR', numbers(0, 23)],
  ['BYMINUTE', numbers(0, 59)],
  ['BYSETPOS', signed(366)],
])

// Without one of these, RFC 5545 would take the day from DTSTART.
const DAYS = new Map([
  ['YEARLY', ['BYDAY', 'BYMONTHDAY', 'BYYEARDAY']],
  ['MONTHLY', ['BYDAY', 'BYMONTHDAY']],
  ['WEEKLY', ['BYDAY']],
])

function checkParts(rule: Rule): void {
  const frequency = rule.get('FREQ')
  if (!frequency) throw new UnacceptableRule('noFrequency')
  if (frequency !== 'HOURLY' && !rule.has('BYHOUR')) throw new UnacceptableRule('noHour')
  const days = DAYS.get(frequency)
  if (days?.every(name => !rule.has(name))) throw new UnacceptableRule('noDay', { known: days.join(', ') })
  const unset = frequency === 'HOURLY' || rule.has('BYWEEKNO')
  if (unset && rule.has('BYSETPOS')) throw new UnacceptableRule('noPosition')
}

function checkOccurs(rule: Rule): void {
  if (!occurs(harmonious(rule))) throw new UnacceptableRule('neverOccurs')
}

function occurs(known: RRuleTemporal): boolean {
  const from = new Temporal.PlainDate(2026, 1, 1)
  try {
    return (known.next(utc(from), true)?.year ?? Number.POSITIVE_INFINITY) < from.year + HORIZON
  } catch {
    // The library gives up on a date such as 30 February after ten thousand tries.
    return false
  }
}

function harmonious(rule: Rule): RRuleTemporal {
  try {
    return library(rule)
  } catch {
    throw new UnacceptableRule('discord') // the library has its reasons in English only
  }
}

// `strict` refuses what RFC 5545 forbids, such as BYYEARDAY in a monthly rule.
function library(rule: Rule): RRuleTemporal {
  const text = [...rule].map(([name, value]) => `${name}=${value}`).join(';')
  return new RRuleTemporal({ rruleString: `DTSTART:${FIRST_YEAR}0101T000000Z\nRRULE:${text}`, strict: true })
}

const utc = (day: Temporal.PlainDate): Date => new Date(Date.UTC(day.year, day.month - 1, day.day))
