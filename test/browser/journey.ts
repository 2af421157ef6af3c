import { openLanguage } from '#src/i18n/language.ts'
import type { Visitor } from './visitor.ts'

const people = ['Sportello Perugia', 'Sportello Terni', 'Tecnica Laboratorio', 'Regia Umbria', 'Nuovo Arrivo']

/** A first visit: each of the four jobs, from its first step to its last, with the panel that ticks them off. */
export async function fourJobs(visitor: Visitor): Promise<void> {
  if (visitor.t.locale === 'en') for (const person of people) await speaksEnglish(visitor, person)
  await makeKnown(visitor)
  await welcome(visitor)
  await support(visitor)
  await checkIn(visitor)
}

async function speaksEnglish(visitor: Visitor, person: string): Promise<void> {
  await visitor.speaksAs(person)
  await visitor.asksForItsLanguage()
}

const words =
  ({ t }: Visitor) =>
  (key: string, values?: Record<string, string>): string =>
    t.plain(t.byName(key, values))
/** What the bot says in a place is in the place's language, whoever reads it. */
const shared = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })
const button = (key: string): string => shared.plain(shared.byName(key))
const command = ({ t }: Visitor, key: string): string => t.plain(t.byName(`${key}.name`)).split(' | ')[0] ?? ''

async function makeKnown(visitor: Visitor): Promise<void> {
  const say = words(visitor)
  await visitor.speaksAs('Sportello Terni')
  await visitor.checks('a first look')
  await visitor.says(command(visitor, 'practices.commands.propose'))
  await visitor.sees(say('practices.propose.title'))
  await visitor.checks('an open form')
  await visitor.answers({ title: 'Archivio condiviso' })
  await visitor.sees(say('core.problems.required'))
  await visitor.checks('a form with problems')
  await visitor.answers({ summary: 'Un archivio per tutti i Comuni.', description: 'Si cerca una volta sola.' })
  await visitor.sees('Archivio condiviso')
  await visitor.speaksAs('Regia Umbria')
  await visitor.goesTo('#coordinamento')
  await visitor.checks('a proposal to decide')
  await visitor.presses(button('practices.buttons.publish'))
  await visitor.speaksAs('Sportello Perugia')
  await visitor.goesTo('#suape')
  await visitor.sees('Archivio condiviso')
  await visitor.presses(button('practices.buttons.adopt'))
  await visitor.checks('a practice that is reused')
  await ticked(visitor, 'practice')
}

async function welcome(visitor: Visitor): Promise<void> {
  const say = words(visitor)
  await visitor.speaksAs('Nuovo Arrivo')
  await visitor.goesTo('#suape')
  await visitor.checks('outside a place')
  await visitor.presses(say('web.places.enter'))
  await visitor.goesTo(say('web.places.direct'))
  await visitor.checks('a welcome')
  await visitor.presses(say('communities.notice.begin'))
  await visitor.sees(say('communities.onboarding.title'))
  await visitor.checks('the questions of a welcome')
  await visitor.answers({
    organization: 'Comune di Perugia',
    role: 'Sportello',
    introduce: say('communities.onboarding.introduce.options.yes'),
  })
  await visitor.sees(/SUAPE/)
  await visitor.checks('welcomed')
  await ticked(visitor, 'welcome')
}

async function support(visitor: Visitor): Promise<void> {
  const say = words(visitor)
  await visitor.speaksAs('Sportello Perugia')
  await visitor.says(command(visitor, 'laboratories.commands.request'))
  await visitor.sees(say('laboratories.request.title'))
  await visitor.checks('a form with every kind of field')
  await visitor.answers({
    practice: 'Archivio condiviso',
    event: visitor.t.locale === 'it' ? 'Richiesta di supporto da un riusante' : 'Support request from a reuser',
    need: 'Ci serve una mano per partire.',
    urgency: say('laboratories.request.urgency.options.normal'),
  })
  await visitor.sees(/R-2027-0001/)
  await visitor.speaksAs('Tecnica Laboratorio')
  await visitor.goesTo('#laboratorio')
  await visitor.checks('a request')
  await visitor.presses(button('laboratories.buttons.take'))
  await visitor.presses(button('laboratories.buttons.solve'))
  await visitor.checks('what was done')
  await visitor.answers({ outcome: 'Abbiamo installato tutto insieme.' })
  await visitor.speaksAs('Sportello Perugia')
  await visitor.sees('Abbiamo installato tutto insieme.')
  await visitor.checks('a request that was solved')
  await ticked(visitor, 'request')
}

async function checkIn(visitor: Visitor): Promise<void> {
  const say = words(visitor)
  await until(visitor, 'open')
  await visitor.speaksAs('Sportello Perugia')
  const answer = new RegExp(`^${say('checkins.choices.answer', { code: 'CODE' }).replace('CODE', '.*')}$`)
  await visitor.checks('the questions of the month')
  const first = visitor.page.locator('main').getByRole('button', { name: answer }).first()
  await visitor.presses((await first.textContent()) ?? '')
  await visitor.answers({ status: say('checkins.answer.status.options.green') })
  await visitor.checks('an answer')
  await until(visitor, 'digest')
  await visitor.speaksAs('Regia Umbria')
  await visitor.goesTo('#coordinamento')
  await visitor.sees(shared.month('2027-01'))
  await visitor.checks('the digest')
  await ticked(visitor, 'checkin')
}

/** Moves on, event by event, until a step is done. */
async function until(visitor: Visitor, step: string): Promise<void> {
  for (let tried = 0; tried < 40; tried += 1) {
    if (await visitor.page.locator(`#job-checkin .done[data-step=${step}]`).count()) return
    await visitor.movesOn()
  }
  throw new Error(`${step} never happens`)
}

async function ticked({ page }: Visitor, job: string): Promise<void> {
  await page.locator(`#job-${job} li.open`).first().waitFor({ state: 'detached' })
}
