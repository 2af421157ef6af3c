import { expect, test } from 'vitest'
import { community } from '#test/support/community.ts'
import { proposes, published } from '#test/support/practices.ts'
import '#test/support/matchers.ts'

test('two who edit at the same time change what each has changed, and nothing else', async () => {
  const bot = await community()
  await published(bot)
  await bot.coordinator.says('pratica modifica P-0005')
  await bot.provider.says('pratica modifica P-0005')
  await bot.provider.answers({ summary: 'Un riassunto migliore, di chi la cede' })
  await bot.coordinator.answers({ version: '2.1' })

  const card = bot.place('#suape').messages()[0]
  const now = bot
    .place('#suape')
    .messages()
    .findLast(({ ref }) => ref === card?.ref)
  expect(now).toSay('Un riassunto migliore, di chi la cede')
  expect(now).toSay('Versione del KIT: 2.1')
})

test('a new kit version edits the announcement where it stands, and its thread says what changed', async () => {
  const bot = await community()
  await published(bot)
  const announced = bot.place('#suape').lastMessage()
  await bot.moveTo('2027-01-12T09:00:00Z')

  await bot.provider.says('pratica modifica P-0005')
  await bot.provider.answers({ version: '2.1' })

  for (const name of ['#suape', '#ocpa']) {
    const first = bot.place(name).messages()[0]
    const edited = bot
      .place(name)
      .messages()
      .findLast(({ ref }) => ref === first?.ref)
    expect(edited).toMatchObject({ edit: true })
    expect(edited).toSay('Versione del KIT: 2.1')
    expect(edited).toSay('Aggiornata martedì 12 gennaio.')
    expect(edited).toOffer('practices.adopt')
    const note = bot
      .place(name)
      .messages()
      .find(({ thread }) => thread === first?.ref)
    expect(note).toSay('Nuova versione del KIT: 2.1')
    expect(note?.text).not.toContain('descrizione')
  }
  expect(
    bot
      .place('#suape')
      .messages()
      .filter(({ edit }) => edit)
      .map(({ ref }) => ref),
  ).toEqual([announced.ref])
})

test('an edit that changes nothing says so, and nobody else hears of it', async () => {
  const bot = await community()
  await published(bot)
  const before = bot.place('#suape').messages().length

  await bot.coordinator.says('pratica modifica P-0005')
  await bot.coordinator.answers({})

  expect(bot.coordinator.lastMessage()).toSay("è rimasta com'era")
  expect(bot.place('#suape').messages()).toHaveLength(before)
})

test('only the provider and the coordinators edit', async () => {
  const bot = await community()
  await published(bot)

  await bot.reuser.says('pratica modifica P-0005')

  expect(bot.reuser.lastMessage()).toSay(
    'Può modificarla Comune di Terni, che la cede, o chi coordina la comunità SUAPE',
  )
})

test('whoever left the community still edits what she proposed, and nothing else', async () => {
  const { provider, coordinator, place } = await community()
  await proposes(provider)
  await provider.says('esci suape')
  await coordinator.says('pratica rimanda P-0005 Manca il KIT.')

  await provider.presses('practices.edit')
  await provider.answers({ title: 'Edilizia in chiaro' })

  expect(provider.lastMessage()).toSay('Ho aggiornato la proposta P-0005')
  expect(place('#coordinamento').lastMessage()).toSay('Edilizia in chiaro')
  await provider.says('pratica P-0001')
  expect(provider.lastMessage()).not.toOffer('practices.edit')
  await coordinator.says('pratica pubblica P-0005')
  await provider.says('pratica modifica P-0005')
  expect(provider.lastMessage()).toSay('Questo può farlo chi fa parte di una comunità')
})

test('moved to another community, it is announced there', async () => {
  const bot = await community()
  await published(bot)

  await bot.coordinator.says('pratica modifica P-0005')
  await bot.coordinator.answers({ community: 'digitale' })

  expect(bot.place('#digitale').lastMessage()).toSay('Nuova buona pratica nella comunità Transizione')
  expect(bot.place('#suape').lastMessage()).toSay(/Ora sta nella comunità Transizione/)
})

test('withdrawing says why, where it was announced and in the thread', async () => {
  const bot = await community()
  await published(bot)
  const announced = bot.place('#suape').lastMessage()

  await bot.provider.says('pratica ritira P-0005')
  expect(bot.provider.form().name).toBe('practices.withdraw')
  await bot.provider.answers({ reason: 'La legge è cambiata.' })

  const edited = bot
    .place('#suape')
    .messages()
    .findLast(({ ref }) => ref === announced.ref)
  expect(edited).toSay('Ritirata: Pratiche edilizie in chiaro (P-0005).')
  expect(edited?.choices ?? []).toEqual([])
  expect(bot.place('#suape').lastMessage()).toMatchObject({ thread: announced.ref })
  expect(bot.place('#suape').lastMessage()).toSay('La legge è cambiata.')
  await bot.reuser.presses('practices.adopt', undefined, announced).catch(() => bot.reuser.says('pratica riusa P-0005'))
  expect(bot.reuser.lastMessage()).toSay('ora non si può riusare')
  await bot.reuser.says('pratiche edilizie')
  expect(bot.reuser.lastMessage()).toSay('Per «edilizie» non trovo pratiche.')
  expect(bot.reuser.lastMessage().text).not.toContain('P-0005')
})

test('a practice of the kit was never announced: its changes are told by themselves', async () => {
  const bot = await community()

  await bot.provider.says('pratica modifica P-0001')
  await bot.provider.answers({ version: '3.0' })

  expect(bot.provider.lastMessage()).toSay('Non aveva un annuncio: ho scritto alla comunità che cosa è cambiato.')
  expect(bot.place('#suape').messages()).toHaveLength(1)
  expect(bot.place('#suape').lastMessage()).toSay('Nuova versione del KIT: 3.0')
})

test('an edit of a proposal draws its card again', async () => {
  const bot = await community()
  await proposes(bot.provider)
  const card = bot.place('#coordinamento').lastMessage()

  await bot.provider.presses('practices.edit')
  await bot.provider.answers({ title: 'Un altro titolo' })

  expect(bot.place('#coordinamento').lastMessage()).toMatchObject({ ref: card.ref, edit: true })
  expect(bot.place('#coordinamento').lastMessage()).toSay('Un altro titolo')
  expect(bot.place('#coordinamento').lastMessage()).toOffer('practices.publish')
})

test('who proposed it may withdraw it before it is published', async () => {
  const bot = await community()
  await proposes(bot.reuser)

  await bot.reuser.says('pratica ritira P-0005 Ho sbagliato.')

  expect(bot.reuser.lastMessage()).toSay('Ho ritirato P-0005')
  expect(bot.place('#coordinamento').lastMessage()).toSay(/ritirata/)
  expect(bot.place('#suape').messages()).toEqual([])
})

test.each(['pratica modifica', 'pratica pubblica', 'pratica ritira', 'riusi avanza', 'riusi conferma'])(
  '«%s» without a number shows how it is written',
  async command => {
    const { coordinator } = await community()
    await coordinator.says(command)
    expect(coordinator.lastMessage()).toSay(`${command} P-0012`)
  },
)
