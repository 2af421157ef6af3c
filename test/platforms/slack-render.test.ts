import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { core } from '#src/core/commands-of-core.ts'
import { questions, title } from '#src/core/form.ts'
import type { Block, Message } from '#src/core/message.ts'
import { registry } from '#src/core/registry.ts'
import { features } from '#src/features/index.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { fitted } from '#src/platforms/slack/fitted.ts'
import { headline, MOST } from '#src/platforms/slack/limits.ts'
import { modalOf, notice } from '#src/platforms/slack/modal.ts'
import { blocksOf, type Drawing, type Held, summaryOf } from '#src/platforms/slack/render.ts'
import { pressables, words } from '#test/support/slack/draw.ts'
import { problemsOfMessage, problemsOfView } from '#test/support/slack/validate.ts'

const language = openLanguage()
const readers = language.locales.map(locale => language.t({ locale, timezone: 'Europe/Rome' }))
const t = language.t({ locale: 'it', timezone: 'Europe/Rome' })
const held: Held = { id: 'F1', link: 'https://files.example.org/files/F1', name: 'grafico.png' }
const drawing: Drawing = { t, key: 'a-key', files: new Map([['f', held]]) }
const json = (blocks: unknown) => JSON.parse(JSON.stringify(blocks))

const hostile = [
  '<!channel> @room *a_b* & "x"',
  '<@U123|everybody> <https://evil.example|here> `code` ~no~ :smile:',
  '&amp; &lt;!here&gt; \\*not bold\\*',
  '1. uno\n2. due\n> citazione\n# titolo\n- voce',
  '\u202Etesto al contrario\u202C',
  '👩🏽‍🚒'.repeat(100),
]

describe('text reaches Slack as text', () => {
  const shows = (text: string): Block[] => {
    const value = t.literal(text)
    const choice = { label: value, action: 'a.b', value: 'v' }
    return [
      { type: 'text', text: value },
      { type: 'quote', text: value },
      { type: 'facts', facts: [{ label: value, value }] },
      { type: 'items', items: [value] },
      { type: 'choices', choices: [choice] },
    ]
  }
  test.each(hostile)('%j', text => {
    const blocks = json(blocksOf({ summary: t.literal(text), blocks: shows(text) }, drawing))
    expect(problemsOfMessage(blocks)).toEqual([])
    // Every element that shows it is plain: rich text shows what it holds, and plain text has no marks.
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn')
    const [plain, quote, facts, item] = blocks.map(words)
    // Blanks at the start of a line become firm ones: everything else is as it was written.
    expect(plain.replaceAll('\u00A0', ' ')).toBe(text)
    expect(quote).toBe(text.replace(/^/gm, '> '))
    expect(facts).toBe(`${text}: ${text}`)
    expect(item).toBe(`• ${text}`)
  })

  test('a quote keeps the lines of whoever wrote it, and puts none between them', () => {
    const said = 'Uno\n\nDue\n\n\nTre'
    const [quote] = json(
      blocksOf({ summary: t.literal(''), blocks: [{ type: 'quote', text: t.literal(said) }] }, drawing),
    )
    expect(words(quote)).toBe('> Uno\n> \n> Due\n> \n> Tre')
  })

  test.each([
    ['Proponi una buona pratica', 'Proponi una buona…'],
    ['Richiesta risolta · R-2027-0001', 'Richiesta risolta…'],
    ['Ventiquattro lettere sono', 'Ventiquattro lettere…'],
    ['Precipitevolissimevolmente', 'Precipitevolissimevolme…'],
    ['Chiedi supporto', 'Chiedi supporto'],
  ])('a title too long for a modal ends after a word: %s', (title, shown) => {
    expect(headline(title, MOST.title)).toBe(shown)
  })

  test('a notification has its three letters escaped', () => {
    const summary = t.literal('<!channel> @room *a_b* & "x"')
    expect(summaryOf({ summary, blocks: [] }, t)).toBe('&lt;!channel&gt; @room *a_b* &amp; "x"')
  })
})

