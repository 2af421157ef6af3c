import type { Shown } from '#src/platforms/console/draw.ts'
import type { Community, Person } from './community.ts'
import { type Asked, aSmallProgramme, type Small } from './programme.ts'

/**
 * What is asked, six things: of the coordinator L1T and A1, of the reuser A2, L2T and her adoption, of the operator a
 * risk. Nobody answers for A4, so it is not asked.
 */
const items: Asked[] = [
  { id: 'L1T', kind: 'line', owner: 'coordinator', name: 'Gestione' },
  { id: 'A1', kind: 'action', line: 'L1T', owner: 'coordinator', name: 'Regia' },
  { id: 'A2', kind: 'action', line: 'L1T', owner: 'reuser', name: 'Tavoli' },
  { id: 'L2T', kind: 'line', owner: 'reuser', name: 'Comunicazione' },
  { id: 'A4', kind: 'action', line: 'L2T', name: 'Sito' },
  { id: 'R3', kind: 'risk', owner: 'operator', name: 'Interessi diversi' },
]
export const six = (more: Small = {}) => aSmallProgramme({ items, adoption: 'reuser', ...more })

// January 2027 is reviewed in February, whose working days begin on Monday 1: the third is 3, the fifth 5, the seventh 9.
// Rome is one hour ahead of UTC.
export const AFTER_OPENING = '2027-02-01T08:05:00Z'
export const AFTER_THIRD_DAY = '2027-02-03T08:05:00Z'
export const AFTER_FIFTH_DAY = '2027-02-05T08:05:00Z'
export const AFTER_CLOSE = '2027-02-09T17:05:00Z'
export const AFTER_NEXT_OPENING = '2027-03-01T08:05:00Z'

export const asked = (person: Person): Shown[] =>
  person.messages().filter(({ text }) => text.includes('È aperta la verifica'))
export const reminders = (person: Person): Shown[] =>
  person.messages().filter(({ text }) => text.includes('Bastano due minuti. Se'))
export const lines = ({ text }: Shown): string[] => text.split('\n')
export const labels = ({ choices = [] }: Shown): string[] => choices.map(({ label }) => label)

const posted = (bot: Community, opening: RegExp): Shown[] =>
  bot
    .place('#coordinamento')
    .messages()
    .filter(({ text }) => opening.test(text))
export const monthly = (bot: Community): Shown[] => posted(bot, /^(Riepilogo|Digest) (di|of) \p{L}+ \d/u)
export const weekly = (bot: Community): Shown[] => posted(bot, /^(Riepilogo della settimana|Digest of the week)/)

export async function answer(person: Person, item: string, answers: Record<string, string>): Promise<void> {
  await person.says(`verifica rispondi ${item}`)
  await person.answers(answers)
}
