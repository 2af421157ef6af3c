import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Markdown } from '#src/core/message.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { plain } from '#src/i18n/markdown.ts'

const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })

/** What the reader is shown: line breaks and outer white space aside, exactly what was written. */
const seen = (text: string): string => text.replaceAll('\u00A0', ' ').replace(/\s+/gu, ' ').trim()

test.each([
  '<!channel> @room *a_b* & "x"',
  '[link](https://example.org) ![image](x) <b>bold</b> &amp; &#65;',
  '# title\n1. one\n- two\n> three\n```\ncode\n```\n| a | b |\n|---|---|\n',
  'https://example.org/a_b_c?d=*e* www.example.org who@example.org',
  '    four spaces\n\n    and again\n\ttab',
  '~~gone~~ `code` \\ backslash \\* \n***\n---\nsetext\n===',
  '\u202Eright to left\u202C 👩🏽‍🔧 é',
])('%j is shown as it was written', text => {
  expect(seen(plain(t.literal(text)))).toBe(seen(text))
})

test('any text is shown as it was written', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'*_`~[]()#+-.!<>|&:@\\/1 a\n\t"\'{}') }),
  )
  fc.assert(
    fc.property(text, given => seen(plain(t.literal(given))) === seen(given.toWellFormed())),
    { numRuns: 2000 },
  )
})

test('words without a mark are what a reading of the marks would make of them', () => {
  const words = fc.string({ unit: fc.constantFrom(...'aèZ ,;’«»') })
  fc.assert(
    fc.property(
      words,
      text => plain(`a${text}a${t.literal('!')}` as Markdown) === `${plain(`a${text}a` as Markdown)}!`,
    ),
  )
})

test('a text that is nowhere is an error, and not its own name', () => {
  expect(() => t.byName('core.nowhere')).toThrow('no words for core.nowhere')
  expect(t.has('core.nowhere')).toBe(false)
})

test('a value put into a sentence stays a value', () => {
  const hostile = '**x** [y](z)'
  expect(t.plain(t('core.problems.notFound', { given: hostile }))).toContain(`«${hostile}»`)
})
