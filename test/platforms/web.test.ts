import { expect, test } from 'vitest'
import type { Markdown, Message } from '#src/core/message.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { webPlatform } from '#src/platforms/web/adapter.ts'
import { openHistory } from '#src/platforms/web/history.ts'
import { drawn } from '#src/platforms/web/render.ts'
import { openStore } from '#src/storage/database.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { freshDatabase } from '#test/support/database.ts'
import { aPage } from '#test/support/page.ts'

const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })
const hostile = '<script>alert(1)</script> "><img src=x onerror=alert(1)> [clicca](javascript:alert(1)) **no**'
const words = '**Forte** e [un posto](https://example.org/), [un altro](javascript:alert(1)) <b>mai</b>' as Markdown
const around = { t, file: (id: string) => `/f/${id}`, press: { action: '/p', on: 'said:x:1', token: 'a' }, by: 'm1-by' }

test('every kind of block is drawn, and what people wrote is only ever text', async () => {
  const literal = t.literal(hostile)
  const message: Message = {
    summary: literal,
    blocks: [
      { type: 'text', text: words },
      { type: 'quote', text: literal },
      { type: 'facts', facts: [{ label: literal, value: literal }] },
      { type: 'items', items: [literal] },
      { type: 'choices', choices: [{ label: literal, action: 'a.b', value: hostile, style: 'danger' }] },
      { type: 'image', file: 'i', alt: literal },
      { type: 'file', file: 'f', alt: literal },
    ],
  }

  const html = String(await drawn(message, around))

  expect(html).toContain('<strong>Forte</strong>')
  expect(html).toContain('<a href="https://example.org/" rel="noopener noreferrer">un posto</a>')
  for (const mark of [
    '<blockquote',
    '<dl class="facts">',
    '<ul class="items">',
    '<button',
    'src="/f/i"',
    'href="/f/f"',
  ])
    expect(html).toContain(mark)
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).toContain('&lt;b&gt;mai&lt;/b&gt;')
  expect(html).not.toMatch(/<script|<img src=x|href="javascript|<b>/)
})

test('a message is posted once however often it is tried, is found by its key, and is edited where it stands', async () => {
  const file = await openStore(await freshDatabase('web'))
  const history = openHistory(memoryOf(file, 'web'), () => {})
  const platform = webPlatform({
    history,
    people: async () => [],
    now: () => Temporal.Instant.from('2027-01-11T09:00:00Z'),
  })
  const to = {
    platform: 'web',
    workspace: 'local',
    id: '#suape',
    direct: false,
    locale: 'it',
    timezone: 'Europe/Rome',
  } as const
  const said = (text: string): Message => ({
    summary: t.literal(text),
    blocks: [{ type: 'text', text: t.literal(text) }],
  })

  const ref = await platform.post(said('prima'), { to, key: 'k1' })
  await platform.post(said('prima'), { to, key: 'k1' })
  await platform.edit(ref, said('dopo'), { to, key: 'k2' })

  expect(await platform.find({ to, key: 'k1' }, said('prima'))).toBe(ref)
  expect(await platform.find({ to, key: 'k9' }, said('prima'))).toBeUndefined()
  expect((await history.of('#suape', 10)).map(({ message }) => message?.summary)).toEqual(['dopo'])
  await file.close()
})

test('every kind of field is asked, each with its label; what does not pass stands beside it, with her words', async () => {
  const { send } = await aPage()

  const asked = await send('/as/reuser/in/dm/say', { text: 'richiesta' })
  const answered = await send('/as/reuser/in/dm/answer', { 'field.need': '', 'field.practice': 'zzzz' })

  for (const field of ['practice', 'event', 'need', 'urgency', 'file'])
    expect(asked.page).toContain(`id="field-${field}"`)
  expect(asked.page).toMatch(/<label for="field-need">/)
  expect(asked.page).toMatch(/<fieldset[^>]* id="field-urgency"[^>]*>\s*<legend>/)
  expect(answered.page).toContain('id="field-need-problem"')
  expect(answered.page).toMatch(
    /id="field-need"[^>]*aria-describedby="[^"]*field-need-problem"[^>]*aria-invalid="true"/,
  )
  expect(answered.page).toMatch(/<input[^>]*value="zzzz"/)
})

