import { expect, test } from 'vitest'
import { communitiesOf } from '#src/features/communities/store.ts'
import { memberNamed } from '#src/storage/members.ts'
import { organization } from '#src/storage/organizations.ts'
import { rolesOf } from '#src/storage/roles.ts'
import { type Community, community, testInConsole, testOffMatrix } from '#test/support/community.ts'

const told = {
  organization: 'Comune di Foligno',
  role: 'Responsabile dello sportello',
  interests: 'P-0001',
  brings: 'Dieci anni allo sportello',
  introduce: 'yes',
}
const her = (here: Community, person = 'newcomer') => here.read(async tx => (await memberNamed(tx, person))!)
const inside = (here: Community, person = 'newcomer') =>
  here.read(async tx => communitiesOf(tx, (await memberNamed(tx, person))!.id))

test('who enters a place reads how her data is used, answers, and is welcomed', async () => {
  const here = await community()
  const { newcomer, place } = here

  await newcomer.joins('#suape')

  const notice = newcomer.lastMessage()
  expect(notice.to).toBe('dm:newcomer')
  for (const said of [
    'Regione Umbria',
    'A che cosa servono',
    'Che cosa tengo',
    'I tuoi diritti',
    'privacy@example.org',
  ])
    expect(notice).toSay(said)
  expect(place('#suape').messages()).toHaveLength(0)
  expect(await inside(here)).toEqual([])

  await newcomer.presses('communities.begin', 'suape')
  expect(newcomer.form().fields.map(({ name }) => name)).toEqual([
    'organization',
    'role',
    'interests',
    'brings',
    'needs',
    'introduce',
  ])
  expect(newcomer.form().fields[2]?.options).toContainEqual({
    value: 'P-0001',
    label: 'P-0001 · Sportello unico digitale (SUAPE)',
  })
  await newcomer.answers(told)

  const welcome = newcomer.lastMessage()
  expect(welcome).toSay('P-0001 Sportello unico digitale (SUAPE) · kit (https://kit.example.org/sportello-unico)')
  expect(welcome).toSay('Laboratorio')
  expect(welcome).toSay('Chi coordina: Regia Umbria')
  expect(welcome.choices).toHaveLength(1)
  expect(welcome).toOffer('practices.adopt')
  expect(await inside(here)).toEqual(['suape'])
  expect(await here.read(async tx => rolesOf(tx, (await memberNamed(tx, 'newcomer'))!.id))).toContain('member')
  expect(place('#suape').lastMessage()).toSay('Nuovo Arrivo, Comune di Foligno (Responsabile dello sportello)')
  expect(place('#suape').lastMessage()).toSay('> Dieci anni allo sportello')
  expect(place('#suape').lastMessage()).toSay('Dai il benvenuto')
})

test('the same in English, by command, without an introduction', async () => {
  const here = await community()
  const { newcomer, place } = here
  await newcomer.says('language english')

  await newcomer.says('join suape')
  expect(newcomer.lastMessage()).toSay('Who answers for it: Regione Umbria')
  await newcomer.says('begin')
  expect(newcomer.form().title).toBe('Join the community')
  await newcomer.answers({ ...told, interests: '', needs: 'An agreement to copy', introduce: 'no' })

  expect(newcomer.lastMessage()).toSay('You are now in the community One-stop shops')
  expect(newcomer.lastMessage()).toOffer('core.run', 'laboratories.request')
  expect(place('#suape').messages()).toHaveLength(0)
  expect(await inside(here)).toEqual(['suape'])
})

test('the questions never come before the notice', async () => {
  const here = await community()
  const { newcomer } = here
  await newcomer.joins('#suape')
  const notice = newcomer.lastMessage()
  await newcomer.leaves('#suape')

  const shown = await newcomer.presses('communities.begin', 'suape', { ref: notice.ref! })

  expect(shown.some(each => each.form)).toBe(false)
  expect(newcomer.lastMessage()).toSay('come uso i tuoi dati')
})

testOffMatrix('in a place, `entra` moves to the direct conversation', async () => {
  const { newcomer, place } = await community()

  await newcomer.says('entra suape', { in: '#ocpa' })

  expect(newcomer.messages().map(({ to }) => to)).toEqual(expect.arrayContaining(['dm:newcomer', '#ocpa']))
  expect(newcomer.messages().find(({ to }) => to === 'dm:newcomer')).toOffer('communities.begin', 'suape')
  expect(place('#ocpa').messages()).toHaveLength(0)
})

