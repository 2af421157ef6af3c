import { expect, test } from 'vitest'
import { textsIn } from '../../.config/check/lib/locales.ts'
import { source } from '../../.config/check/lib/source.ts'
import { wrongWords } from '../../.config/check/words.ts'

type Words = { [name: string]: string | Words }

/** What the check says about `practices.json` in two languages, and the code that uses it. */
const complaints = (it: Words, en: Words, code: string) =>
  wrongWords(
    [it, en].flatMap((words, at) =>
      textsIn(`locales/${['it', 'en'][at]}/practices.json`, JSON.stringify(words, null, 2)),
    ),
    [source('src/features/practices/messages.ts', code)],
  ).map(({ message }) => message)

const same = (words: Words, code: string) => complaints(words, words, code)
const says = (key: string) => `t('practices.${key}')`

test('equal words, all used, are fine', () => {
  expect(complaints({ hello: 'Ciao {{name}}' }, { hello: 'Hello {{ name }}' }, says('hello'))).toEqual([])
})

test('a complaint names its file and its line', () => {
  const texts = textsIn('locales/it/practices.json', '{\n  "card": {\n    "title": "Titolo"\n  }\n}')
  expect(texts).toMatchObject([{ language: 'it', key: 'practices.card.title', text: 'Titolo', line: 3 }])
})

test('a key written twice, and what is no text, are refused', () => {
  expect(() => textsIn('locales/it/a.json', '{ "x": "1", "x": "2" }')).toThrow(/unique/)
  expect(() => textsIn('locales/it/a.json', '{ "x": ["1"] }')).toThrow(/a\.x is not a text/)
})

test('a key missing in one language', () => {
  expect(complaints({ a: 'A', b: 'B' }, { a: 'A' }, `${says('a')}; ${says('b')}`)).toEqual([
    'practices.b is missing in en',
  ])
  expect(complaints({ a: 'A' }, { a: 'A', b: 'B' }, `${says('a')}; ${says('b')}`)).toEqual([
    'practices.b is missing in it',
  ])
})

test('variables that differ', () => {
  expect(complaints({ a: 'Ciao {{name}}' }, { a: 'Hi {{who, upper}}' }, says('a'))).toEqual([
    'practices.a differs: en: who; it: name',
  ])
})

test('plurals have the forms of their language, `_many` and `_zero` as they like', () => {
  const both = { n_one: '{{count}} uno', n_other: '{{count}} altri' }
  expect(same(both, says('n'))).toEqual([])
  expect(complaints({ ...both, n_many: '{{count}} milioni', n_zero: 'zero' }, both, says('n'))).toEqual([])
  expect(complaints(both, { ...both, n_many: '{{count}}' }, says('n'))).toEqual([
    'practices.n_many is never used in en',
  ])
  expect(complaints({ n_other: '{{count}}' }, both, says('n'))).toEqual(['practices.n_one is missing in it'])
  expect(complaints({ n: '{{count}}' }, both, says('n'))).toEqual([])
})

test('an ending without its `_other` is part of the name', () => {
  expect(same({ step_one: 'Primo' }, says('step_one'))).toEqual([])
})

test('values that would not be escaped', () => {
  expect(same({ a: 'Ciao {{- name}}' }, says('a'))).toHaveLength(2)
  expect(same({ a: '$t(practices.b, {"x": "{{x}}"})' }, says('a'))).toHaveLength(2)
})

test('a key that nothing uses', () => {
  expect(same({ a: 'A', b: 'B' }, says('a'))).toContain('practices.b is never used')
})

test('a key that nobody wrote', () => {
  const missing = ['practices.z is in no locale']
  expect(same({ a: 'A' }, `${says('a')}; t('practices.z')`)).toEqual(missing)
  expect(same({ a: 'A' }, `${says('a')}; world.t(member)('practices.z')`)).toEqual(missing)
  expect(same({ a: 'A' }, `${says('a')}; const problem = { key: 'practices.z' }`)).toEqual(missing)
  expect(same({ a: 'A' }, `t(yes ? 'practices.a' : 'practices.z')`)).toEqual(missing)
  expect(same({ a: 'A' }, `${says('a')}; t(\`practices.state.\${x}\`)`)).toEqual([
    'practices.state.${x} is in no locale',
  ])
  expect(same({ a: 'A' }, `${says('a')}; const option = { key: 'elsewhere.z' }`)).toEqual([])
  expect(same({ a: 'A' }, `${says('a')}; const post = { key: \`practices.state.\${x}\` }`)).toEqual([])
})

test('a key made from parts uses those that fit, and no others', () => {
  const words = { state: { open: 'Aperta', shut: 'Chiusa', deep: { er: 'Più giù' } } }
  expect(same(words, 't(`practices.state.${x}`)')).toEqual([
    'practices.state.deep.er is never used',
    'practices.state.deep.er is never used',
  ])
  expect(same({ a: 'A' }, 't(`${everything}.${goes}`)')).toHaveLength(2)
})

test('problems travel as literals', () => {
  expect(same({ problem: 'No' }, `bad('practices.problem')`)).toEqual([])
})

test('the words of a form and of its options', () => {
  const words = {
    propose: {
      title: 'Proponi',
      submit: 'Mando',
      urgency: { label: 'Urgenza', hint: 'Se serve', options: { high: 'Alta' } },
    },
  }
  const form = (fields: string) => `const form = { name: 'practices.propose', fields: { ${fields} } }`
  expect(same(words, form(`urgency: pick('high')`))).toEqual([])
  expect(same(words, form(`urgency: pick('low')`))).toContain('practices.propose.urgency.options.high is never used')
  expect(same(words, form(`other: pick('high')`))).toContain('practices.propose.urgency.label is never used')
  expect(same(words, `const form = { urgency: pick('high') }`)).toContain('practices.propose.title is never used')
})

test('the words of a command', () => {
  const words = { commands: { list: { name: 'pratiche', does: 'Elenca', menu: 'Le pratiche' } } }
  expect(same(words, 'const commands = { list: { run } }')).toEqual([])
  expect(same(words, 'const commands = { find: { run } }')).toHaveLength(6)
  expect(same({ commands: { list: { nickname: 'p' } } }, 'const commands = { list: { run } }')).toHaveLength(2)
})
