import { expect, test } from 'vitest'
import { answersOf, reviewsOf } from '#src/features/checkins/store.ts'
import { AFTER_CLOSE, AFTER_NEXT_OPENING, AFTER_OPENING, answer, asked, labels, six } from '#test/support/checkins.ts'
import { community, testOffMatrix } from '#test/support/community.ts'

test('an answer says each colour in a line, is kept, and the prompt follows', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)

  await bot.reuser.presses('checkins.answer', '2027-01/line:L2T')
  const { name, fields } = bot.reuser.form()
  expect(name).toBe('checkins.answer')
  expect(fields.map(field => field.name)).toEqual(['status', 'done', 'next', 'blocks', 'support'])
  expect(fields[0]!.options).toEqual([
    { value: 'green', label: 'Verde: va come previsto' },
    { value: 'amber', label: "Giallo: in ritardo, ma c'è un piano" },
    { value: 'red', label: 'Rosso: senza aiuto non si recupera' },
  ])
  await bot.reuser.answers({ status: 'amber', done: 'Sito pronto', next: 'Newsletter', blocks: 'Manca la firma' })

  expect(bot.reuser.lastMessage()).toSay('Ho salvato L2T Comunicazione: giallo.')
  expect(bot.reuser.lastMessage()).toSay('Ti mancano 2 voci: A2 e P-0077.')
  const prompt = bot.reuser.messages().findLast(({ edit }) => edit)
  expect(prompt!.ref).toBe(asked(bot.reuser)[0]!.ref)
  expect(prompt).toSay('ti mancano ancora 2 voci')
  expect(prompt).toSay('L2T Comunicazione: giallo')
})

test('an answer can be changed until the close, starting from what was written', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  await answer(bot.reuser, 'A2', { status: 'green', done: 'Primo tavolo', support: 'yes' })

  await bot.reuser.presses('checkins.answer', '2027-01/action:A2')
  const known = Object.fromEntries(bot.reuser.form().fields.map(field => [field.name, field.known]))
  expect(known).toEqual({ status: 'green', done: 'Primo tavolo', next: undefined, blocks: undefined, support: 'yes' })
  await bot.reuser.answers({ status: 'red', done: '', blocks: 'Nessuna data', support: 'no' })

  const [kept, ...more] = await bot.read(tx => answersOf(tx, '2027-01'))
  expect(more).toHaveLength(0)
  expect(kept).toMatchObject({
    item: 'A2',
    status: 'red',
    done: null,
    blocks: 'Nessuna data',
    support: false,
    late: false,
  })
})

test('«serve supporto» offers to open a request, for the practice of an adoption', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)

  await answer(bot.reuser, 'A2', { status: 'red', support: 'yes' })
  expect(bot.reuser.lastMessage()).toOffer('core.run', 'laboratories.request')
  await answer(bot.reuser, 'P-0077', { status: 'red', support: 'yes' })
  expect(bot.reuser.lastMessage()).toOffer('laboratories.ask', 'practice-suape')
  await answer(bot.reuser, 'L2T', { status: 'green', support: 'no' })
  expect(labels(bot.reuser.lastMessage())).toEqual([])
})

test("last month's answer is shown, and «come il mese scorso» takes it over", async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  await answer(bot.reuser, 'L2T', { status: 'amber', done: 'Sito', next: 'News', blocks: 'Firma', support: 'yes' })
  await bot.moveTo(AFTER_NEXT_OPENING)

  const prompt = bot.reuser.lastMessage()
  expect(prompt).toSay(
    '> Il mese scorso: giallo.\n> Fatto: Sito\n> Prossimo passo: News\n> Blocca: Firma\n> Serviva supporto.',
  )
  expect(labels(prompt).filter(label => label.includes('come il mese scorso'))).toEqual(['L2T: come il mese scorso'])
  await bot.reuser.presses('checkins.same', '2027-02/line:L2T')

  expect(bot.reuser.lastMessage()).toSay('Ho salvato L2T Comunicazione: giallo, come il mese prima.')
  const [kept] = await bot.read(tx => answersOf(tx, '2027-02'))
  expect(kept).toMatchObject({
    item: 'L2T',
    status: 'amber',
    done: 'Sito',
    next: 'News',
    blocks: 'Firma',
    support: true,
  })
  await bot.reuser.says('verifica uguale A2')
  expect(bot.reuser.lastMessage()).toSay("non c'è una risposta del mese scorso")
})

