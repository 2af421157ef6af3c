import { expect, test } from 'vitest'
import { answer, lines, monthly, six } from '#test/support/checkins.ts'
import { type Community, community } from '#test/support/community.ts'
import { asks } from '#test/support/laboratories.ts'

// Three periods, each figure counted here first.
//               September          October                 November
// opens         Fri 1 Oct          Tue 2 Nov (1 is a feast) Wed 1 Dec
// closes        Tue 12 Oct (4 is)  Wed 10 Nov              Fri 10 Dec (8 is a feast)
// L1T           green              green, the same         amber, was green
// A1            amber              red, was amber          red, the same
// A2            green              -                       green, none before
// L2T           amber, support     green, was amber        green, the same
// P-0077        green              amber, late             amber, the same
// R3            3 x 4 = 12         4 x 4 = 16, rose        -
// answers       6 of 6             4 of 6, then 5, 1 late  5 of 6
const told = {
  it: [
    [
      'Verifica del mese. Risposte: 6 su 6.',
      'L1T Gestione: verde',
      '• A1 Regia: giallo',
      '• A2 Tavoli: verde',
      'L2T Comunicazione: giallo',
      'Ci sono le risposte di tutte le linee.',
      'Riusi in corso',
      '• P-0077 SUAPE · Comune di Perugia: verde',
      'Nessun rischio è cresciuto.',
      'Serve supporto per: L2T.',
    ],
    [
      'Verifica del mese. Risposte: 4 su 6.',
      'L1T Gestione: verde, come il mese prima',
      '• A1 Regia: rosso, era giallo',
      '• A2 Tavoli: manca la risposta',
      'L2T Comunicazione: verde, era giallo',
      'Linee da completare: L1T (A2).',
      'Riusi in corso',
      '• P-0077 SUAPE · Comune di Perugia: manca la risposta',
      'Rischi cresciuti',
      '• R3 Interessi diversi: da 12 a 16. Ora: probabilità 4 (era 3), impatto 4',
    ],
    [
      'Verifica del mese. Risposte: 5 su 6.',
      'L1T Gestione: giallo, era verde',
      '• A1 Regia: rosso, come il mese prima',
      '• A2 Tavoli: verde, il mese prima nessuna risposta',
      'L2T Comunicazione: verde, come il mese prima',
      'Ci sono le risposte di tutte le linee.',
      'Riusi in corso',
      '• P-0077 SUAPE · Comune di Perugia: giallo, come il mese prima',
      'Rischi da rivedere: R3.',
    ],
  ],
  en: [
    [
      "The month's check-in. Answers: 6 of 6.",
      'L1T Gestione: green',
      '• A1 Regia: amber',
      '• A2 Tavoli: green',
      'L2T Comunicazione: amber',
      'The answers of all lines are in.',
      'Reuses under way',
      '• P-0077 SUAPE · Comune di Perugia: green',
      'No risk rose.',
      'Support is needed for: L2T.',
    ],
    [
      "The month's check-in. Answers: 4 of 6.",
      'L1T Gestione: green, as the month before',
      '• A1 Regia: red, was amber',
      '• A2 Tavoli: no answer yet',
      'L2T Comunicazione: green, was amber',
      'Lines to complete: L1T (A2).',
      'Reuses under way',
      '• P-0077 SUAPE · Comune di Perugia: no answer yet',
      'Risks that rose',
      '• R3 Interessi diversi: from 12 to 16. Now: likelihood 4 (was 3), impact 4',
    ],
    [
      "The month's check-in. Answers: 5 of 6.",
      'L1T Gestione: amber, was green',
      '• A1 Regia: red, as the month before',
      '• A2 Tavoli: green, no answer the month before',
      'L2T Comunicazione: green, as the month before',
      'The answers of all lines are in.',
      'Reuses under way',
      '• P-0077 SUAPE · Comune di Perugia: amber, as the month before',
      'Risks to review: R3.',
    ],
  ],
}

