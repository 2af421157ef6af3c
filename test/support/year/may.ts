import { answers, requests, solves, type Telling } from './telling.ts'

export async function march(told: Telling): Promise<void> {
  await told.until('2027-03-10T10:00')
  await solves(told, told.operator, 'R-2027-0005')
}

/** Nobody answered for March and April. */
export async function beginningOfMay(told: Telling): Promise<void> {
  const { say, until, newcomer, reuser, operator, coordinator } = told
  await until('2027-05-03T10:00')
  await newcomer.says(`${say.join} suape`)
  await newcomer.says(say.begin)
  await newcomer.answers({ introduce: 'no' })
  // Eight hours from Monday 3 at 15:00 are Tuesday 4 at 16:00; the first words come on Wednesday: late, and late also
  // though the coordinators, who get it that morning, need an hour and a half.
  await until('2027-05-03T15:00')
  await requests(told, newcomer, { practice: 'P-0001' })
  await until('2027-05-04T10:00')
  await reuser.says(`${say.advance} P-0005`)
  await until('2027-05-05T09:30')
  await operator.says(`${say.transfer} R-2027-0009`)
  await operator.answers({ laboratory: 'coordinators', reason: 'Serve una decisione' })
  await until('2027-05-05T11:00')
  await solves(told, coordinator, 'R-2027-0009')
}

export async function restOfMay(told: Telling): Promise<void> {
  const { say, until, newcomer, reuser } = told
  await until('2027-05-18T10:00')
  await newcomer.says(`${say.advance} P-0003`)
  await until('2027-05-19T10:00')
  await newcomer.says(`${say.adopt} P-0005`)
  await until('2027-05-20T10:00')
  await reuser.says(`${say.leave} digitale`)
  // Half an hour before closing; the other three and a half end on Tuesday 1 June at 12:30.
  await until('2027-05-31T16:30')
  await requests(told, reuser, { practice: 'P-0005', urgency: 'high' })
}

/** Eleven of thirteen: nobody answers for A2, nor does Foligno for P-0005. */
export async function reviewOfMay(told: Telling): Promise<void> {
  const { until, coordinator, reuser, operator, newcomer } = told
  await until('2027-06-01T10:00')
  await answers(told, coordinator, { L1T: 'amber', A1: 'green', R1: '2x2' })
  await answers(told, reuser, { L2T: 'green+support', A4: 'red', 'P-0005': 'amber+support' })
  await answers(told, operator, { L3T: 'green', A5: 'amber', R5: '4x5', R6: '3x3' })
  await answers(told, newcomer, { 'P-0003': 'green' })
}
