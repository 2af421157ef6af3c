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

test('letters that stand for nothing are dropped, and words stay words', () => {
  expect(parts('prima \uE100zz\uE101 dopo')).toEqual(['prima  dopo'])
  expect(t.plain(t.literal('\uE100a\uE101un testo\uE102'))).toBe('un testo')
})
