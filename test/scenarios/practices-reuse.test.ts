import { expect, test } from 'vitest'
import { activeAdoptions, adoptionsOfPractice, adoptionsOwnedBy } from '#src/features/practices/store.ts'
import { type Community, community, testOffMatrix } from '#test/support/community.ts'
import { published } from '#test/support/practices.ts'
import '#test/support/matchers.ts'

/** Perugia uses P-0005, and says that it holds it. */
async function claimed(): Promise<Community> {
  const bot = await community()
  await published(bot)
  await bot.reuser.says('pratica riusa P-0005')
  await bot.reuser.says('riusi avanza P-0005')
  await bot.reuser.says('riusi avanza P-0005')
  await bot.reuser.presses('practices.claim')
  return bot
}

testOffMatrix('La riusiamo opens an adoption, each step dated, up to in use', async () => {
  const bot = await community()
  await published(bot)
  await bot.reuser.presses('practices.adopt', undefined, bot.place('#suape').lastMessage())

  const card = bot.reuser.messages().find(({ to, text }) => to === 'dm:reuser' && text.includes('Ho aperto il riuso'))
  expect(card).toSay('Interessati: 11 gennaio 2027')
  expect(bot.reuser.messages().find(({ to }) => to === '#suape')).toMatchObject({ onlyFor: 'reuser' })
  await bot.moveTo('2027-01-18T09:00:00Z')
  await bot.reuser.presses('practices.advance')
  expect(bot.reuser.lastMessage()).toSay('In installazione: 18 gennaio 2027')
  await bot.moveTo('2027-01-25T09:00:00Z')
  await bot.reuser.presses('practices.advance')
  expect(bot.reuser.lastMessage()).toSay('In uso: 25 gennaio 2027')
  expect(bot.reuser.lastMessage()).toOffer('practices.claim')
})

test('pressed twice, a button leads once where it says, and tells how things stand', async () => {
  const bot = await community()
  await published(bot)
  const announced = bot.place('#suape').lastMessage()
  await bot.reuser.presses('practices.adopt', undefined, announced)
  await bot.reuser.says('riusi')
  const list = bot.reuser.lastMessage()
  const deploying = list.choices?.find(({ label }) => label.startsWith('P-0005'))

  await bot.reuser.presses('practices.advance', deploying?.value, list)
  await bot.reuser.presses('practices.advance', deploying?.value, list)
  expect(bot.reuser.lastMessage()).toSay('Comune di Perugia sta installando P-0005')
  await bot.reuser.says('pratica riusa P-0005')
  expect(bot.reuser.lastMessage()).toSay('Comune di Perugia sta installando P-0005')
  expect(bot.reuser.lastMessage()).toOffer('practices.advance')
})

test('the card offers the step that comes next, and support only to administrations', async () => {
  const bot = await community()
  await bot.reuser.says('pratica P-0001')
  expect(bot.reuser.lastMessage()).toOffer('practices.advance', 'sportello-unico+comune-perugia|in-use')
  expect(bot.reuser.lastMessage()).not.toOffer('practices.adopt')
  await bot.reuser.says('pratica P-0002')
  expect(bot.reuser.lastMessage()).toOffer('practices.adopt')

  await bot.supplier.says('pratica P-0002')
  expect(bot.supplier.lastMessage()).not.toOffer('laboratories.ask')
})

test('riusi lists what the organization reuses, with the next step of each', async () => {
  const bot = await community()
  await published(bot)
  await bot.reuser.says('pratica riusa P-0005')

  await bot.reuser.says('riusi')

  expect(bot.reuser.lastMessage()).toSay('Comune di Perugia: 2 riusi.')
  expect(bot.reuser.lastMessage()).toSay('P-0001 · Sportello unico digitale (SUAPE): In installazione')
  expect(bot.reuser.lastMessage()).toSay('P-0005 · Pratiche edilizie in chiaro: Interessati (11 gennaio 2027)')
  await bot.provider.says('reuses')
  expect(bot.provider.lastMessage()).toSay('Comune di Terni: un riuso.')
})

test('who cannot reuse hears why', async () => {
  const bot = await community()
  await published(bot)
  const announced = bot.place('#ocpa').lastMessage()

  await bot.supplier.presses('practices.adopt', undefined, announced)
  expect(bot.supplier.lastMessage()).toSay('Come soggetto economico puoi leggerle.')
  await bot.administrator.presses('practices.adopt', undefined, announced)
  expect(bot.administrator.lastMessage()).toSay('Scrivi profilo e dimmelo')
  await bot.provider.presses('practices.adopt', undefined, announced)
  expect(bot.provider.lastMessage()).toSay('la cede il tuo ente: Comune di Terni')
  await bot.newcomer.presses('practices.adopt', undefined, announced)
  expect(bot.newcomer.lastMessage()).toSay('Per entrare in una comunità scrivi entra.')
  expect(await bot.read(tx => activeAdoptions(tx))).toHaveLength(1)
})

