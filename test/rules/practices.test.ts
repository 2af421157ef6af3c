import { expect, test } from 'vitest'
import {
  addressesOf,
  changesBetween,
  mayConfirm,
  mayEdit,
  mayReview,
  numberOf,
  ranked,
  readNumber,
  type Standing,
  shortened,
  stepAfter,
  waysToWrite,
  whyNotAdopt,
  wordsIn,
} from '#src/features/practices/rules.ts'
import type { Practice } from '#src/features/practices/schema.ts'

const aPractice = (given: Partial<Practice> = {}): Practice => ({
  id: 'sportello',
  number: 12,
  title: 'Sportello',
  summary: '',
  description: '',
  provider: 'terni',
  community: 'suape',
  kit: null,
  version: null,
  repository: null,
  licence: null,
  categories: [],
  state: 'published',
  folded: '',
  foldedTitle: '',
  reason: null,
  reasonBy: null,
  proposer: 'ada',
  proposedAt: 0,
  publishedAt: 0,
  changedAt: 0,
  withdrawnAt: null,
  ...given,
})
const someone = (given: Partial<Standing> = {}): Standing => ({
  id: 'someone',
  inside: true,
  administrator: false,
  coordinates: [],
  organization: 'perugia',
  economicOperator: false,
  ...given,
})

test.each([
  ['P-0012', { number: 12, rest: '' }],
  ['p12 manca il KIT', { number: 12, rest: 'manca il KIT' }],
  ['  12: perché no', { number: 12, rest: 'perché no' }],
  ['P 0012', { number: 12, rest: '' }],
  ['P-12345678', undefined],
  ['12esimo', undefined],
  ['sportello', undefined],
  ['', undefined],
])('the number in %j', (text, read) => expect(readNumber(text)).toEqual(read))

test('numbers have four digits, and more when they need them', () => {
  expect([1, 12, 12345].map(number => numberOf({ number }))).toEqual(['P-0001', 'P-0012', 'P-12345'])
})

test.each([
  ['a coordinator of the community', someone({ coordinates: ['suape'] }), true, true, true],
  ['a coordinator of all', someone({ coordinates: [''] }), true, true, true],
  ['a coordinator of another', someone({ coordinates: ['welfare'] }), false, false, false],
  ['the administrator', someone({ administrator: true }), true, true, true],
  ['the provider', someone({ organization: 'terni' }), false, true, true],
  [
    'an economic operator of the provider',
    someone({ organization: 'terni', economicOperator: true }),
    false,
    false,
    false,
  ],
  ['anyone else', someone(), false, false, false],
  ['the provider, from outside', someone({ organization: 'terni', inside: false }), false, false, true],
  ['whoever proposed it', someone({ id: 'ada' }), false, false, false],
])('%s may review, edit, confirm', (_, who, review, edit, confirm) => {
  const practice = aPractice()
  expect([mayReview(who, practice), mayEdit(who, practice), mayConfirm(who, practice)]).toEqual([review, edit, confirm])
})

test('whoever proposed it edits it until it is published', () => {
  for (const inside of [true, false])
    expect(mayEdit(someone({ id: 'ada', inside }), aPractice({ state: 'changes-asked' }))).toBe(true)
})

test.each([
  [someone(), aPractice(), undefined],
  [someone({ organization: null }), aPractice(), 'no-organization'],
  [someone({ economicOperator: true }), aPractice(), 'economic-operator'],
  [someone({ organization: 'terni' }), aPractice(), 'own'],
  [someone(), aPractice({ state: 'withdrawn' }), 'not-published'],
] as const)('whether an adoption can begin', (who, practice, reason) => expect(whyNotAdopt(who, practice)).toBe(reason))

test('an adoption goes interested, deploying, in use, holder', () => {
  expect(['interested', 'deploying', 'in-use', 'holder'].map(state => stepAfter(state as 'interested'))).toEqual([
    'deploying',
    'in-use',
    'holder',
    undefined,
  ])
})

const aFound = (given: Partial<Practice>, providerName = 'Terni') => ({ ...aPractice(given), providerName })

test('title before provider before summary before description; whole words before parts; older number among equals', () => {
  const found = [
    aFound({ number: 1, title: 'x', summary: 'x', description: 'orto' }),
    aFound({ number: 2, title: 'x', summary: 'ortodosso' }),
    aFound({ number: 3, title: 'x', summary: 'Un Ortó' }),
    aFound({ number: 4, title: 'Ortofrutta' }),
    aFound({ number: 7, title: 'x' }, "Comune dell'Orto"),
    aFound({ number: 6, title: 'Orto' }),
    aFound({ number: 5, title: "L'orto" }),
  ]
  expect(ranked(found, ['orto']).map(({ number }) => number)).toEqual([5, 6, 4, 7, 3, 2, 1])
})

test('several words: what has all of them in its title comes first', () => {
  const found = [aFound({ number: 1, title: 'Orto', summary: 'caffè' }), aFound({ number: 2, title: 'Caffè e orto' })]
  expect(ranked(found, ['caffe', 'orto']).map(({ number }) => number)).toEqual([2, 1])
})

test.each([
  ['  Caffè  CAFFE orti ', ['caffe', 'orti']],
  ["l'orto_100%", ['l', 'orto', '100']],
  ['del Comune di Terni', ['comune', 'terni']],
  ['di', ['di']],
  ['!!!', []],
])('the words of %j', (typed, words) => expect(wordsIn(typed)).toEqual(words))

test('a very long word counts by its beginning, and no sign of it is cut in two', () => {
  const [word] = wordsIn(`${'a'.repeat(59)}𐌰𐌱`)
  expect(word).toBe(`${'a'.repeat(59)}𐌰`)
})

test('what changed is told in a fixed order', () => {
  const after = aPractice({ version: '2', title: 'Altro', categories: ['a'] })
  expect(changesBetween(aPractice(), after)).toEqual(['version', 'title', 'categories'])
  expect(changesBetween(after, after)).toEqual([])
})

test.each([
  ['corto', 10, 'corto'],
  ['due parole lunghe', 12, 'due parole…'],
  ['x'.repeat(20), 10, `${'x'.repeat(9)}…`],
  ['👩🏽‍🔧', 50, '👩🏽‍🔧'],
])('%j in %i characters', (text, most, short) => expect(shortened(text, most)).toBe(short))

test('a repository is the same with and without .git and slash', () => {
  expect(waysToWrite('https://a.example/b.git/')).toContain('https://a.example/b')
  expect(waysToWrite('https://a.example/b')).toContain('https://a.example/b.git')
})

test.each([
  ['https://github.com/a/b', 'https://raw.githubusercontent.com/a/b/HEAD/publiccode.yml'],
  ['https://github.com/a/b.git', 'https://raw.githubusercontent.com/a/b/HEAD/publiccode.yml'],
  ['https://github.com/a/b/blob/main/x/publiccode.yml', 'https://raw.githubusercontent.com/a/b/main/x/publiccode.yml'],
  ['https://gitlab.example/a/b/-/blob/main/publiccode.yml', 'https://gitlab.example/a/b/-/raw/main/publiccode.yml'],
  ['https://gitlab.example/a/b', 'https://gitlab.example/a/b/-/raw/HEAD/publiccode.yml'],
  ['https://a.example/x.yaml', 'https://a.example/x.yaml'],
  ['https://a.example/', 'https://a.example/-/raw/HEAD/publiccode.yml'],
])('the file of %s is looked for first at %s', (address, first) => {
  const tried = addressesOf(address)
  expect(tried[0]).toBe(first)
  expect(tried.length).toBeLessThanOrEqual(3)
})
