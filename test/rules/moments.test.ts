import { expect, test } from 'vitest'
import { openLanguage } from '#src/i18n/language.ts'
import { parts } from '#src/i18n/moments.ts'

const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })
const at = Temporal.Instant.from('2027-02-01T08:00:00Z')

test('a moment goes into a sentence, and is found in it again', () => {
  const sentence = t('checkins.none.opens', { month: 'gennaio 2027', moment: t.moment(at) })
  expect(t.plain(sentence)).toContain('lunedì 1 febbraio alle 9:00')
  expect(t.moment(at)).toBe('lunedì 1 febbraio alle 9:00')
  const [moment] = parts(sentence.replaceAll('\\', '')).filter(part => typeof part !== 'string')
  expect(moment).toEqual({ seconds: at.epochMilliseconds / 1000, said: 'lunedì 1 febbraio alle 9:00' })
})

test('a day that is half a year away is said with its year', () => {
  const now = () => at
  const said = (locale: string, day: string): string =>
    openLanguage(now).t({ locale, timezone: 'Europe/Rome' }).day(Temporal.PlainDate.from(day))
  expect(said('it', '2027-07-31')).toBe('sabato 31 luglio')
  expect(said('it', '2028-02-01')).toBe('martedì 1 febbraio 2028')
  expect(said('en', '2026-02-02')).toBe('Monday 2 February 2026')
  expect(said('en', '2026-12-24')).toBe('Thursday 24 December')
})

test('letters that stand for nothing are dropped, and words stay words', () => {
  expect(parts('prima \uE100zz\uE101 dopo')).toEqual(['prima  dopo'])
  expect(t.plain(t.literal('\uE100a\uE101un testo\uE102'))).toBe('un testo')
})
