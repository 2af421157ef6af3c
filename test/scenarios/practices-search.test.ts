import { expect, test } from 'vitest'
import { community } from '#test/support/community.ts'
import { published } from '#test/support/practices.ts'
import '#test/support/matchers.ts'

const titles = (text: string): string[] =>
  [...text.matchAll(/P-\d{4} · ([^—]+) —/g)].map(([, title]) => (title ?? '').trim())

test('accents and case do not count, every word does, and the title weighs more than the summary', async () => {
  const bot = await community()
  await published(bot, { title: 'Terza', summary: 'Niente', description: 'Parla di CAFFÈ e di orti' })
  await published(bot, { title: 'Seconda', summary: 'Il caffè degli orti' })
  await published(bot, { title: 'Caffé e orti', summary: 'Prima' })

  await bot.newcomer.says('pratiche caffe ORTI')

  expect(bot.newcomer.lastMessage()).toSay('Ho trovato 3 pratiche per «caffe ORTI».')
  expect(titles(bot.newcomer.lastMessage().text)).toEqual(['Caffé e orti', 'Seconda', 'Terza'])
})

test('pages of five, with their number and a button for the next', async () => {
  const bot = await community()
  for (const title of ['Uno', 'Due', 'Tre', 'Quattro', 'Cinque', 'Sei', 'Sette']) {
    await published(bot, { title: `${title} bosco_100%`, repository: '' })
  }

  await bot.reuser.says('pratiche bosco')
  const first = bot.reuser.lastMessage()
  expect(first).toSay('Ho trovato 7 pratiche per «bosco».')
  expect(first).toSay('Pagina 1 di 2.')
  expect(titles(first.text)).toHaveLength(5)
  await bot.reuser.presses('practices.more')

  const second = bot.reuser.lastMessage()
  expect(second).toSay('Pagina 2 di 2.')
  expect(second.choices?.some(({ action }) => action === 'practices.more')).toBe(false)
  const both = [...titles(first.text), ...titles(second.text)]
  expect(new Set(both).size).toBe(7)

  expect(first).toSay('Per le altre scrivi anche pratiche bosco pagina 2.')
  await bot.reuser.says('pratiche bosco pagina 2')
  expect(bot.reuser.lastMessage().text).toBe(second.text)
  expect(second).toSay('pratiche bosco pagina 1.')
  await bot.reuser.says('pratiche')
  expect(bot.reuser.lastMessage()).toSay('Pagina 1 di 3. Per le altre scrivi anche pratiche pagina 2.')
  for (const typed of ['pratiche 3', 'practices page 3', 'pratiche pagina 99']) {
    await bot.reuser.says(typed)
    expect(bot.reuser.lastMessage()).toSay('Pagina 3 di 3.')
  }
  await bot.reuser.says('pratiche bosco 100')
  expect(bot.reuser.lastMessage()).toSay('Ho trovato 7 pratiche per «bosco 100».')
})

test('nothing found: the way on is a button', async () => {
  const bot = await community()

  await bot.reuser.says('pratiche zzzz')
  expect(bot.reuser.lastMessage()).toSay('Non trovo pratiche per «zzzz».')
  await bot.reuser.presses('practices.more')

  expect(bot.reuser.lastMessage()).toSay('Ci sono 4 buone pratiche')
})

test('a letter out of place, another ending or a word too many finds what is near, and says so', async () => {
  const bot = await community()
  await published(bot, { title: 'Qualità dei servizi' })

  await bot.newcomer.says('pratiche sportelo')
  expect(bot.newcomer.lastMessage()).toSay('Per «sportelo» non trovo pratiche.')
  expect(bot.newcomer.lastMessage()).toSay('Ho trovato una pratica per «Sportello».')
  expect(titles(bot.newcomer.lastMessage().text)).toEqual(['Sportello unico digitale (SUAPE)'])

  await bot.newcomer.says('pratiche sportelli qwertyuiop')
  expect(bot.newcomer.lastMessage()).toSay('Per «sportelli qwertyuiop» non trovo pratiche.')
  expect(bot.newcomer.lastMessage()).toSay('Ho trovato una pratica per «Sportello».')

  await bot.newcomer.says('pratiche zzzz t')
  expect(bot.newcomer.lastMessage()).toSay('Non trovo pratiche per «zzzz t».')

  await bot.newcomer.says('pratiche qualitta')
  expect(bot.newcomer.lastMessage()).toSay('Ho trovato una pratica per «Qualità».')
})

