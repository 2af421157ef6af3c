import { expect, test } from 'vitest'
import { accountNamed, accountsOf } from '#src/storage/members.ts'
import { besideTheConsole, user } from '#test/support/matrix/beside.ts'

const codeIn = (text: string): string => /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(text)?.[0] ?? ''

/** Everyone but the reuser has a Matrix account in the kit; she has one that nobody knows is hers. */
const others = ['operator', 'coordinator', 'provider']
async function unlinked() {
  const bot = await besideTheConsole({ only: others })
  await bot.line({ as: 'reuser', text: 'collega' })
  return { ...bot, code: codeIn(bot.shown.at(-1)?.text ?? '') }
}

test('a code from one account, typed on the other, makes them one person', async () => {
  const { says, last, dm, store, code, shown, line } = await unlinked()
  await says('ospite', 'richiesta R-2027-0001')

  await says('ospite', `collega ${code.toLowerCase().replace('-', ' ')}`)

  expect(last(dm('ospite')).body).toContain('Fatto: i due account ora sono una persona sola, Sportello Perugia')
  const reuser = await store.read(tx => accountNamed(tx, 'matrix', 'example.org', user('ospite')))
  expect(reuser?.name).toBe('Sportello Perugia')
  expect((await store.read(tx => accountsOf(tx, reuser?.id ?? ''))).map(({ platform }) => platform).sort()).toEqual([
    'matrix',
    'web',
  ])
  await line({ as: 'reuser', text: `collega ${code}` })
  expect(shown.at(-1)?.text).toContain('Questo codice non vale')
})

test('a code lives ten minutes, and is not guessed', async () => {
  const { says, last, dm, line, code } = await unlinked()
  await line({ at: '2027-01-11T09:10:00Z' })
  await says('ospite', `collega ${code}`)
  expect(last(dm('ospite')).body).toContain('Questo codice non vale')

  for (let guess = 0; guess < 4; guess += 1) await says('ospite', `link ABCD-EFG${guess + 2}`)
  expect(last(dm('ospite')).body).toContain('Questo codice non vale')
  await says('ospite', 'collega ABCD-EFGH')
  expect(last(dm('ospite')).body).toContain('Troppi codici sbagliati')
})

test('two people of the kit are two people', async () => {
  const { says, last, dm, code } = await unlinked()
  await says('operator', `collega ${code}`)
  expect(last(dm('operator')).body).toContain('due persone diverse')
})

test('a request asked on one platform is worked on from the other, both ways', async () => {
  const { says, presses, told, room, line, shown } = await besideTheConsole({ only: others })
  await line({ as: 'reuser', text: 'richiesta' })
  const answers = { practice: 'sportello-unico', event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' }
  await line({ as: 'reuser', answers })
  const card = told(room('laboratorio')).at(-1)

  await presses('operator', 1, card!)
  expect(shown.findLast(({ to }) => to === 'dm:reuser')?.text).toContain('R-2027-0001 è in carico')
  expect(shown.findLast(({ to, edit }) => to === '#laboratorio' && edit)?.text).toContain('in carico')

  const thread = { 'm.relates_to': { rel_type: 'm.thread', event_id: card?.id } }
  await says('operator', 'Quale versione?', { in: room('laboratorio'), content: thread })
  const asked = shown.findLast(({ to }) => to === 'dm:reuser')
  expect(asked?.text).toContain('Quale versione?')
  await line({ as: 'reuser', text: 'La 2.1', thread: asked?.ref })
  const answer = told(room('laboratorio')).at(-1)
  expect(answer?.body).toContain('La 2.1')
  expect(answer?.content['m.relates_to']).toMatchObject({ rel_type: 'm.thread', event_id: card?.id })
})

test('an announcement stands on both platforms, and changes on both', async () => {
  const { says, told, room, line, shown } = await besideTheConsole({ only: others })
  for (const text of ['pratica proponi', 'Pratiche in chiaro', 'Tutto in vista', 'Una mappa'])
    await says('provider', text)
  for (const text of ['tieni', 'tieni', 'salta', 'salta', 'salta', 'salta']) await says('provider', text)
  await line({ as: 'coordinator', choose: 'practices.publish' })
  const announced = shown.findLast(({ to }) => to === '#suape')
  expect(announced?.text).toContain('Pratiche in chiaro')
  expect(told(room('suape')).at(-1)?.body).toContain('Pratiche in chiaro')

  await line({ as: 'coordinator', text: 'pratica ritira P-0005' })
  await line({ as: 'coordinator', answers: { reason: 'Era un doppione' } })

  expect(shown.findLast(({ ref, edit }) => ref === announced?.ref && edit)?.text).toContain('Era un doppione')
  const [edited] = told(room('suape')).filter(({ edits }) => edits > 0)
  expect(edited?.body).toContain('Era un doppione')
})
