import { expect, test } from 'vitest'
import { findPractices, MOST_FOUND } from '#src/features/practices/catalogue/search/store.ts'
import { practiceOptions, savePractice } from '#src/features/practices/catalogue/store.ts'
import { openStore, type Store } from '#src/storage/database.ts'
import { changeOrganization, organizationNamed } from '#src/storage/organizations.ts'
import { freshDatabase } from '#test/support/database.ts'
import { tracesOf } from '#test/support/tables.ts'

interface Written {
  title: string
  summary?: string
  description?: string
  state?: 'published' | 'withdrawn'
  provider?: string
}

const aStore = async () => {
  const address = await freshDatabase()
  const store = await openStore(address)
  const all: Written[] = []
  /** Saves them, numbered from 1 in the order in which they come; one that has a number is changed. */
  const save = (...practices: (Written & { number?: number })[]): Promise<void> =>
    store.transaction(async tx => {
      for (const written of practices) {
        const { title, summary = '', description = '', state = 'published', number = all.length + 1 } = written
        const { id: provider } = await organizationNamed(tx, { name: written.provider ?? 'Provincia' })
        const row = { title, summary, description, provider, community: 'suape', categories: [], state, number }
        await savePractice(tx, { ...row, id: `p${number}`, proposedAt: 1, publishedAt: number, changedAt: 1 })
        all[number - 1] = row
      }
    })
  return { address, store, save }
}
const numbers = async (store: Store, typed: string): Promise<number[]> =>
  (await store.read(tx => findPractices(tx, typed))).practices.map(({ number }) => number)

test.each([
  ['perché', [2]],
  ['PERCHE', [2]],
  ['perche\u0301', [2]],
  ['citta', [3, 1]],
  ['cit', [3, 1]],
  ['comuni città', [1]],
  ["l'edilizia", [1]],
  ['l’edilizia', [1]],
  ['e-mail', [3]],
  ['mail', [3]],
  ['www.comune.it', [3]],
  ['comune', [1, 3]],
  ['2027', [2]],
  ['20', [2]],
  ['100%', [2]],
  ['straße', [2]],
  ['ﬁrma', [2]],
  ['ubblicare', []],
  ['edilizia perché', []],
  ['z edilizia', []],
])('both engines find the same for «%s», in the same order', async (typed, found) => {
  const { store, save } = await aStore()
  await save(
    { title: "L'edilizia dei comuni", summary: 'Comune per comune', description: 'In ogni città, a piedi' },
    { title: 'Pubblicare «perché» 2027', summary: 'Al 100%', description: 'Straße, firma' },
    { title: 'Città digitale', description: 'Un’e-mail da https://www.comune.it/a_b' },
  )
  expect(await numbers(store, typed)).toEqual(found)
  await store.close()
})

test.each([
  '"',
  "'\"'",
  '*',
  'scuola*',
  'scuola NEAR casa',
  'NEAR(scuola casa, 2)',
  'title : scuola',
  '{title every} : scuola',
  '^scuola',
  'scuola AND NOT casa',
  'scuola:*',
  'scuola & !casa | x',
  "scuola':A",
  '<-> scuola',
  '(scuola',
  'scuola)',
  '\\',
  'scuola\\',
  '%',
  '_',
  '\0',
  'scuola\0casa',
  '\ud800',
  'scuola\udfff',
  '👩🏽‍🔧',
  '-- ; drop table practices',
  ' ',
])('whatever is typed is only words: %j', async typed => {
  const { store, save } = await aStore()
  const one = 'Scuola casa near and not title every a x drop table practices'
  await save({ title: one }, { title: 'Altro', description: '𞤀𞤁𞤂 \ud800 \0' })
  const words = typed.toLowerCase().match(/[a-z\d]+/g) ?? []
  const expected = words.length > 0 && words.every(word => one.toLowerCase().split(' ').includes(word)) ? [1] : []
  expect(await numbers(store, typed)).toEqual(expected)
  expect(await store.read(tx => practiceOptions(tx, typed))).toHaveLength(typed.trim() === '' ? 2 : expected.length)
  await store.close()
})

