import { expect } from 'vitest'
import { answers, requests, solves, type Telling } from './telling.ts'

/** Until the check-in of January closes. */
export async function beginningOfFebruary(told: Telling): Promise<void> {
  const { say, until, reuser, provider, operator } = told
  await until('2027-02-02T10:00')
  await reuser.says(`${say.claim} P-0001`)
  await until('2027-02-03T10:00')
  await solves(told, operator, 'R-2027-0003')
  await reuser.says(`${say.rate} R-2027-0003 5`)
  await until('2027-02-04T10:00')
  await provider.says(`${say.notYet} P-0001`)
  expect(reuser.lastMessage()).toSay('P-0001')
  await until('2027-02-05T10:00')
  await reuser.says(`${say.join} digitale`)
  await reuser.says(say.begin)
  await reuser.answers({ role: 'Sportello', introduce: 'no' })
}

/** The day after the close: kept, and marked. */
export async function answersLate(told: Telling): Promise<void> {
  await told.until('2027-02-10T09:00')
  await answers(told, told.operator, { A5: 'red' })
}

export async function restOfFebruary(told: Telling): Promise<void> {
  const { say, until, reuser, newcomer, provider, operator, coordinator } = told
  await until('2027-02-10T10:00')
  await newcomer.says(`${say.advance} P-0003`)
  await requestsOfFebruary(told)
  await until('2027-02-16T10:00')
  await provider.says(`${say.importing} https://git.example.org/comune-terni/guasti`)
  await provider.presses('practices.complete')
  await provider.answers({ community: 'suape' })
  await until('2027-02-17T10:00')
  await coordinator.says(`${say.publish} P-0008`)
  await reuser.says(`${say.claim} P-0001`)
  await until('2027-02-18T10:00')
  await provider.says(`${say.confirm} P-0001`)
  expect(told.place('#suape').lastMessage()).toSay('Sportello unico digitale (SUAPE) (P-0001)')
  // Solved, rated low and opened again: on 1 March it still waits, for thirty days and a half.
  await until('2027-02-19T10:00')
  await solves(told, operator, 'R-2027-0005')
  await reuser.says(`${say.rate} R-2027-0005 2`)
  await until('2027-02-24T10:00')
  await reuser.says(`${say.reopen} R-2027-0005`)
  // One hour is left of Friday 26 at 16:00; the other seven end on Monday 1 March at 17:00: nothing is due in February.
  await until('2027-02-26T16:00')
  await requests(told, reuser, { practice: 'P-0005' })
}

async function requestsOfFebruary(told: Telling): Promise<void> {
  const { say, until, reuser, provider, operator, coordinator } = told
  // Passed on after an hour: the coordinators have eight of theirs, 11 to 13, 14 to 18 and 9 to 11 on Thursday 11.
  await requests(told, reuser, { practice: 'P-0001', urgency: 'high' })
  await until('2027-02-10T11:00')
  await operator.says(`${say.transfer} R-2027-0006`)
  await operator.answers({ laboratory: 'coordinators', reason: 'Serve una decisione' })
  await until('2027-02-11T10:00')
  await solves(told, coordinator, 'R-2027-0006')
  await reuser.says(`${say.rate} R-2027-0006 5`)
  // Asked two hours later; the answer never comes, and it stays open.
  await until('2027-02-15T09:00')
  await requests(told, provider, { practice: 'P-0006' })
  await until('2027-02-15T11:00')
  await operator.says(`${say.question} R-2027-0007`)
  await operator.answers({ question: 'Quante sale avete?' })
}

/**
 * Eleven of thirteen: nobody answers for A2, whose owner skips, nor for P-0005. It closes on Tuesday 9 March at 18:00.
 */
export async function reviewOfFebruary(told: Telling): Promise<void> {
  const { say, until, coordinator, reuser, operator, newcomer } = told
  await until('2027-03-01T12:00')
  await operator.says(`${say.write} R-2027-0008 Domani mattina`)
  await answers(told, coordinator, { L1T: 'same', A1: 'red', R1: '3x3' })
  await coordinator.says(say.skip)
  await answers(told, reuser, { L2T: 'same', A4: 'green', 'P-0001': 'same' })
  await answers(told, operator, { L3T: 'red', A5: 'green', R5: '4x4', R6: '2x2' })
  await answers(told, newcomer, { 'P-0003': 'amber' })
  await until('2027-03-02T10:00')
  await solves(told, operator, 'R-2027-0008')
}
