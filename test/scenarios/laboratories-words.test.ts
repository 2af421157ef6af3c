import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { community, testOffMatrix } from '#test/support/community.ts'
import { asks, cardIn, cardNow, covering } from '#test/support/laboratories.ts'
import '#test/support/matchers.ts'

const aFile = (name: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'animatore-file-')), name)
  writeFileSync(path, 'registro di prova')
  return path
}

test('what either side writes in the thread reaches the other, and is not said again to who wrote it', async () => {
  const { reuser, operator, place } = await community()
  const root = await asks(reuser)
  const card = cardIn(place('#laboratorio'))

  const told = await operator.says('Quale versione usate?', { in: '#laboratorio', thread: card.ref })
  expect(reuser.lastMessage()).toSay(
    /Tecnica Laboratorio \(Laboratorio Umbria\) ti scrive[\s\S]*Quale versione usate\?/,
  )
  expect(reuser.lastMessage().thread).toBe(root.ref)
  expect(told.filter(({ to, edit }) => to === '#laboratorio' && !edit)).toEqual([])

  const heard = await reuser.says('La <b>2.1</b>, @tutti', { thread: root.ref })
  expect(place('#laboratorio').lastMessage()).toSay(
    /Sportello Perugia, Comune di Perugia scrive su R-2027-0001[\s\S]*La <b>2\.1<\/b>, @tutti/,
  )
  expect(place('#laboratorio').lastMessage().thread).toBe(card.ref)
  expect(heard.filter(({ to }) => to === 'dm:reuser')).toEqual([])

  // Below what the laboratory wrote is a good place to answer, too.
  await operator.says('E quando?', { in: '#laboratorio', thread: card.ref })
  await reuser.says('Domani', { thread: reuser.lastMessage().ref })
  expect(place('#laboratorio').lastMessage()).toSay('Domani')
})

test('below a request that was shown to her, words reach the other side too', async () => {
  const { reuser, operator, place } = await community()
  await asks(reuser)
  await operator.says('richiesta R-2027-0001')
  await operator.says('Arrivo', { thread: operator.lastMessage().ref })
  expect(reuser.lastMessage()).toSay('Arrivo')
  expect(place('#laboratorio').lastMessage()).toSay(
    /Tecnica Laboratorio scrive a chi ha fatto la richiesta[\s\S]*Arrivo/,
  )
})

test('what is too long is not cut: she hears how long it may be', async () => {
  const { reuser, operator } = await community()
  const root = await asks(reuser)
  for (const where of [{ thread: root.ref }, {}]) {
    await reuser.says('x'.repeat(4001), where)
    expect(reuser.lastMessage()).toSay('Sono 4001 caratteri: qui ce ne stanno 4000')
  }
  await operator.says(`richiesta scrivi R-2027-0001 ${'x'.repeat(40_000)}`)
  expect(operator.lastMessage()).toSay('qui ce ne stanno 4000')
})

test('only those who answer are heard from the thread of the place', async () => {
  const { reuser, coordinator, place, line } = await community()
  await asks(reuser)
  const before = reuser.messages().length
  await line({ as: 'coordinator', join: '#laboratorio' })
  await coordinator.says('Ci penso io', { in: '#laboratorio', thread: cardIn(place('#laboratorio')).ref })
  expect(reuser.messages()).toHaveLength(before)
})

test('files go with the words, as links', async () => {
  const { reuser, operator, place } = await community()
  await reuser.says('richiesta', { file: aFile('modulo.pdf') })
  await reuser.answers({ event: 'reuser_support', need: 'Guardate il modulo' })
  const root = reuser.lastMessage()
  const card = cardIn(place('#laboratorio'))
  expect(JSON.stringify(card)).toContain('modulo.pdf')

  await reuser.says('', { thread: root.ref, file: aFile('registro.txt') })
  expect(JSON.stringify(place('#laboratorio').lastMessage())).toContain('registro.txt')
  await operator.says('Ecco', { in: '#laboratorio', thread: card.ref, file: aFile('risposta.txt') })
  expect(JSON.stringify(reuser.lastMessage())).toContain('risposta.txt')

  await reuser.says('richiesta R-2027-0001')
  const { text } = reuser.lastMessage()
  expect(text).toMatch(/Sportello Perugia, [^\n]*: il file registro\.txt/)
  expect(text).toMatch(/Tecnica Laboratorio, [^\n]*: Ecco \(con il file risposta\.txt\)/)
})