test('what an administration provides is found by its name, and by its name with a slip in it', async () => {
  const bot = await community()

  await bot.newcomer.says('pratiche del Comune di Terni')
  expect(titles(bot.newcomer.lastMessage().text)).toContain('Sportello unico digitale (SUAPE)')

  await bot.newcomer.says('pratiche sportello ternni')
  expect(bot.newcomer.lastMessage()).toSay('Ho trovato una pratica per «sportello Terni».')
  expect(titles(bot.newcomer.lastMessage().text)).toEqual(['Sportello unico digitale (SUAPE)'])
})

test('the next page of what is near goes on with it', async () => {
  const bot = await community()
  for (const title of ['Uno', 'Due', 'Tre', 'Quattro', 'Cinque', 'Sei']) {
    await published(bot, { title: `${title} biblioteca`, repository: '' })
  }

  await bot.reuser.says('pratiche bibblioteca')
  await bot.reuser.presses('practices.more')

  expect(bot.reuser.lastMessage()).toSay('Ho trovato 6 pratiche per «biblioteca».')
  expect(bot.reuser.lastMessage()).toSay('Pagina 2 di 2.')
})

test('words that are each somewhere, and nowhere together, are not changed', async () => {
  const bot = await community()
  await bot.reuser.says('pratiche sportello conferenza')
  expect(bot.reuser.lastMessage()).toSay('Non trovo pratiche per «sportello conferenza».')
})

test.each([
  ['pratiche', 'Ci sono 4 buone pratiche'],
  ['pratica', 'Ci sono 4 buone pratiche'],
  ['practices', 'Ci sono 4 buone pratiche'],
  ['pratica sociali', 'Ho trovato una pratica per «sociali».'],
  ['pratiche «sociali»', 'Ho trovato una pratica per «sociali».'],
  ['pratiche "servizi sociali"', 'Ho trovato una pratica per «servizi sociali».'],
  ['pratiche P-0002', 'Conferenza dei servizi in rete · P-0002'],
  ['pratiche %', 'Non trovo pratiche per «%».'],
])('«%s» says «%s»', async (typed, said) => {
  const bot = await community()
  await bot.newcomer.says(typed)
  expect(bot.newcomer.lastMessage()).toSay(said)
})

test('the card tells who provides, holds and reuses it', async () => {
  const bot = await community()

  await bot.newcomer.says('pratica p1')

  const card = bot.newcomer.lastMessage()
  expect(card).toSay('Sportello unico digitale (SUAPE) · P-0001')
  expect(card).toSay('La cede: Comune di Terni')
  expect(card).toSay('La detiene: Comune di Terni')
  expect(card).toSay('La sta installando: Comune di Perugia')
  expect(card).toSay('Pubblicata: 16 marzo 2026')
})

test('a practice that is not there is told kindly', async () => {
  const bot = await community()
  await bot.newcomer.says('practice P-9999')
  expect(bot.newcomer.lastMessage()).toSay('Non trovo P-9999 tra le pratiche pubblicate.')
})

test('other forms find practices by number, by id and by words', async () => {
  const { read } = await community()
  const { practiceOptions } = await import('#src/features/practices/store.ts')
  const found = (typed: string) => read(tx => practiceOptions(tx, typed))

  const one = [{ value: 'sportello-unico', label: 'P-0001 · Sportello unico digitale (SUAPE)' }]
  expect(await found('P-0001')).toEqual(one)
  expect(await found('sportello-unico')).toEqual(one)
  expect(await found('sportello unico')).toEqual(one)
  expect(await found('SUAPE')).toEqual(one)
  expect(await found('Sportello unico digitale (SUAPE)')).toEqual(one)
  expect(await found('')).toHaveLength(4)
})