test('a moment is a date of Slack’s, in each reader’s own time', () => {
  const at = Temporal.Instant.from('2027-02-01T08:00:00Z')
  const text = t('checkins.none.opens', { month: 'gennaio 2027', moment: t.moment(at) })
  const [block] = json(blocksOf({ summary: text, blocks: [{ type: 'text', text }] }, drawing))
  const date = {
    type: 'date',
    timestamp: 1801468800,
    format: '{date_long}, {time}',
    fallback: 'lunedì 1 febbraio alle 9:00',
  }
  expect(block.elements[0].elements).toContainEqual(date)
  expect(problemsOfMessage([block])).toEqual([])
  expect(summaryOf({ summary: text, blocks: [] }, t)).toContain('lunedì 1 febbraio alle 9:00')
})

const someText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(...hostile),
  fc.integer({ min: 0, max: 9000 }).map(length => 'parola '.repeat(length / 7)),
  fc.integer({ min: 0, max: 9000 }).map(length => 'x'.repeat(length)),
)
const markdown = someText.map(text => t.literal(text))
const choice = fc.record({
  label: markdown,
  action: fc.constantFrom('a.b', 'laboratories.take'),
  value: fc.string({ maxLength: 300 }),
})
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constantFrom('text' as const, 'quote' as const), text: markdown }),
  fc.record({
    type: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: markdown, value: markdown }), { maxLength: 30 }),
  }),
  fc.record({ type: fc.constant('items' as const), items: fc.array(markdown, { maxLength: 60 }) }),
  fc.record({ type: fc.constant('choices' as const), choices: fc.array(choice, { maxLength: 130 }) }),
  fc.record({
    type: fc.constantFrom('image' as const, 'file' as const),
    file: fc.constantFrom('f', 'gone'),
    alt: markdown,
  }),
)

test('whatever a message holds, Slack takes it: whole, or with every choice and the way to the rest', async () => {
  const messages = fc.record({ summary: markdown, blocks: fc.array(block, { maxLength: 12 }) })
  await fc.assert(
    fc.asyncProperty(messages, async (message: Message) => {
      let rest = ''
      const keep = async (text: string): Promise<Held> => {
        rest = text
        return held
      }
      const blocks = json(await fitted(message, drawing, 50, keep))
      if (blocks.length > 0) expect(problemsOfMessage(blocks)).toEqual([])
      const offered = message.blocks.flatMap(each => (each.type === 'choices' ? each.choices : []))
      expect(pressables(blocks)).toHaveLength(offered.length)
      if (rest) expect(JSON.stringify(blocks)).toContain(held.link)
    }),
    { numRuns: 150 },
  )
})

describe('every form of every feature is a modal that Slack takes', () => {
  const { forms } = registry([core, ...features])
  const options = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      value: `v${at}`,
      label: `Una voce dal nome piuttosto lungo, ${'molto '.repeat(at % 15)}${at}`,
    }))
  const known = [undefined, 'v0', '<!channel> & *x*', 'parola '.repeat(900), '2027-03-15', '7', 'v0,v3']

  for (const [name, { form }] of forms) {
    test.each(readers.map(each => [each.locale, each] as const))(`${name} in %s`, (_, reader) => {
      for (const count of [0, 1, 5, 6, 11, 150]) {
        for (const value of known) {
          const names = Object.keys(form.fields)
          const asked = {
            form,
            about: 'a-thing',
            known: value === undefined ? {} : Object.fromEntries(names.map(field => [field, value])),
            options: Object.fromEntries(
              Object.entries(form.fields).flatMap(([field, { input }]) =>
                input.kind.startsWith('pick') && !('options' in input && input.options)
                  ? [[field, options(count)]]
                  : [],
              ),
            ),
          }
          const open = { name, about: 'a-thing', title: title(form, reader), questions: questions(asked, reader) }
          const problem = reader('core.problems.required')
          const problems = Object.fromEntries(names.map(field => [field, problem]))
          expect(problemsOfView(json(modalOf(open, { t: reader, found: {}, problems })))).toEqual([])
        }
      }
    })
  }

  test('a modal that only tells', () => {
    for (const reader of readers) {
      for (const kind of ['wait', 'saving', 'done', 'tryAgain'] as const) {
        expect(problemsOfView(json(notice(kind, reader)))).toEqual([])
      }
    }
  })
})
