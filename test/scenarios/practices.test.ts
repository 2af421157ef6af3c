import { expect, test } from 'vitest'
import { community, testOffMatrix } from '#test/support/community.ts'
import { aProposal, proposes, published } from '#test/support/practices.ts'
import '#test/support/matchers.ts'

const hostile = '<!channel> @room *a_b* & "x"'

test('a proposal gets its number at once and reaches the coordinators with a preview', async () => {
  const bot = await community()

  await proposes(bot.provider, { title: hostile })

  expect(bot.provider.lastMessage()).toSay(`Ho registrato la proposta P-0005, ${hostile}.`)
  const card = bot.place('#coordinamento').lastMessage()
  for (const action of ['practices.publish', 'practices.changes', 'practices.decline']) expect(card).toOffer(action)
  await bot.coordinator.presses('practices.publish')
  const announced = bot.place('#suape').lastMessage()
  expect(card.text).toContain(announced.text)
  expect(announced).toSay(hostile)
})

test('the form knows her own organization and her own community', async () => {
  const { provider } = await community()
  await provider.says('pratica proponi Una nuova idea')

  const known = Object.fromEntries(provider.form().fields.map(field => [field.name, field.known]))
  expect(known).toMatchObject({ title: 'Una nuova idea', community: 'suape' })
  expect(await provider.searches('provider', 'tern')).toEqual([{ value: known.provider, label: 'Comune di Terni' }])
})

test('publishing announces in the community and in the programme: what it solves, who provides it, kit and licence', async () => {
  const bot = await community()
  await published(bot)

  for (const name of ['#suape', '#ocpa']) {
    const announced = bot.place(name).lastMessage()
    expect(announced).toSay('Che cosa risolve: Chi costruisce vede a che punto è la domanda.')
    expect(announced).toSay('La cede: Comune di Terni')
    expect(announced).toSay('KIT di riuso: https://kit.example.org/edilizia')
    expect(announced).toSay('Licenza: EUPL-1.2')
    expect(announced.choices?.map(({ label }) => label)).toEqual(['La riusiamo', 'Dettagli', 'Chiedi supporto'])
    expect(announced).toOffer('laboratories.ask')
  }
  expect(bot.place('#welfare').messages()).toEqual([])
  expect(bot.provider.lastMessage()).toSay('La tua proposta P-0005, Pratiche edilizie in chiaro, è pubblicata.')
  expect(bot.place('#coordinamento').lastMessage()).toSay('P-0005, Pratiche edilizie in chiaro: pubblicata.')
})

testOffMatrix('what does not fit is told under its field, with an example', async () => {
  const { provider, read } = await community()
  await provider.says('pratica proponi')

  await provider.answers(
    aProposal({
      title: ' ',
      summary: 'x'.repeat(151),
      licence: 'La nostra',
      kit: 'http://kit',
      categories: 'a'.repeat(41),
    }),
  )

  expect(provider.problems()).toEqual({
    title: 'Qui serve una risposta.',
    summary: expect.stringContaining('151'),
    licence: 'Non conosco la licenza «La nostra». Usa il nome SPDX, per esempio EUPL-1.2 o MIT.',
    kit: expect.stringContaining('https://esempio.it/kit'),
    categories: expect.stringContaining('sportello, edilizia'),
  })
  const { practiceByNumber } = await import('#src/features/practices/store.ts')
  expect(await read(tx => practiceByNumber(tx, 5))).toBe(undefined)
})

test('two decide at once: the first counts, and both learn what happened', async () => {
  const bot = await community()
  await proposes(bot.provider)

  await bot.coordinator.says('pratica pubblica P-0005')
  await bot.administrator.says('pratica rifiuta P-0005 troppo tardi')

  expect(bot.administrator.lastMessage()).toSay('P-0005, Pratiche edilizie in chiaro, è già pubblicata.')
  expect(bot.place('#suape').messages()).toHaveLength(1)
})

