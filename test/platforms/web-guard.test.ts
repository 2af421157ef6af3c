import { expect, test } from 'vitest'
import { aPage } from '#test/support/page.ts'
import { aWorkspace } from '#test/support/workspace.ts'

const PAGE = '/as/newcomer/in/dm'

test.each(['evil.example', 'evil.example:8080', '192.168.1.4:8080', '127.0.0.1.evil.example', ''])(
  'a page is not given to whoever asks for it as «%s»',
  async host => {
    const { ask } = await aPage()

    expect((await ask(PAGE, {}, { host })).status).toBe(421)
  },
)

test.each(['localhost', 'localhost:8080', '127.0.0.1:8080', '[::1]:8080'])('it is given as «%s»', async host => {
  const { ask } = await aPage()

  expect((await ask(PAGE, {}, { host })).status).toBe(200)
})

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['another port here', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:9999' }],
  ['an old browser elsewhere', { origin: 'https://evil.example' }],
  ['nowhere', {}],
])('a form that comes from %s is refused', async (_, headers) => {
  const { send, get } = await aPage()

  const { status } = await send(`${PAGE}/say`, { text: 'Da altrove' }, headers)

  expect(status).toBe(403)
  expect(await get(PAGE)).not.toContain('Da altrove')
})

test('a page may load nothing from elsewhere, and is in no frame', async () => {
  const { ask } = await aPage()
  const { headers } = await ask(PAGE)
  const page = await (await ask(PAGE)).text()

  expect(headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(page).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//)
  expect(page).not.toMatch(/<script(?![^>]* src=)|<style| style="| onclick=/)
})

test('its files are told apart by what they hold, and not sent again', async () => {
  const { ask } = await aPage()
  const first = await ask('/assets/frame.css')
  const tag = first.headers.get('etag') ?? ''

  expect(first.headers.get('content-type')).toBe('text/css; charset=utf-8')
  expect((await ask('/assets/frame.css', {}, { 'if-none-match': tag })).status).toBe(304)
})

test('a monitor reads that it lives and that it is ready', async () => {
  const { app } = await aWorkspace()
  const asked = async (path: string): Promise<unknown> =>
    (await app.request(path, { headers: { host: '127.0.0.1:8080' } })).json()

  expect(await asked('/healthz')).toEqual({ status: 'up' })
  expect(await asked('/readyz')).toMatchObject({ status: 'ready', database: 'up', platforms: { web: 'up' } })
})
