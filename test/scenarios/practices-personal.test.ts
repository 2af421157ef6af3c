import { expect, test } from 'vitest'
import { community, type Person } from '#test/support/community.ts'
import { proposes, published } from '#test/support/practices.ts'
import { tracesOf } from '#test/support/tables.ts'
import '#test/support/matchers.ts'

async function forgets(person: Person): Promise<void> {
  await person.says('privacy cancella')
  await person.presses('communities.erase')
}

test('a proposal that was never published goes with whoever made it, and its card with it', async () => {
  const bot = await community()
  await proposes(bot.reuser, { title: 'Parolamia' })

  await forgets(bot.reuser)

  expect(await tracesOf(bot.db, ['Parolamia'])).toEqual([])
  const card = bot
    .place('#coordinamento')
    .messages()
    .find(({ text }) => text.includes('Parolamia'))
  const now = bot
    .place('#coordinamento')
    .messages()
    .findLast(({ ref }) => ref === card?.ref)
  expect(now).toSay('P-0005, …: ritirata.')
})

test('a published practice stays, without whoever proposed it', async () => {
  const bot = await community()
  await published(bot)
  await forgets(bot.provider)

  await bot.newcomer.says('pratica P-0005')
  expect(bot.newcomer.lastMessage()).toSay('La cede: Comune di Terni')
  expect(await tracesOf(bot.db, ['Sportello Terni'])).toEqual([])
})

test('a reason goes with whoever wrote it, wherever it was shown', async () => {
  const bot = await community()
  await proposes(bot.provider)
  await bot.coordinator.says('pratica rimanda P-0005 Parolamia')
  const asked = bot.provider.lastMessage()

  await forgets(bot.coordinator)

  expect(await tracesOf(bot.db, ['Parolamia'])).toEqual([])
  expect(bot.provider.messages().findLast(({ ref }) => ref === asked.ref)?.text).not.toContain('Parolamia')
  expect(bot.place('#coordinamento').lastMessage().text).not.toContain('Parolamia')
})

test('the reason of a withdrawal goes from the announcement and from its thread', async () => {
  const bot = await community()
  await published(bot)
  await bot.coordinator.says('pratica ritira P-0005 Parolamia')

  await forgets(bot.coordinator)

  const last = new Map(
    bot
      .place('#suape')
      .messages()
      .map(message => [message.ref, message.text]),
  )
  expect([...last.values()].filter(text => text.includes('Parolamia'))).toEqual([])
  expect([...last.values()].every(text => text.includes('Ritirata'))).toBe(true)
})

test('the adoption stays with the organization when its owner goes', async () => {
  const bot = await community()
  await forgets(bot.reuser)

  await bot.newcomer.says('pratica P-0001')
  expect(bot.newcomer.lastMessage()).toSay('La sta installando: Comune di Perugia')
})

test('the digest tells new practices, steps of adoptions and new holders, and names no person', async () => {
  const bot = await community()
  await published(bot)
  await bot.reuser.says('pratica riusa P-0005')
  for (const _ of ['deploying', 'in-use']) await bot.reuser.says('riusi avanza P-0005')
  await bot.reuser.says('riusi detentore P-0005')
  await bot.provider.says('riusi conferma P-0005')

  await bot.moveTo('2027-01-18T09:00:00Z')

  const digest = bot.place('#coordinamento').lastMessage()
  expect(digest).toSay('Una nuova pratica pubblicata:\n• P-0005 · Pratiche edilizie in chiaro')
  expect(digest).toSay('Un riuso aperto:\n• Comune di Perugia · P-0005 · Pratiche edilizie in chiaro')
  expect(digest).toSay('Un ente è passato da riuso a detentore:')
  expect(digest.text).not.toMatch(/Sportello (Perugia|Terni)/)
})

test('the digest does not announce what was withdrawn before it came', async () => {
  const bot = await community()
  await published(bot)
  await bot.provider.says('pratica ritira P-0005')
  await bot.provider.answers({ reason: 'Esiste già' })

  await bot.moveTo('2027-01-18T09:00:00Z')
  const digest = bot.place('#coordinamento').lastMessage()
  expect(digest).toSay('Riepilogo della settimana')
  expect(digest).not.toSay('Pratiche edilizie in chiaro')
})