test('a new organization that is chosen from the list is called as it was typed', async () => {
  const { send, get } = await aPage()
  await send('/as/newcomer/in/suape/enter', {})
  await send('/as/newcomer/in/dm/say', { text: 'comincia' })
  const told = { 'field.role': 'Sportello', 'field.introduce': 'no' }

  const found = await get('/as/newcomer/in/dm/search/organization?field.organization=Perugai')
  expect(found).toContain('value="Comune di Perugia"')
  expect(found).toContain('value="Nuovo: «Perugai»"')
  const asked = await send('/as/newcomer/in/dm/answer', { ...told, 'field.organization': 'Perugai' })
  expect(asked.page).toContain('Comune di Perugia; Nuovo: «Perugai»')
  await send('/as/newcomer/in/dm/answer', { ...told, 'field.organization': 'Nuovo: «Perugai»' })
  const { page } = await send('/as/newcomer/in/dm/say', { text: 'profilo' })

  expect(page).toMatch(/<dd>Perugai<\/dd>/)
})

test('the same form sent twice is heard once', async () => {
  const { send } = await aPage()

  await send('/as/newcomer/in/dm/say', { id: 'same', text: 'buongiorno a tutti' })
  const { page } = await send('/as/newcomer/in/dm/say', { id: 'same', text: 'buongiorno a tutti' })

  expect(page.match(/buongiorno a tutti/g)).toHaveLength(1)
  expect(page.match(/class="message bot"/g)).toHaveLength(1)
})

test("what is said to one person alone is on nobody else's page", async () => {
  const { send, get } = await aPage()

  const { page } = await send('/as/reuser/in/suape/say', { text: 'aiuto' })

  expect(page).toContain('solo per te')
  expect(await get('/as/provider/in/suape')).not.toContain('solo per te')
})

test("what nobody's page sent does nothing, and breaks nothing", async () => {
  const { send, ask, get } = await aPage()
  const before = await get('/as/reuser/in/dm')

  for (const path of ['say', 'press', 'answer', 'cancel', 'clock', 'language', 'nothing'])
    expect((await send(`/as/reuser/in/dm/${path}`, { id: '../x', on: 'count', choice: 'x', to: 'never' })).status).toBe(
      303,
    )
  await send('/as/reuser/in/dm/press', { on: 'said:dm:provider:000000001', choice: '0 practices.publish x' })

  expect((await ask('/as/reuser/in/%23nowhere')).status).toBe(404)
  expect((await ask('/as/reuser/in/dm/file/none')).status).toBe(404)
  expect((await ask('/assets/..%2f..%2fpackage.json')).status).toBe(404)
  expect((await get('/as/reuser/in/dm')).match(/<li id="m/g)).toEqual(before.match(/<li id="m/g))
})

test('the clock is moved to a day within a year, and no further', async () => {
  const { send, get } = await aPage()
  const shown = async (): Promise<string> => /class="now">(.*?)<\/p>/.exec(await get('/as/reuser/in/dm'))?.[1] ?? ''
  const before = await shown()
  await send('/as/reuser/in/dm/clock', { to: 'date', date: '2999-01-01' })
  expect(await shown()).toBe(before)
  await send('/as/reuser/in/dm/clock', { to: 'date', date: '2027-01-20' })
  expect(await shown()).toContain('mercoledì 20 gennaio')
})

test('an address that is no page says so, and leads back to where the person is', async () => {
  const { ask, send } = await aPage()
  await send('/as/reuser/in/dm/say', { text: 'Parole private' })

  const channel = await (await ask('/as/reuser/in/pippo')).text()
  expect(channel).toContain('Questa pagina non c&#39;è')
  expect(channel).toContain('href="/as/reuser/in/dm"')
  expect(channel).not.toContain('Parole private')
  expect(await (await ask('/boh')).text()).toContain('href="/"')
})

test('who asks to be forgotten leaves no word in what the workspace keeps', async () => {
  const { send, get } = await aPage()
  await send('/as/reuser/in/suape/say', { text: 'Parolamia in comune' })
  await send('/as/reuser/in/dm/say', { text: 'Parolamia in privato' })
  await send('/as/reuser/in/dm/say', { text: 'privacy cancella' })

  const { page } = await send('/as/reuser/in/dm/say', { text: 'privacy cancella conferma' })

  expect(page).toContain('Qui non c&#39;è nessuno')
  expect(await get('/as/provider/in/suape')).not.toContain('Parolamia')
  expect(await get('/as/provider/in/dm')).not.toContain('Sportello Perugia')
})
