import { expect, test } from 'vitest'
import { slackAndMatrix } from '#test/support/matrix/slack.ts'
import { words } from '#test/support/slack/draw.ts'
import type { Here } from '#test/support/slack/here.ts'
import type { Seen } from '#test/support/slack/screen.ts'

const textOf = ({ blocks }: Seen): string => blocks.map(words).join('\n')
const lastIn = (messages: readonly Seen[], what: string): Seen => {
  const found = messages.findLast(each => textOf(each).includes(what))
  if (!found) throw new Error(`${what} is not in ${messages.map(textOf).join('\n---\n')}`)
  return found
}
const refOf = ({ rig }: Here, message: Seen): string => `m${rig.screen.messages.indexOf(message) + 1}`
const threadOf = (id: string | undefined) => ({ 'm.relates_to': { rel_type: 'm.thread', event_id: id } })

test('a request asked on Slack is worked on from Matrix, both ways', async () => {
  const { slack, matrix } = await slackAndMatrix(['operator'])
  await slack.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
  const asked = { practice: 'sportello-unico', event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' }
  await slack.play({ as: 'reuser', answers: asked })
  const laboratory = matrix.room('laboratorio')
  const card = matrix.last(laboratory)

  await matrix.presses('operator', 1, card)
  lastIn(await slack.inDm('reuser'), 'R-2027-0001 è in carico')
  lastIn(slack.inChannel('laboratorio'), 'R-2027-0001 · in carico')

  await matrix.says('operator', 'Quale versione usate?', { in: laboratory, content: threadOf(card.id) })
  const question = lastIn(await slack.inDm('reuser'), 'Quale versione usate?')
  lastIn(slack.inChannel('laboratorio'), 'Quale versione usate?')
  await slack.play({ as: 'reuser', in: 'dm', text: 'La 2.1', thread: refOf(slack, question) })
  const answer = matrix.last(laboratory)
  expect(answer.body).toContain('La 2.1')
  expect(answer.content['m.relates_to']).toMatchObject(threadOf(card.id)['m.relates_to'])
})

test('one person with two accounts asks on Matrix, and is helped from Slack, both ways', async () => {
  const { slack, matrix } = await slackAndMatrix(['operator'])
  await slack.play({ as: 'reuser', in: 'dm', text: 'collega' })
  const told = (await slack.inDm('reuser')).at(-1)!
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(textOf(told))?.[0] ?? ''
  await slack.scene.moveTo(slack.now().add({ minutes: 1 }))
  await matrix.says('ospite', `collega ${code}`)
  expect(matrix.last(matrix.dm('ospite')).body).toContain('una persona sola, Sportello Perugia')

  for (const line of ['richiesta', 'P-0001', '1', 'Serve una mano', 'tieni', 'salta']) await matrix.says('ospite', line)
  const card = lastIn(slack.inChannel('laboratorio'), 'Serve una mano')
  expect(textOf(card)).toContain('Sportello Perugia')
  await slack.play({ as: 'operator', choose: 'laboratories.take', ref: refOf(slack, card) })
  expect(matrix.last(matrix.dm('ospite')).body).toContain('R-2027-0001 è in carico')

  await slack.play({ as: 'operator', in: '#laboratorio', text: 'Quale versione?', thread: refOf(slack, card) })
  const question = matrix.last(matrix.dm('ospite'))
  expect(question.body).toContain('Quale versione?')
  await matrix.says('ospite', 'La 2.1', { content: threadOf(question.id) })
  const answer = lastIn(slack.inChannel('laboratorio'), 'La 2.1')
  expect(answer.thread).toBe(card.ts)
})

test('an announcement reaches the places of a community on both, and is edited on both', async () => {
  const { slack, matrix } = await slackAndMatrix(['provider'])
  const lines = ['pratica proponi', 'Pratiche in chiaro', 'Tutto in vista', 'Una mappa', 'tieni', 'tieni']
  for (const line of [...lines, 'salta', 'salta', 'salta', 'salta']) await matrix.says('provider', line)
  await slack.play({ as: 'coordinator', choose: 'practices.publish' })
  const announced = lastIn(slack.inChannel('suape'), 'Pratiche in chiaro')
  const same = matrix.told(matrix.room('suape')).find(({ body }) => body.includes('Pratiche in chiaro'))
  expect(same?.edits).toBe(0)

  await slack.play({ as: 'coordinator', in: 'dm', text: 'pratica ritira P-0005' })
  await slack.play({ as: 'coordinator', answers: { reason: 'Era un doppione' } })

  expect(textOf(announced)).toContain('Era un doppione')
  const edited = matrix.told(matrix.room('suape')).find(({ id }) => id === same?.id)
  expect(edited?.body).toContain('Era un doppione')
  expect(edited?.edits).toBeGreaterThan(0)
})
