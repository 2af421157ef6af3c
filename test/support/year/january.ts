import { expect } from 'vitest'
import { answers, fileOf, requests, solves, type Telling } from './telling.ts'

/** Monday 11 to Sunday 31 January: practices come in from their files, somebody arrives, five requests. */
export async function january(told: Telling): Promise<void> {
  const { say, until, newcomer, reuser, provider, operator } = told
  await practicesComeIn(told)
  // 10:00, urgent: four open hours, 10 to 13 and 14 to 15. A reply at 12:30 is in time.
  await requests(told, reuser, { practice: 'P-0001', urgency: 'high' })
  await until('2027-01-11T12:30')
  await operator.says(`${say.take} R-2027-0001`)
  await operator.says(`${say.write} R-2027-0001 Ci vediamo oggi pomeriggio`)

  await until('2027-01-12T10:00')
  await newcomer.joins('#welfare')
  await newcomer.presses('communities.begin', 'welfare')
  await newcomer.answers({ organization: 'Comune di Foligno', role: 'Servizi sociali', introduce: 'yes' })
  expect(told.place('#welfare').lastMessage()).toSay('Comune di Foligno')

  await until('2027-01-13T10:00')
  await provider.says(`${say.edit} P-0006`)
  await provider.answers({ description: 'Chi cerca una sala la trova, la prenota e sa chi apre la porta.' })
  await told.coordinator.says(`${say.publish} P-0006`)
  expect(told.place('#digitale').lastMessage()).toSay('Registro delle sale')

  await until('2027-01-14T10:00')
  await solves(told, operator, 'R-2027-0001')
  await reuser.says(`${say.rate} R-2027-0001 4`)
  await aRequestThatNobodyCovers(told)
  await adoptionsBegin(told)
  await endOfJanuary(told)
}

async function practicesComeIn({ say, provider, reuser, coordinator, place }: Telling): Promise<void> {
  await provider.says(say.importing, { file: fileOf('current') })
  await provider.answers({ community: 'suape', provider: 'Comune di Terni' })
  await coordinator.says(`${say.publish} P-0005`)
  for (const where of ['#suape', '#ocpa']) expect(place(where).lastMessage()).toSay('Sportello del verde')

  await provider.says(say.importing, { file: fileOf('first-version') })
  await provider.answers({ community: 'digitale', provider: 'Comune di Terni' })
  await coordinator.says(`${say.giveBack} P-0006 Manca che cosa fa`)
  expect(provider.lastMessage()).toSay('Manca che cosa fa')

  await reuser.says(say.importing, { file: fileOf('canteens') })
  await reuser.answers({ community: 'welfare' })
  await coordinator.says(`${say.decline} P-0007 Ne abbiamo una uguale`)
  expect(reuser.lastMessage()).toSay('Ne abbiamo una uguale')
}

/**
 * Welfare has no laboratory here: it goes to the coordinators, there from 9 to 13 and from 14 to 18. Sixteen hours from
 * Thursday 14 at 15:00: three that day, eight on Friday, four on Monday morning, one after lunch. Due on Monday 18 at
 * 15:00; the reply at 16:00 is late. Solved on Friday 22 at 10:00: the fifth working day after it is not Friday 29, San
 * Costanzo, but Monday 1 February.
 */
async function aRequestThatNobodyCovers(told: Telling): Promise<void> {
  const { say, until, newcomer, coordinator, place } = told
  await until('2027-01-14T15:00')
  await requests(told, newcomer, { practice: 'P-0003' })
  expect(place('#coordinamento').lastMessage()).toOffer('laboratories.take')
  await until('2027-01-18T16:00')
  await coordinator.says(`${say.write} R-2027-0002 Ne parliamo domani`)
}

async function adoptionsBegin({ say, until, reuser, newcomer }: Telling): Promise<void> {
  await until('2027-01-20T10:00')
  await reuser.says(`${say.advance} P-0001`)
  await until('2027-01-21T10:00')
  await newcomer.says(`${say.adopt} P-0003`)
}

async function endOfJanuary(told: Telling): Promise<void> {
  const { say, until, reuser, provider, operator, coordinator } = told
  await until('2027-01-22T10:00')
  await solves(told, coordinator, 'R-2027-0002')
  // Eight hours from Friday 22 at 12:00: one and three that day, four on Monday 25 until 13:00. Said on Tuesday: late.
  await until('2027-01-22T12:00')
  await requests(told, reuser, { practice: 'P-0005' })
  await until('2027-01-25T10:00')
  await reuser.says(`${say.adopt} P-0005`)
  await until('2027-01-26T09:30')
  await operator.says(`${say.take} R-2027-0003`)
  await until('2027-01-26T11:00')
  await operator.says(`${say.write} R-2027-0003 Scusa, eccoci`)
  // Taken back the day after, when nothing was due: no reply is counted.
  await until('2027-01-28T10:00')
  await requests(told, provider, { practice: 'P-0006', urgency: 'low' })
  await until('2027-01-29T09:00')
  await provider.says(`${say.cancel} R-2027-0004`)
  await provider.answers({ reason: 'Risolto da noi' })
  // On San Costanzo the laboratory is closed: four hours from there are Monday 1 February at 13:00.
  await until('2027-01-29T10:00')
  await requests(told, reuser, { practice: 'P-0001', urgency: 'high' })
}

/**
 * Ten of thirteen answer in time; for A5, R6 and P-0005 nobody does. It closes on the seventh working day, Tuesday 9
 * February at 18:00. A5 comes the day after.
 */
export async function reviewOfJanuary(told: Telling): Promise<void> {
  const { coordinator, reuser, operator, newcomer, say, until } = told
  await until('2027-02-01T10:00')
  await operator.says(`${say.write} R-2027-0005 Siamo qui`)
  await answers(told, coordinator, { L1T: 'green', A1: 'green', A2: 'amber', R1: '2x3' })
  await answers(told, reuser, { L2T: 'green', A4: 'amber+support', 'P-0001': 'green' })
  await reuser.says(say.skip)
  await answers(told, operator, { L3T: 'amber', R5: '3x4' })
  await answers(told, newcomer, { 'P-0003': 'red' })
}