async function threePeriods(bot: Community): Promise<void> {
  const { coordinator, reuser, operator } = bot
  await bot.moveTo('2027-10-01T07:05:00Z')
  await answer(coordinator, 'L1T', { status: 'green' })
  await answer(coordinator, 'A1', { status: 'amber' })
  await answer(reuser, 'A2', { status: 'green' })
  await answer(reuser, 'L2T', { status: 'amber', support: 'yes' })
  await answer(reuser, 'P-0077', { status: 'green' })
  await answer(operator, 'R3', { likelihood: '3', impact: '4' })

  await bot.moveTo('2027-11-02T08:05:00Z')
  await coordinator.says('checkin same L1T')
  await answer(coordinator, 'A1', { status: 'red' })
  await answer(reuser, 'L2T', { status: 'green' })
  await answer(operator, 'R3', { likelihood: '4', impact: '4' })
  await bot.moveTo('2027-11-10T17:05:00Z')
  await answer(reuser, 'P-0077', { status: 'amber' })

  await bot.moveTo('2027-12-01T08:05:00Z')
  await answer(coordinator, 'L1T', { status: 'amber' })
  await coordinator.says('verifica uguale A1')
  await answer(reuser, 'A2', { status: 'green' })
  await reuser.says('verifica uguale L2T')
  await reuser.says('verifica uguale P-0077')
  await bot.moveTo('2027-12-10T17:05:00Z')
}

test.each(['it', 'en'] as const)('the digests of three periods, counted by hand (%s)', async locale => {
  const people = Object.fromEntries(['coordinator', 'reuser', 'operator'].map(person => [person, { locale }]))
  const bot = await community({ at: '2027-09-13T08:00:00Z', prepare: six({ people, coordination: { locale } }) })
  await threePeriods(bot)

  const digests = monthly(bot)
  const months = { it: ['settembre', 'ottobre', 'novembre'], en: ['September', 'October', 'November'] }[locale]
  expect(digests.map(digest => lines(digest)[0])).toEqual(
    months.map(month => (locale === 'it' ? `Riepilogo di ${month} 2027` : `Digest of ${month} 2027`)),
  )
  for (const [at, digest] of digests.entries()) {
    const expected = told[locale][at]!
    const [unowned] = lines(digest).filter(line => /^(Senza referente|Nobody is in charge)/.test(line))
    expect(unowned).toMatch(/: L3T, .*A4/)
    const others = lines(digest).filter(line => line !== unowned)
    expect(others.slice(1, 1 + expected.length)).toEqual(expected)
  }

  // October on request, after the late answer for the adoption: one more, and late.
  await bot.coordinator.says(locale === 'it' ? 'riepilogo ottobre' : 'digest October 2027')
  expect(bot.coordinator.lastMessage()).toSay(
    locale === 'it' ? 'Risposte: 5 su 6, di cui 1 in ritardo.' : 'Answers: 5 of 6, 1 of them late.',
  )
  const late = locale === 'it' ? 'giallo, era verde (risposta in ritardo)' : 'amber, was green (late answer)'
  expect(bot.coordinator.lastMessage()).toSay(`P-0077 SUAPE · Comune di Perugia: ${late}`)
})

test('of a month that is not over it says how things stand now', async () => {
  const { reuser, coordinator, moveTo } = await community()
  await asks(reuser)
  await coordinator.says('riepilogo gennaio')
  expect(coordinator.lastMessage()).toSay('fino a 7 giorni 1, da 8 a 30 giorni 0')
  expect(coordinator.lastMessage()).not.toSay('Prima risposta')
  await moveTo('2027-01-25T09:00:00Z')
  await coordinator.says('riepilogo gennaio')
  expect(coordinator.lastMessage()).toSay('fino a 7 giorni 0, da 8 a 30 giorni 1')
  expect(coordinator.lastMessage()).toSay('Prima risposta: 0 richieste su 1 entro i tempi')
})