describe('a plain message', () => {
  testOffMatrix('with one open request: «la mando a R-2027-0001?»', async () => {
    const { reuser, place } = await community()
    await asks(reuser)
    await reuser.says('dimenticavo: siamo in dodici')
    expect(reuser.lastMessage()).toSay('La mando a R-2027-0001?')
    const offer = reuser.lastMessage()
    await reuser.presses('laboratories.send')
    expect(place('#laboratorio').lastMessage()).toSay('dimenticavo: siamo in dodici')
    expect(reuser.lastMessage()).toMatchObject({ ref: offer.ref, edit: true, text: 'Mandato a R-2027-0001.' })
    await reuser.presses('laboratories.send', offer.choices?.[0]?.value, offer)
    expect(reuser.lastMessage()).toSay('Ho già mandato queste parole')
    expect(
      place('#laboratorio')
        .messages()
        .filter(({ text }) => text.includes('dodici')),
    ).toHaveLength(1)
  })
  test('in English, and «no» brings the help', async () => {
    const { reuser, place } = await community()
    await asks(reuser)
    await reuser.says('lingua en')
    await reuser.says('by the way')
    expect(reuser.lastMessage()).toSay('Shall I send it to R-2027-0001?')
    await reuser.says('2')
    expect(reuser.lastMessage()).toSay('what you can do')
    expect(place('#laboratorio').lastMessage()).not.toSay('by the way')
  })
  test('with several, it asks which; with none, it is the menu', async () => {
    const { reuser, provider, place } = await community()
    await asks(reuser)
    await asks(reuser, { practice: 'sportello-unico' })
    await reuser.says('una cosa in più')
    expect(reuser.lastMessage().choices?.map(({ action }) => action)).toEqual([
      'laboratories.send',
      'laboratories.send',
      'core.run',
    ])
    await reuser.picks(2)
    expect(place('#laboratorio').lastMessage()).toSay(/R-2027-0001:[\s\S]*una cosa in più/)
    await provider.says('una cosa in più')
    expect(provider.lastMessage()).toSay('Posso aiutarti così')
  })
})

describe('after it is solved', () => {
  test.each(['Grazie mille!', 'ok', 'thank you'])('«%s» does not reopen', async thanks => {
    const { reuser, operator, place } = await community()
    const root = await asks(reuser)
    await operator.says('richiesta risolvi R-2027-0001 fatto')
    await operator.answers({})
    await reuser.says(thanks, { thread: root.ref })
    expect(cardNow(place('#laboratorio'))).toSay('· risolta')
    expect(place('#laboratorio').lastMessage()).toSay(thanks)
  })
  test('a reply does, and it does not close by itself', async () => {
    const { reuser, operator, place, moveTo } = await community()
    await asks(reuser)
    await operator.says('richiesta risolvi R-2027-0001 fatto')
    await operator.answers({})
    await reuser.says('Grazie, ma non va ancora', { thread: reuser.lastMessage().ref })
    expect(reuser.lastMessage()).toSay('Ho riaperto R-2027-0001')
    expect(place('#laboratorio').lastMessage()).toSay('Chi ha chiesto ha riaperto R-2027-0001')
    await moveTo('2027-01-25T09:00:00Z')
    expect(cardNow(place('#laboratorio'))).toSay('· in carico')
  })
  test('a rating may come with a comment, which no place shows', async () => {
    const { reuser, operator, place } = await community()
    await asks(reuser)
    await operator.says('richiesta risolvi R-2027-0001 fatto')
    await operator.answers({})
    await reuser.picks(1)
    expect(reuser.lastMessage()).toOffer('laboratories.reopen')
    await reuser.presses('laboratories.comment')
    await reuser.answers({ comment: 'Ho aspettato molto' })
    expect(cardNow(place('#laboratorio'))).not.toSay('Ho aspettato molto')
    await operator.says('richiesta R-2027-0001')
    expect(operator.lastMessage()).toSay(/1 su 5[\s\S]*Ho aspettato molto/)
  })
})

test('where no laboratory covers it, the coordinators answer', async () => {
  const { reuser, coordinator, operator, place } = await community({ prepare: covering({ communities: ['welfare'] }) })
  const root = await asks(reuser)
  expect(root).toSay('Nessun laboratorio copre questo caso')
  const card = cardIn(place('#coordinamento'))
  expect(place('#laboratorio').messages()).toEqual([])
  await coordinator.says('Vi chiamo io', { in: '#coordinamento', thread: card.ref })
  expect(reuser.lastMessage()).toSay('Vi chiamo io')
  await operator.says('richiesta prendi R-2027-0001')
  expect(operator.lastMessage()).toSay('Non trovo la richiesta')
  await coordinator.presses('laboratories.transfer', undefined, card)
  await coordinator.answers({ laboratory: 'laboratorio-umbria', reason: 'È più adatto' })
  expect(reuser.lastMessage()).toSay(/Di R-2027-0001 ora si occupa Laboratorio Umbria[\s\S]*È più adatto/)
  expect(cardIn(place('#laboratorio'))).toOffer('laboratories.take')
  expect(place('#laboratorio').lastMessage()).toSay('È più adatto')
  expect(cardNow(place('#coordinamento'))).toSay('R-2027-0001 non è più qui')
})