testOffMatrix('a risk is reviewed from 1 to 5, with what changed', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)

  await bot.operator.presses('checkins.review', '2027-01/risk:R3')
  await bot.operator.answers({ likelihood: '0', impact: '6' })
  expect(Object.keys(bot.operator.problems())).toEqual(['likelihood', 'impact'])
  await bot.operator.answers({ likelihood: '2', impact: '5', change: 'Un comune nuovo' })
  expect(bot.operator.lastMessage()).toSay('Ho salvato R3 Interessi diversi: probabilità 2, impatto 5.')

  await bot.moveTo(AFTER_NEXT_OPENING)
  expect(bot.operator.lastMessage()).toSay('> Nella verifica di gennaio 2027: probabilità 2, impatto 5.')
  await bot.operator.says('checkin risk r3')
  const known = Object.fromEntries(bot.operator.form().fields.map(field => [field.name, field.known]))
  expect(known).toEqual({ likelihood: '2', impact: '5', change: undefined })
  await bot.operator.answers({ likelihood: '3', impact: '5' })
  expect(bot.operator.lastMessage()).toSay(/probabilità 3 \(era 2\), impatto 5\./)
  expect(await bot.read(tx => reviewsOf(tx, '2027-01'))).toMatchObject([
    { risk: 'R3', change: 'Un comune nuovo', late: false },
  ])
})

test('only who owns it answers, and a refusal says who; the administrator may', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)

  await bot.reuser.says('verifica rispondi L1T')
  expect(bot.reuser.lastMessage()).toSay(/Per L1T Gestione può rispondere .+\./)
  expect(bot.reuser.lastMessage()).toOffer('checkins.answer', '2027-01/action:A2')
  await bot.reuser.says('verifica rispondi A4')
  expect(bot.reuser.lastMessage()).toSay('A4 Sito non ha ancora un referente.')
  await bot.reuser.says('verifica rispondi Z9')
  expect(bot.reuser.lastMessage()).toSay('Non trovo «Z9». Le tue voci sono: A2, L2T e P-0077.')
  await bot.newcomer.says('verifica')
  expect(bot.newcomer.lastMessage()).toSay('Questo può farlo')

  await answer(bot.administrator, 'L1T', { status: 'green' })
  expect(bot.administrator.lastMessage()).toSay('Ho salvato L1T Gestione: verde.')
  expect(bot.coordinator.lastMessage()).toSay('L1T Gestione: verde')
})

test('a late answer is kept and marked; one given in time stands', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)
  await answer(bot.reuser, 'A2', { status: 'green' })
  await bot.moveTo(AFTER_CLOSE)

  await answer(bot.reuser, 'L2T', { status: 'amber' })
  expect(bot.reuser.lastMessage()).toSay('Ho salvato L2T Comunicazione: giallo (risposta in ritardo).')
  expect(bot.reuser.lastMessage()).toSay('è già chiusa: tengo la risposta e la segno in ritardo')
  await answer(bot.reuser, 'L2T', { status: 'red' })
  await bot.reuser.says('verifica rispondi A2')
  expect(bot.reuser.lastMessage()).toSay("La tua risposta resta com'era. A2 Tavoli: verde.")

  expect(await bot.read(tx => answersOf(tx, '2027-01'))).toMatchObject([
    { item: 'A2', status: 'green', late: false },
    { item: 'L2T', status: 'red', late: true },
  ])
})

test('a form that was open when it closed is late; one about an answer in time changes nothing', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo('2027-02-09T16:00:00Z')
  await answer(bot.reuser, 'A2', { status: 'green' })
  await bot.reuser.says('verifica rispondi A2')
  await bot.moveTo(AFTER_CLOSE)
  await bot.reuser.answers({ status: 'red' })

  expect(bot.reuser.lastMessage()).toSay("La tua risposta resta com'era")
  expect(await bot.read(tx => answersOf(tx, '2027-01'))).toMatchObject([{ item: 'A2', status: 'green' }])
})

testOffMatrix('hostile words are shown as they are, and unknown things are refused', async () => {
  const bot = await community({ prepare: six() })
  await bot.moveTo(AFTER_OPENING)

  await bot.reuser.says(`verifica rispondi *@canale* <b>${'x'.repeat(5000)}`)
  expect(bot.reuser.lastMessage()).toSay('Non trovo «*@canale* <b>xxx')
  await bot.reuser.presses('checkins.answer', '2027-01/line:L2T')
  await bot.reuser.answers({ status: 'purple', done: 'x'.repeat(1001) })
  expect(Object.keys(bot.reuser.problems())).toEqual(['status', 'done'])
  await bot.reuser.answers({ status: 'green', done: '', next: '**tutti** <@here> `a`' })
  await bot.moveTo(AFTER_NEXT_OPENING)
  expect(bot.reuser.lastMessage()).toSay('> Prossimo passo: **tutti** <@here> `a`')
  expect(await bot.read(tx => answersOf(tx, '2027-02'))).toHaveLength(0)
})

test('each form says what it asks about', async () => {
  const bot = await community()
  await bot.moveTo('2027-02-01T08:05:00Z')
  await bot.reuser.says('verifica rispondi A4')
  expect(bot.reuser.form().title).toBe('Come va? · A4')
  await bot.operator.says('language en')
  await bot.operator.says('checkin risk R2')
  expect(bot.operator.form().title).toMatch(/ · R2$/)
  await bot.provider.says('pratica modifica P-0001')
  expect(bot.provider.form().title).toBe('Aggiorna la pratica · P-0001')
})
