import { expect, test } from 'vitest'
import { communitiesOf, memberCount } from '#src/features/communities/store.ts'
import { memberNamed } from '#src/storage/members.ts'
import { rolesOf } from '#src/storage/roles.ts'
import { type Community, community } from '#test/support/community.ts'

const inside = (here: Community, person = 'newcomer') =>
  here.read(async tx => communitiesOf(tx, (await memberNamed(tx, person))!.id))

test('`comunità` tells what each is about and how many are there', async () => {
  const { newcomer } = await community()

  await newcomer.says('comunità')

  expect(newcomer.lastMessage()).toSay(
    'SUAPE, Ambiente, Energia e Territorio: Umbria · 2 persone, 2 pratiche: Conferenza dei servizi in rete, Sportello unico digitale (SUAPE)',
  )
  expect(newcomer.lastMessage()).toOffer('communities.enter', 'welfare')
})

test('the digest counts who came, and once a month how far each community has come', async () => {
  const here = await community()
  await here.newcomer.joins('#suape')
  await here.newcomer.presses('communities.begin', 'suape')
  await here.newcomer.answers({ organization: 'Comune di Todi', role: 'Sportello', introduce: 'no' })

  await here.moveTo('2027-01-18T08:00:00Z')
  const weekly = here.place('#coordinamento').lastMessage()
  expect(weekly).toSay('SUAPE, Ambiente, Energia e Territorio: 1 persona nuova')
  expect(weekly).not.toSay('può raggiungere')
  expect(weekly).not.toSay('Nuovo Arrivo')
  await here.moveTo('2027-01-25T08:00:00Z')
  expect(here.place('#coordinamento').lastMessage()).not.toSay('SUAPE, Ambiente')

  await here.coordinator.says('lingua en')
  await here.moveTo('2027-02-12T08:00:00Z')
  await here.coordinator.says('digest january')
  expect(here.coordinator.lastMessage()).toSay(
    'Territory: 1 new person, 3 people in all; it can reach 92 administrations',
  )
})

test('`esci` asks first, and tells how to come back', async () => {
  const here = await community()
  const { reuser } = here
  await reuser.says('esci')
  await reuser.presses('communities.stay')
  expect(await inside(here, 'reuser')).toEqual(['suape'])

  await reuser.says('leave')
  await reuser.presses('communities.leave', 'suape')

  expect(reuser.lastMessage()).toSay('entra suape')
  expect(reuser.lastMessage()).toOffer('communities.enter', 'suape')
  expect(await inside(here, 'reuser')).toEqual([])
  expect(await here.read(async tx => rolesOf(tx, (await memberNamed(tx, 'reuser'))!.id))).not.toContain('member')
  await reuser.says('esci suape')
  expect(reuser.lastMessage()).toSay('Non fai parte della comunità')
})

test('a name that is not whole asks first', async () => {
  const here = await community()
  await here.reuser.says('esci s')
  expect(here.reuser.lastMessage()).toSay('Vuoi uscire dalla comunità SUAPE, Ambiente, Energia e Territorio?')
  expect(await inside(here, 'reuser')).toEqual(['suape'])
  await here.reuser.presses('communities.leave', 'suape')
  expect(await inside(here, 'reuser')).toEqual([])
  await here.reuser.says('esci s')
  expect(here.reuser.lastMessage()).toSay('Non fai parte della comunità')
})

test('`esci` with several communities asks which', async () => {
  const here = await community()
  await here.reuser.says('entra welfare')

  await here.reuser.says('esci')
  expect(here.reuser.lastMessage()).toOffer('communities.leave', 'suape')
  await here.reuser.presses('communities.leave', 'welfare')

  expect(await inside(here, 'reuser')).toEqual(['suape'])
})

test('who leaves in the middle of the questions is asked no more', async () => {
  const here = await community()
  await here.newcomer.says('entra suape')
  await here.newcomer.says('comincia')

  await here.newcomer.says('esci suape')
  expect(here.newcomer.lastMessage()).toSay('non ti chiedo altro')
  expect(here.newcomer.lastMessage()).not.toSay('strada fatta insieme')

  await expect(here.newcomer.answers({ role: 'Sportello' })).rejects.toThrow()
  expect(await inside(here)).toEqual([])
})

test('who leaves the place leaves the community, and hears so in private', async () => {
  const here = await community()
  const { reuser } = here

  await reuser.leaves('#suape')

  expect(await here.read(tx => memberCount(tx, 'suape'))).toBe(1)
  expect(reuser.lastMessage()).toMatchObject({ to: 'dm:reuser' })
  expect(reuser.lastMessage()).toSay(/^Hai lasciato #?suape, e con questo la comunità/)
  expect(reuser.lastMessage()).toOffer('communities.enter', 'suape')
})

test('who was not in the community yet leaves only the place', async () => {
  const here = await community()
  const { newcomer } = here
  await newcomer.joins('#welfare')
  await newcomer.leaves('#welfare')

  expect(newcomer.lastMessage()).toSay(/^Hai lasciato #?welfare\. Per la comunità Welfare non ti chiedo altro\./)
})

test.each([
  ['profilo', ['Una persona nuova']],
  ['esci suape', []],
  ['privacy cancella conferma', []],
])(
  'who comes in the evening and writes «%s» before morning is introduced as %o: not when she has gone',
  async (words, told) => {
    const here = await community({ at: '2027-01-14T21:00:00Z' })
    await here.newcomer.joins('#suape')
    await here.newcomer.presses('communities.begin', 'suape')
    await here.newcomer.answers({
      organization: 'Comune di Todi',
      role: 'Sportello',
      introduce: 'yes',
      brings: 'Pazienza',
    })
    await here.newcomer.says(words)
    await here.moveTo('2027-01-15T08:00:00Z')
    const opening = here
      .place('#suape')
      .messages()
      .map(({ text }) => text.slice(0, 'Una persona nuova'.length))
    expect(opening).toEqual(told)
  },
)
