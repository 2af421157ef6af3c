import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { CHART } from '#src/core/chart.ts'
import { openStore } from '#src/storage/database.ts'
import { keepFile, storedFile } from '#src/storage/files.ts'
import { answer, monthly, six, weekly } from '#test/support/checkins.ts'
import { type Community, community, testInConsole } from '#test/support/community.ts'
import { freshDatabase } from '#test/support/database.ts'

/** January is answered in February, February in March: L1T green and then amber, L2T only the second time. */
async function twoMonths(bot: Community): Promise<void> {
  await bot.moveTo('2027-02-01T08:05:00Z')
  await answer(bot.coordinator, 'L1T', { status: 'green' })
  await bot.moveTo('2027-02-09T17:05:00Z')
  await bot.moveTo('2027-03-01T08:05:00Z')
  await answer(bot.coordinator, 'L1T', { status: 'amber' })
  await answer(bot.reuser, 'L2T', { status: 'red' })
  await bot.moveTo('2027-03-09T17:05:00Z')
}
const isPicture = (file: string): boolean => readFileSync(file).subarray(1, 4).toString() === 'PNG'

test('the monthly digest shows every line over six months, and tells the same in words', async () => {
  const bot = await community({ prepare: six() })
  await twoMonths(bot)
  const [january, february] = monthly(bot)
  expect(january!.image!.alt).toBe(
    'Stato delle linee, da agosto 2026 a gennaio 2027. ' +
      'L1T Gestione: gennaio verde. L2T Comunicazione: gennaio nessuna risposta.',
  )
  expect(february!.image!.alt).toBe(
    'Stato delle linee, da settembre 2026 a febbraio 2027. ' +
      'L1T Gestione: gennaio verde e febbraio giallo. ' +
      'L2T Comunicazione: gennaio nessuna risposta e febbraio rosso.',
  )
  expect(february!.image!.file).toMatch(/stato-linee-2027-02\.png$/)
  expect(isPicture(february!.image!.file)).toBe(true)
})

testInConsole('more lines than one picture holds are shared out, each picture with its own words', async () => {
  const extra = Array.from({ length: 70 }, (_, at) => ({
    id: `M${at + 1}`,
    kind: 'line' as const,
    owner: 'provider',
    name: `Voce ${at + 1}`,
  }))
  const errors: object[] = []
  const log = { info: () => {}, warn: () => {}, error: (fields: object) => void errors.push(fields) }
  const bot = await community({ prepare: six({ extra }), log })
  await twoMonths(bot)
  const images = monthly(bot)[1]!.images!
  expect(images.map(({ alt }) => alt.split('.')[0])).toEqual(
    [1, 2, 3].map(part => `Stato delle linee, da settembre 2026 a febbraio 2027 (${part} di 3)`),
  )
  expect(images.map(({ alt }) => alt.match(/ nessuna risposta\.| rosso\.| giallo\./g)?.length)).toEqual([24, 24, 24])
  expect(images[2]!.alt).toContain('Voce 70: ')
  expect(new Set(images.map(({ file }) => file)).size).toBe(3)
  expect(images.every(({ file }) => isPicture(file))).toBe(true)
  expect(errors).toEqual([])
})

test('in English too, and once for each who asks', async () => {
  const people = { coordinator: { locale: 'en' }, reuser: { locale: 'en' } }
  const bot = await community({ prepare: six({ people, coordination: { locale: 'en' } }) })
  await twoMonths(bot)
  expect(monthly(bot)[1]!.image!.alt).toBe(
    'Status of the lines, from September 2026 to February 2027. ' +
      'L1T Gestione: January green and February amber. L2T Comunicazione: January no answer and February red.',
  )
  await bot.coordinator.says('digest January')
  expect(bot.coordinator.lastMessage().image!.alt).toContain('from August 2026 to January 2027')
})

test('requests are drawn by week, in the digest of the week and of the month', async () => {
  const bot = await community()
  const { reuser, operator } = bot
  await reuser.says('richiesta')
  await reuser.answers({ practice: 'P-0001', event: 'reuser_support', need: 'Serve aiuto', urgency: 'normal' })
  await bot.moveTo('2027-01-20T09:00:00Z')
  await reuser.says('richiesta')
  await reuser.answers({ practice: 'P-0001', event: 'reuser_support', need: 'Ancora', urgency: 'normal' })
  await operator.presses('laboratories.take')
  await bot.moveTo('2027-01-25T07:31:00Z')
  const { image } = weekly(bot).at(-1)!
  expect(image!.alt).toBe(
    'Richieste aperte e chiuse ogni settimana. ' +
      'Settimana di lunedì 11 gennaio: aperte 1, chiuse 0. Settimana di lunedì 18 gennaio: aperte 1, chiuse 0.',
  )
  expect(isPicture(image!.file)).toBe(true)

  await bot.moveTo('2027-02-01T08:05:00Z')
  await bot.coordinator.says('verifica rispondi L1T')
  await bot.coordinator.answers({ status: 'green' })
  await bot.moveTo('2027-02-09T17:05:00Z')
  const { image: first, images } = monthly(bot).at(-1)!
  expect(images!.map(({ alt }) => alt.split('.')[0])).toEqual([
    'Stato delle linee, da agosto 2026 a gennaio 2027',
    'Richieste aperte e chiuse ogni settimana',
  ])
  expect(first).toEqual(images![0])
})

test('a drawing that fails takes nothing with it: the digest says in words what it would have shown', async () => {
  const told: string[] = []
  const log = { info: () => {}, warn: () => {}, error: (_: object, what: string) => void told.push(what) }
  const bot = await community({ prepare: six(), log, draw: () => Promise.reject(new Error('no pencil')) })
  await twoMonths(bot)
  expect(monthly(bot)).toHaveLength(2)
  expect(monthly(bot)[1]!.image).toBeUndefined()
  expect(monthly(bot)[1]).toSay('L1T Gestione: gennaio verde e febbraio giallo.')
  expect(new Set(told)).toEqual(new Set(['a chart could not be drawn']))
})

test('a file that says it is a chart is not drawn when a person brought it', async () => {
  const store = await openStore(await freshDatabase())
  onTestFinished(() => store.close())
  const brought = { name: 'x', type: CHART, bytes: new TextEncoder().encode('{}') }
  const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
  const id = await store.transaction(tx => keepFile(tx, brought, 'somebody', now))
  expect((await store.read(tx => storedFile(tx, id)))?.type).toBe('application/octet-stream')
})
