import { expect, test } from 'vitest'
import { type Community, community } from '#test/support/community.ts'

const told = { organization: 'Comune di Foligno', role: 'Sportello', brings: 'Esperienza', introduce: 'yes' }
const reminders = ({ newcomer }: Community) =>
  newcomer.messages().filter(({ text }) => /Ti manca poco|You are almost/.test(text))

test('a form left open is recalled once, after three working days, and never again', async () => {
  const here = await community({ at: '2027-01-08T09:00:00Z' }) // a Friday
  await here.newcomer.joins('#suape')

  await here.moveTo('2027-01-13T08:59:00Z') // Monday, Tuesday, Wednesday
  expect(reminders(here)).toHaveLength(0)
  await here.moveTo('2027-01-13T09:00:00Z')
  expect(reminders(here)).toHaveLength(1)
  expect(here.newcomer.lastMessage()).toOffer('communities.begin', 'suape')
  expect(here.newcomer.lastMessage()).toOffer('communities.leave', 'suape')

  await here.moveTo('2027-02-26T09:00:00Z')
  await here.newcomer.leaves('#suape')
  await here.newcomer.joins('#suape')
  await here.moveTo('2027-03-31T09:00:00Z')
  expect(reminders(here)).toHaveLength(1)
})

test('the reminder comes at a humane hour', async () => {
  const here = await community({ at: '2027-01-11T20:30:00Z' })
  await here.newcomer.says('join suape')

  await here.moveTo('2027-01-15T07:59:00Z')
  expect(reminders(here)).toHaveLength(0)
  await here.moveTo('2027-01-15T08:00:00Z') // 9:00 in Rome

  expect(reminders(here)).toHaveLength(1)
})

test.each([
  [
    'who finishes',
    async ({ newcomer }: Community) => {
      await newcomer.presses('communities.begin', 'suape')
      await newcomer.answers(told)
    },
  ],
  ['who leaves', async ({ newcomer }: Community) => newcomer.leaves('#suape')],
  ['who says no', async ({ newcomer }: Community) => newcomer.says('esci suape')],
] as const)('%s is not reminded', async (_, act) => {
  const here = await community()
  await here.newcomer.joins('#suape')

  await act(here)
  await here.moveTo('2027-02-26T09:00:00Z')

  expect(reminders(here)).toHaveLength(0)
})

test('a pause holds the reminder; when she finishes meanwhile it never comes', async () => {
  const here = await community()
  const paused = await community()
  for (const each of [here, paused]) {
    await each.newcomer.joins('#suape')
    await each.newcomer.says('pausa 2 settimane')
    expect(each.newcomer.lastMessage()).toSay('fino a lunedì 25 gennaio alle 10:00')
    await each.moveTo('2027-01-25T08:59:00Z')
    expect(reminders(each)).toHaveLength(0)
  }
  await here.newcomer.presses('communities.begin', 'suape')
  await here.newcomer.answers(told)

  await here.moveTo('2027-01-26T09:00:00Z')
  await paused.moveTo('2027-01-26T09:00:00Z')

  expect(reminders(here)).toHaveLength(0)
  expect(reminders(paused)).toHaveLength(1)
})

test('what a pause held back comes when it ends, also when it ends early', async () => {
  const here = await community()
  const asked = (who = here.reuser) => who.messages().filter(({ text }) => text.startsWith('È aperta la verifica'))
  await here.reuser.says('pausa 1 mese')
  await here.provider.says('pausa 03/02/2027')

  await here.moveTo('2027-02-02T08:00:00Z')
  expect(asked()).toHaveLength(0)
  expect(asked(here.provider)).toHaveLength(0)
  await here.reuser.says('pausa fine')
  expect(asked()).toHaveLength(1)
  await here.moveTo('2027-02-03T08:00:00Z')

  expect(asked(here.provider)).toHaveLength(1)
  expect(asked()).toHaveLength(1)
})

test('a pause can be ended, changed, and asked for in many ways', async () => {
  const { reuser } = await community()

  await reuser.says('pausa')
  expect(reuser.lastMessage()).toOffer('communities.pause', 'P2W')
  await reuser.presses('communities.pause', 'P1M')
  expect(reuser.lastMessage()).toSay('giovedì 11 febbraio alle 10:00')
  await reuser.says('pausa')
  expect(reuser.lastMessage()).toSay('Sei in pausa fino a giovedì 11 febbraio')
  await reuser.presses('communities.pause', 'end')
  expect(reuser.lastMessage()).toSay('La pausa è finita')
  await reuser.says('pause stop')
  expect(reuser.lastMessage()).toSay('Non hai una pausa aperta')
  await reuser.says('pause 15/03/2027')
  expect(reuser.lastMessage()).toSay('lunedì 15 marzo alle 9:00')
  await reuser.says('pausa fino al 20 marzo')
  expect(reuser.lastMessage()).toSay('sabato 20 marzo alle 9:00')
  await reuser.says('pausa un anno')
  expect(reuser.lastMessage()).toSay('fino a martedì 11 gennaio 2028 alle 10:00')
  await reuser.says('pausa due anni')
  expect(reuser.lastMessage()).toSay('al massimo un anno')
  await reuser.says('pausa 01/01/2027')
  expect(reuser.lastMessage()).toSay('già passato')
  await reuser.says('pausa un pochino')
  expect(reuser.lastMessage()).toSay('«un pochino»')
})

test('the language changes at once, whatever language it is asked in', async () => {
  const { reuser } = await community()

  await reuser.says('lingua inglese')
  expect(reuser.lastMessage()).toSay('from now on I speak English')
  await reuser.says('language')
  expect(reuser.lastMessage().choices?.map(({ label }) => label)).toEqual(['italiano', 'English'])
  await reuser.says('lingua klingon')
  expect(reuser.lastMessage()).toSay('“klingon”')
  await reuser.presses('communities.language', 'it')
  expect(reuser.lastMessage()).toSay('da ora ti parlo in italiano')
})

test('the profile shows what is known, and changes', async () => {
  const { reuser, newcomer } = await community()
  await reuser.says('profilo')
  expect(reuser.lastMessage()).toSay('Ente: Comune di Perugia')
  await reuser.presses('communities.edit')
  expect(reuser.form().name).toBe('communities.profile')
  await reuser.answers({ ...told, organization: 'Comune di Perugia', needs: 'Tempo' })

  expect(reuser.lastMessage()).toSay('Ho salvato il tuo profilo')
  expect(reuser.lastMessage()).toSay('Di che cosa hai bisogno: Tempo')

  await newcomer.says('profilo')
  expect(newcomer.lastMessage()).toOffer('core.run', 'communities.join')
})

test('who no longer wants to be introduced is nameless in the place', async () => {
  const { newcomer, place } = await community()
  await newcomer.says('entra suape')
  await newcomer.presses('communities.begin', 'suape')
  await newcomer.answers(told)
  const introduced = place('#suape').lastMessage()
  expect(introduced).toSay('Nuovo Arrivo')

  await newcomer.says('profilo modifica')
  await newcomer.answers({ ...told, introduce: 'no' })

  expect(place('#suape').lastMessage()).toMatchObject({ ref: introduced.ref, edit: true })
  expect(place('#suape').lastMessage().text).toBe(
    'Una persona è entrata nella comunità SUAPE, Ambiente, Energia e Territorio.',
  )
})