test('only those who coordinate the community decide, and the others hear who can', async () => {
  const bot = await community()
  await proposes(bot.provider)

  await bot.provider.says('pratica pubblica P-0005')
  expect(bot.provider.lastMessage()).toSay(/Questo può farlo chi coordina una comunità/)
  await bot.newcomer.says('pratica proponi')
  expect(bot.newcomer.lastMessage()).toSay(/Questo può farlo/)
  expect(bot.place('#suape').messages()).toEqual([])
})

test('a proposal is nobody else’s business until it is published', async () => {
  const bot = await community()
  await proposes(bot.provider)

  await bot.reuser.says('pratica P-0005')
  expect(bot.reuser.lastMessage()).toSay('Non trovo P-0005 tra le pratiche pubblicate.')
  await bot.provider.says('pratica P-0005')
  expect(bot.provider.lastMessage()).toSay('Stato: proposta, da decidere')
  await bot.coordinator.says('pratiche proposte')
  expect(bot.coordinator.lastMessage()).toSay('P-0005 · Pratiche edilizie in chiaro: proposta, da decidere')
})

test('declining asks for the reason, and the proposer hears it', async () => {
  const bot = await community()
  await proposes(bot.provider)

  await bot.coordinator.presses('practices.decline')
  expect(bot.coordinator.form().name).toBe('practices.decline')
  await bot.coordinator.answers({ reason: `Esiste già ${hostile}` })

  expect(bot.provider.lastMessage()).toSay('non sarà pubblicata')
  expect(bot.provider.lastMessage()).toSay(`Esiste già ${hostile}`)
  expect(bot.place('#coordinamento').lastMessage()).toSay(/rifiutata/)
  await bot.coordinator.says('pratica pubblica P-0005')
  expect(bot.coordinator.lastMessage()).toSay('è già stata rifiutata')
})

test('changes are asked for, made, and sent again', async () => {
  const bot = await community()
  await proposes(bot.provider)

  await bot.coordinator.says('pratica rimanda P-0005 Manca il costo.')
  const asked = bot.provider.lastMessage()
  expect(asked).toSay('Manca il costo.')
  expect(asked).toOffer('practices.edit')
  const first = bot.place('#coordinamento').lastMessage()
  await bot.provider.presses('practices.edit', undefined, asked)
  expect(bot.provider.form().fields.find(({ name }) => name === 'licence')?.known).toBe('EUPL-1.2')
  await bot.provider.answers({ summary: 'Costa poco.' })

  expect(bot.provider.lastMessage()).toSay('Ho aggiornato la proposta P-0005')
  const card = bot.place('#coordinamento').lastMessage()
  expect(card.ref).not.toBe(first.ref)
  expect(card).toSay('Che cosa risolve: Costa poco.')
  expect(card).toOffer('practices.publish')
  const gone = bot
    .place('#coordinamento')
    .messages()
    .findLast(({ ref }) => ref === first.ref)
  expect(gone).toSay('trovi la nuova scheda più sotto')
  await bot.coordinator.presses('practices.publish')
  expect(bot.place('#suape').lastMessage()).toSay('Costa poco.')
})

test('in English the same conversation works, whatever the commands’ language', async () => {
  const bot = await community()
  await bot.provider.says('lingua en')
  await bot.provider.says('practice propose')
  expect(bot.provider.form().title).toBe('Propose a good practice')
  await bot.provider.answers(aProposal({ title: hostile }))
  expect(bot.provider.lastMessage()).toSay(`I have taken down proposal P-0005, ${hostile}.`)

  await bot.coordinator.says('practice publish P-0005')

  expect(bot.provider.lastMessage()).toSay('is published. I have announced it to the community.')
  expect(bot.place('#suape').lastMessage()).toSay('Che cosa risolve')
  await bot.provider.says('pratica P-0005')
  expect(bot.provider.lastMessage()).toSay('Provided by: Comune di Terni')
})