test('`entra` alone offers the communities; a name that is none is said back', async () => {
  const { newcomer, reuser } = await community()

  await newcomer.says('entra')
  for (const id of ['suape', 'welfare', 'digitale']) expect(newcomer.lastMessage()).toOffer('communities.enter', id)
  await newcomer.says('entra giardinaggio')
  expect(newcomer.lastMessage()).toSay('«giardinaggio»')
  await newcomer.presses('communities.enter', 'welfare')
  expect(newcomer.lastMessage()).toOffer('communities.begin', 'welfare')

  await reuser.says('entra suape')
  expect(reuser.lastMessage()).toSay('Fai già parte della comunità')
})

test('a member who enters the place again hears nothing', async () => {
  const { reuser } = await community()

  await reuser.joins('#suape')

  expect(reuser.messages()).toHaveLength(0)
})

testInConsole('the second community finds her answers', async () => {
  const { reuser } = await community()
  await reuser.says('entra welfare')
  await reuser.presses('communities.begin', 'welfare')
  await reuser.answers({ ...told, interests: 'P-0003', organization: 'Comune di Perugia' })
  await reuser.says('entra digitale')

  await reuser.presses('communities.begin', 'digitale')

  const known = Object.fromEntries(reuser.form().fields.map(field => [field.name, field.known]))
  expect(known).toMatchObject({
    organization: 'Comune di Perugia',
    role: told.role,
    brings: told.brings,
    introduce: 'yes',
  })
})

testOffMatrix('an administration is found by name or code, and added when it is new', async () => {
  const here = await community()
  const { newcomer } = here
  await newcomer.says('entra suape')
  await newcomer.presses('communities.begin', 'suape')
  const labels = async (typed: string) => (await newcomer.searches('organization', typed)).map(({ label }) => label)

  expect(await labels('comune di perugia')).toEqual(['Comune di Perugia'])
  expect(await labels('c_g478')).toEqual(['Comune di Perugia'])
  expect(await labels('perug')).toEqual(['Comune di Perugia', 'Nuovo: «perug»'])
  expect(await newcomer.searches('organization', 'Comune di Todi')).toEqual([
    { value: 'new:Comune di Todi', label: 'Nuovo: «Comune di Todi»' },
  ])
  expect(await labels('!!!')).toEqual([])
  expect(await labels('fornitore dimostrativo')).toEqual(['Nuovo: «fornitore dimostrativo»'])

  await newcomer.answers({ ...told, organization: 'Fornitore dimostrativo' })
  expect(newcomer.problems().organization).toContain('è un soggetto economico')
  await newcomer.answers({ ...told, organization: 'new:Comune di Todi' })
  const own = (await her(here)).organization!
  expect(await here.read(tx => organization(tx, own))).toMatchObject({ name: 'Comune di Todi', kind: 'administration' })
})

testInConsole('what does not pass is said under its field, and kept', async () => {
  const { newcomer } = await community()
  await newcomer.says('entra suape')
  await newcomer.presses('communities.begin', 'suape')

  await newcomer.answers({ ...told, role: '', interests: 'P-9999', introduce: 'forse' })

  expect(new Set(Object.keys(newcomer.problems()))).toEqual(new Set(['interests', 'introduce', 'role']))
})

test('an economic operator is told what she can do, and is not asked to come in', async () => {
  const here = await community()
  const { supplier } = here

  await supplier.joins('#suape')
  expect(supplier.lastMessage()).toSay('Living Lab')
  await supplier.says('entra welfare')
  expect(supplier.lastMessage()).toSay('Regia Umbria')
  expect(await inside(here, 'supplier')).toEqual([])

  for (const words of ['comunità', 'aiuto', 'entra', 'comincia', 'esci', 'esci suape']) {
    await supplier.says(words)
    expect(supplier.lastMessage()).not.toOffer('communities.enter')
    expect(supplier.lastMessage()).not.toSay('scrivi entra')
    expect(supplier.lastMessage()).not.toSay('Entra in una comunità')
  }
  expect(supplier.lastMessage()).toSay('Nelle comunità entrano le amministrazioni.')
  await supplier.says('profilo')
  await supplier.presses('communities.edit')
  await supplier.answers({ ...told, organization: 'Fornitore dimostrativo', interests: '', introduce: 'no' })
  expect(supplier.lastMessage()).toSay('Ho salvato il tuo profilo')
})
