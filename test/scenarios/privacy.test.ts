import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { memberCountAt, newMembers } from '#src/features/communities/store.ts'
import { type Community, community, testInAFile } from '#test/support/community.ts'
import { tracesOf } from '#test/support/tables.ts'

const words = { name: 'Nuovo Arrivo', role: 'Custode del faro', brings: 'Una lanterna', needs: 'Olio per lampade' }

async function comeIn({ newcomer }: Community): Promise<void> {
  const { name: _, ...told } = words
  await newcomer.joins('#suape')
  await newcomer.presses('communities.begin', 'suape')
  await newcomer.answers({ ...told, organization: 'Comune di Perugia', introduce: 'yes' })
}
async function ask(here: Community, person: string, need: string): Promise<void> {
  await here.as(person).says('richiesta')
  await here.as(person).answers({ practice: 'P-0001', event: 'reuser_support', need, urgency: 'normal' })
}
const counts = ({ read, now }: Community) =>
  read(async tx => {
    const came = await newMembers(tx, now().subtract({ hours: 24 }), now().add({ hours: 24 }))
    return { came: came.get('suape'), were: await memberCountAt(tx, 'suape', now()) }
  })

test('`privacy` tells how her data is used, and what she can do', async () => {
  const { reuser, newcomer } = await community()

  await reuser.says('privacy')
  expect(reuser.lastMessage()).toSay('Regione Umbria (comunità SUAPE, Ambiente, Energia e Territorio)')
  expect(reuser.lastMessage()).toOffer('core.run', 'communities.privacyExport')
  expect(reuser.lastMessage()).toOffer('core.run', 'communities.privacyErase')

  await newcomer.says('privacy', { in: '#ocpa' })
  expect(newcomer.messages().find(({ to }) => to === 'dm:newcomer')).toSay('privacy@example.org')
})

test('`privacy esporta` gives a file with everything about her, and nobody else', async () => {
  const here = await community()
  await comeIn(here)

  await here.newcomer.says('privacy export')

  const { file } = here.newcomer.lastMessage()
  const told = JSON.parse(readFileSync(file!.file, 'utf8'))
  expect(told.person).toMatchObject({ name: words.name, locale: 'it' })
  expect(told.communities.organization).toBe('Comune di Perugia')
  expect(told.communities.profile).toMatchObject({ role: words.role, brings: words.brings, introduce: true })
  expect(told.communities.memberships).toMatchObject([{ community: 'suape', state: 'member' }])
  expect(JSON.stringify(told)).not.toContain('Sportello Perugia')
})

test('`privacy cancella` asks first, and can be left alone', async () => {
  const here = await community()
  await comeIn(here)

  await here.newcomer.says('privacy cancella')
  expect(here.newcomer.lastMessage()).toSay('Non si può annullare')
  expect(here.newcomer.lastMessage().choices?.find(({ action }) => action === 'communities.erase')?.label).toBe(
    'Cancello tutto',
  )
  await here.newcomer.presses('communities.keep')

  expect(here.newcomer.lastMessage()).toSay('restano come sono')
  expect(await tracesOf(here.db, [words.brings])).not.toHaveLength(0)
})

test.each(['button', 'command'])('erased by %s, she leaves no trace, and the counts stay', async way => {
  const here = await community()
  await comeIn(here)
  await ask(here, 'newcomer', 'Serve un guardiano')
  await here.newcomer.says('privacy esporta')
  const before = await counts(here)
  const introduced = here
    .place('#suape')
    .messages()
    .find(({ text }) => text.includes(words.name))!
  await here.newcomer.says('privacy cancella')
  const asked = here.newcomer.lastMessage()

  if (way === 'button') await here.newcomer.presses('communities.erase')
  else await here.newcomer.says('privacy cancella conferma')

  expect(here.newcomer.lastMessage()).toSay('Ho cancellato i tuoi dati')
  expect(await tracesOf(here.db, [...Object.values(words), 'Serve un guardiano'])).toEqual([])
  expect(await counts(here)).toEqual(before)
  const edits = here
    .place('#suape')
    .messages()
    .filter(({ ref }) => ref === introduced.ref)
  expect(edits.at(-1)?.text).not.toContain(words.name)

  await here.newcomer.says('profilo')
  expect(here.newcomer.lastMessage()).toSay('Ente: —')
  // On Matrix its number is offered no more.
  if (process.env.MATRIX_MODE !== undefined) return
  await here.newcomer.presses('communities.erase', undefined, { ref: asked.ref! })
  expect(here.newcomer.lastMessage()).toSay('Questo pulsante non vale più')
})