test('nobody moves another organization’s reuse', async () => {
  const bot = await community()
  await published(bot)
  await bot.reuser.says('pratica riusa P-0005')
  const card = bot.reuser.lastMessage()

  const value = card.choices?.find(({ action }) => action === 'practices.advance')?.value
  await bot.line({ as: 'provider', choose: 'practices.advance', value, ref: card.ref }).catch(() => [])
  await bot.provider.says('riusi avanza P-0005')

  expect(bot.provider.lastMessage()).toSay('Il tuo ente non ha un riuso di P-0005')
  await bot.reuser.says('riusi')
  expect(bot.reuser.lastMessage()).toSay('Pratiche edilizie in chiaro: Interessati')
})

test('becoming a holder is confirmed by the provider, and is good news for the community', async () => {
  const bot = await claimed()
  expect(bot.reuser.lastMessage()).toSay('Ho chiesto conferma per P-0005')
  const asked = bot.coordinator.lastMessage()
  for (const person of [bot.provider, bot.coordinator]) {
    expect(person.lastMessage()).toSay('Comune di Perugia dice che ora detiene P-0005, Pratiche edilizie in chiaro.')
    expect(person.lastMessage().choices?.map(({ label }) => label)).toEqual(['Confermo', 'Non ancora', 'Dettagli'])
  }

  await bot.provider.presses('practices.confirm')

  expect(bot.place('#suape').lastMessage()).toSay(
    'Buona notizia! Comune di Perugia ora detiene Pratiche edilizie in chiaro',
  )
  expect(bot.place('#suape').lastMessage()).toSay('Grazie, Comune di Perugia e Comune di Terni!')
  expect(bot.place('#suape').lastMessage().text).not.toMatch(/Sportello (Perugia|Terni)/)
  expect(bot.reuser.lastMessage()).toSay('È confermato: Comune di Perugia detiene P-0005')
  expect(bot.reuser.lastMessage()).toSay('Detentore: 11 gennaio 2027')
  expect(bot.coordinator.lastMessage()).toMatchObject({ ref: asked.ref, edit: true })
  expect(bot.coordinator.lastMessage()).toSay('confermato')
  await bot.coordinator.says('riusi conferma P-0005')
  expect(bot.coordinator.lastMessage()).toSay('Nessun ente aspetta conferma per P-0005')
  expect(
    bot
      .place('#suape')
      .messages()
      .filter(({ text }) => text.includes('Buona notizia')),
  ).toHaveLength(1)
})

test('not yet: the reuser hears it, and can ask again', async () => {
  const bot = await claimed()

  await bot.coordinator.says('riusi non ancora P-0005 perugia')
  expect(bot.reuser.lastMessage()).toSay('Per ora Comune di Perugia resta tra chi usa P-0005')
  await bot.reuser.says('riusi detentore P-0005')
  await bot.coordinator.says('reuses confirm P-0005')

  expect(bot.reuser.lastMessage()).toSay('È confermato')
  await bot.newcomer.says('pratica P-0005')
  expect(bot.newcomer.lastMessage()).toSay('La detiene: Comune di Perugia')
})

test('a claim is made once, and only the provider or a coordinator decides it', async () => {
  const bot = await claimed()

  await bot.reuser.says('riusi avanza P-0005')
  expect(bot.reuser.lastMessage()).toSay('Ho chiesto conferma a chi la cede e a chi coordina.')
  expect(bot.provider.messages().filter(({ text }) => text.includes('dice che ora detiene'))).toHaveLength(1)
  await bot.reuser.says('riusi conferma P-0005')
  expect(bot.reuser.lastMessage()).toSay('Può confermarlo Comune di Terni')
})

test('whoever pressed answers for the adoption', async () => {
  const bot = await community()
  await published(bot)
  await bot.reuser.says('practice reuse P-0005')

  const [opened] = await bot.read(tx => adoptionsOfPractice(tx, 'sportello-unico'))
  const owner = (await bot.read(tx => activeAdoptions(tx))).at(-1)?.owner ?? ''
  const owned = await bot.read(tx => adoptionsOwnedBy(tx, owner))
  expect(opened?.organizationName).toBe('Comune di Perugia')
  expect(owned.map(({ number, organizationName }) => `${number} ${organizationName}`)).toEqual([
    '1 Comune di Perugia',
    '5 Comune di Perugia',
  ])
})

test('in English: reuse, claim, confirm', async () => {
  const bot = await community()
  await published(bot)
  await bot.reuser.says('lingua en')
  await bot.provider.says('language en')

  await bot.reuser.presses('practices.adopt', undefined, bot.place('#ocpa').lastMessage())
  expect(bot.reuser.messages().at(-2)).toSay(
    'I have opened the reuse of P-0005, Pratiche edilizie in chiaro, for Comune di Perugia.',
  )
  await bot.reuser.says('reuses advance P-0005')
  await bot.reuser.says('reuses advance P-0005')
  expect(bot.reuser.lastMessage()).toSay(/In use: 11 January 2027/)
  await bot.reuser.says('reuses holder P-0005')
  expect(bot.provider.lastMessage()).toSay('Comune di Perugia says that it now holds P-0005')
  await bot.provider.says('reuses confirm P-0005 Comune di Perugia')

  expect(bot.reuser.lastMessage()).toSay('It is confirmed: Comune di Perugia holds P-0005')
  expect(bot.place('#suape').lastMessage()).toSay('Buona notizia!')
})