test('what is very long is cut, and does no harm', async () => {
  const { store, save } = await aStore()
  await save({ title: 'x'.repeat(5000), description: 'a b c '.repeat(500) })
  for (const typed of ['x'.repeat(3000), 'a b c '.repeat(500)]) expect(await numbers(store, typed)).toEqual([1])
  await store.close()
})

test('a practice is found by whose it is: after the title, and by the name that its provider has now', async () => {
  const { store, save } = await aStore()
  await save(
    { title: 'Uno', summary: 'Come a Spello' },
    { title: 'Due', summary: 'Orti', provider: 'Comune di Spello' },
    { title: 'Spello a piedi' },
  )
  expect(await numbers(store, 'spello')).toEqual([3, 2, 1])
  expect(await numbers(store, 'comune di spello')).toEqual([2])
  expect(await numbers(store, 'orti spello')).toEqual([2])

  await store.transaction(async tx => {
    const { id } = await organizationNamed(tx, { name: 'Comune di Spello' })
    await changeOrganization(tx, id, { name: "Unione dell'Assino", kind: 'administration' })
  })
  expect(await numbers(store, 'spello')).toEqual([3, 1])
  expect(await numbers(store, 'assino')).toEqual([2])

  await save({ number: 2, title: 'Due', provider: 'Comune di Norcia' }, { number: 1, title: 'Uno', state: 'withdrawn' })
  expect(await numbers(store, 'assino')).toEqual([])
  expect(await numbers(store, 'norcia')).toEqual([2])
  await store.close()
})

test('words in scripts that are younger than an engine are words, too', async () => {
  const { store, save } = await aStore()
  await save({ title: '𞤀𞤣𞤤𞤢𞤥' }, { title: '東京' }, { title: 'Ἀθῆναι' })
  for (const [typed, found] of [
    ['𞤀𞤣', 1],
    ['東', 2],
    ['ΑΘΗ', 3],
  ] as const)
    expect(await numbers(store, typed)).toEqual([found])
  await store.close()
})

test('what is changed or withdrawn is found by its new words only, and the old ones leave no trace', async () => {
  const { address, store, save } = await aStore()
  await save({ title: 'Segretissimo', description: 'Riservatissimo' }, { title: 'Segretissima' })
  await save({ number: 1, title: 'Aperto' }, { number: 2, title: 'Segretissima', state: 'withdrawn' })
  expect(await numbers(store, 'segretissim')).toEqual([])
  expect(await numbers(store, 'riservatissimo')).toEqual([])
  expect(await numbers(store, 'aperto')).toEqual([1])
  await store.close()
  expect(await tracesOf(address, ['egretissimo', 'iservatissimo'])).toEqual([])
})

test('where much is found, what has the word in its title comes first, and there is a word of the rest', async () => {
  const { store, save } = await aStore()
  const many = Array.from({ length: MOST_FOUND + 20 }, (_, at) => ({ title: `N ${at}`, summary: 'scuola' }))
  await save(...many, { title: 'La scuola' })
  const { practices, more } = await store.read(tx => findPractices(tx, 'scuola'))
  expect(more).toBe(true)
  expect(practices.map(({ number }) => number)).toEqual([
    MOST_FOUND + 21,
    ...Array.from({ length: MOST_FOUND - 1 }, (_, at) => at + 1),
  ])
  await store.close()
})

test('of what stands here and there among very many, the first are found', async () => {
  const { store, save } = await aStore()
  await save(...Array.from({ length: 1100 }, (_, at) => ({ title: at % 10 === 0 ? 'Scuola' : 'Altro' })))
  const { practices, more } = await store.read(tx => findPractices(tx, 'scuola'))
  expect(more).toBe(true)
  expect(practices.map(({ number }) => number)).toEqual(Array.from({ length: MOST_FOUND }, (_, at) => 10 * at + 1))
  await store.close()
})
