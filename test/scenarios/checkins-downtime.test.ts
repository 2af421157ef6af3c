import { expect, test } from 'vitest'
import type { Tx } from '#src/core/feature.ts'
import { answersOf, periods, programmeItems, saveProgrammeItem } from '#src/features/checkins/store.ts'
import { programme, saveSetting } from '#src/storage/settings.ts'
import {
  AFTER_FIFTH_DAY,
  AFTER_OPENING,
  AFTER_THIRD_DAY,
  answer,
  asked,
  monthly,
  reminders,
  six,
} from '#test/support/checkins.ts'
import { community } from '#test/support/community.ts'
import { idOf } from '#test/support/programme.ts'

test('where the kit closes by its own rule, its day is promised and kept', async () => {
  const rule = 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=10;BYHOUR=12;BYMINUTE=0'
  const bot = await community({ prepare: six({ programme: { schedules: { 'checkins.close': rule } } }) })
  await bot.moveTo(AFTER_OPENING)
  expect(asked(bot.reuser)[0]).toSay('Puoi rispondere fino a venerdì 12 febbraio alle 12:00.')

  // The tenth working day is Friday 12: until then nothing is late.
  await bot.moveTo('2027-02-12T10:55:00Z')
  await answer(bot.reuser, 'A2', { status: 'green' })
  expect(monthly(bot)).toHaveLength(0)
  await bot.moveTo('2027-02-12T11:05:00Z')
  expect(monthly(bot)).toHaveLength(1)
  expect(await bot.read(tx => answersOf(tx, '2027-01'))).toMatchObject([{ item: 'A2', late: false }])
})

test('the day follows the rule of the kit, also when that changes while the check-in is open', async () => {
  const monthly = (day: string) => `FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${day};BYHOUR=12;BYMINUTE=0`
  const schedules = { 'checkins.open': monthly('2'), 'checkins.close': monthly('10') }
  const before = await community({ prepare: six({ programme: { schedules } }) })
  await before.coordinator.says('verifica')
  expect(before.coordinator.lastMessage()).toSay('La verifica di gennaio 2027 si apre martedì 2 febbraio alle 12:00.')
  await before.moveTo('2027-02-02T11:05:00Z')
  await before.close()

  const later = { ...schedules, 'checkins.close': monthly('-1') }
  const prepare = async (tx: Tx): Promise<void> =>
    saveSetting(tx, 'programme', { ...(await programme(tx)), schedules: later })
  const bot = await community({ db: before.db, at: '2027-02-15T09:00:00Z', prepare })
  await bot.coordinator.says('verifica')
  expect(bot.coordinator.lastMessage()).toSay('aperta fino a venerdì 26 febbraio alle 12:00')
  await bot.coordinator.says('verifica estendi 27/02/2027')
  expect(bot.coordinator.lastMessage()).toSay('resta aperta fino a sabato 27 febbraio alle 18:00')
  await bot.moveTo('2027-02-26T12:00:00Z')
  await bot.coordinator.says('verifica')
  expect(bot.coordinator.lastMessage()).toSay('è aperta')
})

test('what a coordinator starts is last month while it can still be answered, else this month', async () => {
  const early = await community({ at: '2027-01-05T09:00:00Z', prepare: six() })
  await early.coordinator.says('verifica apri')
  expect(early.coordinator.told('Ho aperto')).toSay('Ho aperto la verifica di dicembre 2026')
  await early.moveTo('2027-01-14T09:00:00Z')
  await early.coordinator.says('verifica apri adesso')
  expect(early.coordinator.told('Ho aperto')).toSay('Ho aperto la verifica di gennaio 2027')
})

test('a prompt that comes late says so, and no reminder comes on top of it', async () => {
  const before = await community({ prepare: six() })
  await before.close()

  const bot = await community({ db: before.db, at: '2027-02-04T10:00:00Z', prepare: async () => {} })
  await bot.moveTo('2027-02-04T10:05:00Z')
  expect(asked(bot.reuser)).toHaveLength(1)
  expect(asked(bot.reuser)[0]).toSay('Questo messaggio arriva in ritardo: il servizio è rimasto fermo.')
  expect(reminders(bot.reuser)).toHaveLength(0)
  await bot.moveTo(AFTER_FIFTH_DAY)
  expect(reminders(bot.reuser)).toHaveLength(1)
})

test('two reminders that were missed come as one', async () => {
  const before = await community({ prepare: six() })
  await before.moveTo(AFTER_OPENING)
  await before.close()

  const bot = await community({ db: before.db, at: '2027-02-08T10:00:00Z', prepare: async () => {} })
  await bot.moveTo('2027-02-08T10:05:00Z')
  expect(reminders(bot.reuser)).toHaveLength(1)
})

test('after a long downtime every period is closed in order, and only the last is told', async () => {
  const before = await community({ prepare: six() })
  await before.moveTo(AFTER_OPENING)
  await answer(before.reuser, 'A2', { status: 'green' })
  await before.close()

  // January was open; February and March never opened; April opened on 3 May and closed on 11 May.
  const bot = await community({ db: before.db, at: '2027-05-20T10:00:00Z', prepare: async () => {} })
  await bot.moveTo('2027-05-20T10:05:00Z')
  const known = await bot.read(periods)
  expect(known.map(({ id, openedAt, closedAt }) => [id, openedAt !== null, closedAt !== null])).toEqual([
    ['2027-01', true, true],
    ['2027-02', false, true],
    ['2027-03', false, true],
    ['2027-04', false, true],
  ])
  expect(asked(bot.reuser)).toHaveLength(0)
  expect(reminders(bot.reuser)).toHaveLength(0)
  expect(monthly(bot)).toHaveLength(1)
  expect(monthly(bot)[0]).toSay('Riepilogo di aprile 2027\nArriva in ritardo: il servizio è rimasto fermo.')
  expect(monthly(bot)[0]).toSay('La verifica di aprile 2027 non si è aperta')
})

test('nothing is closed before the first check-in', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo('2027-01-14T10:00:00Z')
  expect(await bot.read(periods)).toHaveLength(0)
  expect(monthly(bot)).toHaveLength(0)
})

test('a thing that changes hands is asked of its new owner', async () => {
  const bot = await community({
    prepare: six(),
  })
  await bot.moveTo(AFTER_OPENING)
  await bot.close()
  const later = await community({
    db: bot.db,
    at: '2027-02-02T10:00:00Z',
    prepare: async tx => {
      const [item] = (await programmeItems(tx)).filter(({ id }) => id === 'A2')
      await saveProgrammeItem(tx, { ...item!, owner: await idOf(tx, 'provider') })
    },
  })
  await later.reuser.says('verifica rispondi A2')
  expect(later.reuser.lastMessage()).toSay('Per A2 Tavoli può rispondere')
  await later.moveTo(AFTER_THIRD_DAY)
  expect(reminders(later.provider)[0]).toSay('manca ancora una tua risposta: A2.')
})