test('an open request passes to her coordinator without her name', async () => {
  const here = await community()
  await comeIn(here)
  await ask(here, 'newcomer', 'Serve un guardiano')

  await here.newcomer.says('privacy erase confirm')

  expect(here.place('#coordinamento').lastMessage()).toSay('R-2027-0001')
  expect(here.place('#coordinamento').lastMessage()).toSay('Comune di Perugia')
  expect(here.place('#coordinamento').lastMessage()).not.toSay(words.name)
  await here.coordinator.says('richiesta R-2027-0001')
  expect(here.coordinator.lastMessage()).not.toSay(words.name)
})

test('whoever asks and answers a lot is forgotten in every feature', async () => {
  const here = await community()
  const { reuser, coordinator } = here
  const said = {
    role: 'Custode del faro',
    need: 'Serve un guardiano',
    done: 'Ho lucidato la lanterna',
    title: 'Fari accesi',
  }
  await reuser.says('profilo modifica')
  await reuser.answers({ organization: 'Comune di Perugia', role: said.role, introduce: 'yes' })
  await reuser.says('pratica proponi')
  await reuser.answers({
    title: said.title,
    summary: 'Luce di notte',
    description: 'Una luce per chi naviga',
    provider: 'Comune di Perugia',
    community: 'suape',
  })
  await coordinator.says('pausa un anno')
  await ask(here, 'reuser', said.need)
  await here.moveTo('2027-02-01T09:00:00Z')
  await reuser.presses('checkins.answer', '2027-01/line:L2T')
  await reuser.answers({ status: 'amber', done: said.done, support: 'no' })
  const posts = here
    .everything()
    .filter(({ to, text }) => to?.startsWith('#') && /Sportello Perugia|guardiano/.test(text))
  expect(posts.length).toBeGreaterThan(0)

  await reuser.says('privacy cancella conferma')

  expect(await tracesOf(here.db, ['Sportello Perugia', said.role, said.need, said.done])).toEqual([])
  for (const { ref } of posts) {
    const now = here.everything().findLast(each => each.ref === ref)
    expect(now?.text).not.toMatch(/Sportello Perugia|guardiano/)
  }
  await here.moveTo('2027-03-12T09:00:00Z')
  expect(reuser.lastMessage()).toSay('Ho cancellato i tuoi dati')
})

test('a reminder and a letter that wait are not sent to who was erased', async () => {
  const here = await community()
  await here.newcomer.joins('#suape')
  await here.newcomer.says('privacy cancella conferma')
  const heard = here.newcomer.messages().length

  await here.moveTo('2027-01-29T09:00:00Z')

  expect(here.newcomer.messages()).toHaveLength(heard)
})

testInAFile('what was erased is overwritten in the file too, and not only out of the tables', async () => {
  const here = await community()
  await comeIn(here)
  await ask(here, 'newcomer', 'Serve un guardiano')
  await here.newcomer.says('privacy esporta')

  await here.newcomer.says('privacy cancella conferma')
  await here.close()

  const bytes = readFileSync(here.db, 'latin1')
  expect([...Object.values(words), 'Serve un guardiano'].filter(each => bytes.includes(each))).toEqual([])
})
