import { fileURLToPath } from 'node:url'
import { type Community, community, type Person } from '#test/support/community.ts'
import { fixture } from '#test/support/publiccode/reading.ts'
import { smallUmbria } from './kit.ts'
import { type Locale, words } from './words.ts'

/** A community whose year is told: its people speak one language and say what to do in its words. */
export interface Telling extends Community {
  say: (typeof words)[Locale]
  /** Moves the clock to a time in Rome: `2027-01-11T10:00`. */
  until(inRome: string): Promise<void>
}

const people = ['reuser', 'provider', 'operator', 'coordinator', 'newcomer'] as const

export async function aYear(locale: Locale): Promise<Telling> {
  // The only address that is ever fetched leads to a fixture.
  const fetch = async () => ({ ok: true, text: fixture('faults'), address: 'https://git.example.org' })
  const bot = await community({ prepare: smallUmbria(locale), workers: { fetch }, lasts: true })
  for (const person of people) await bot[person].says(locale === 'it' ? 'lingua it' : 'language en')
  const until = async (inRome: string): Promise<void> => {
    const at = Temporal.PlainDateTime.from(inRome).toZonedDateTime('Europe/Rome')
    await bot.moveTo(at.toInstant().toString())
  }
  return { ...bot, say: words[locale], until }
}

export const fileOf = (name: string): string => fileURLToPath(new URL(`../publiccode/${name}.yml`, import.meta.url))

const need = { practice: '', event: 'reuser_support', urgency: 'normal', need: 'Serve aiuto con il dispiegamento' }
export async function requests({ say }: Telling, person: Person, about: Partial<typeof need>): Promise<void> {
  await person.says(say.request)
  await person.answers({ ...need, ...about })
}
export async function solves({ say }: Telling, person: Person, number: string): Promise<void> {
  await person.says(`${say.solve} ${number}`)
  await person.answers({ outcome: 'Fatto insieme, in due incontri', services: 'consultancy' })
}

/** What one person answers: a status for a line, an action or an adoption, «3x4» for a risk, `same` as last month. */
export async function answers({ say }: Telling, person: Person, given: Record<string, string>): Promise<void> {
  for (const [code, what] of Object.entries(given)) {
    const [likelihood = '', impact] = what.split('x')
    const [status = '', support = 'no'] = what.split('+')
    if (what === 'same') await person.says(`${say.same} ${code}`)
    else if (impact) {
      await person.says(`${say.risk} ${code}`)
      await person.answers({ likelihood, impact })
    } else {
      await person.says(`${say.answer} ${code}`)
      await person.answers({ status, done: 'Due incontri', support: support === 'support' ? 'yes' : 'no' })
    }
  }
}
