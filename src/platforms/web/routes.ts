import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { streamSSE } from 'hono/streaming'
import { directPlace, type Visit } from './acts.ts'
import { deeds, tooLarge } from './deeds.ts'
import { suggestions } from './fields.ts'
import { nobody, nowhere, page } from './page.ts'
import { pageOf, slugOf } from './paths.ts'
import { type Given, readBody } from './read.ts'
import { viewOf } from './view.ts'
import { DIRECT, directId, WORKSPACE, type Workspace } from './workspace.ts'

const HERE = '/as/:account/in/:place'

/** The pages of the workspace, and what is sent from them. */
export function routes(workspace: Workspace): Hono {
  const app = new Hono()
  app.get('/', async c => {
    const people = await workspace.people()
    const first = people.find(({ roles }) => roles.length <= 1) ?? people[0]
    return first ? c.redirect(pageOf(first.account, directId(first.account))) : missing(c, workspace)
  })
  app.get('/news', c => news(c, workspace))
  app.get(HERE, async c => {
    const visit = await visitOf(c, workspace)
    if (!visit) return missing(c, workspace)
    const last = Math.min(Math.max(Number(c.req.query('last')) || 0, 60), 2000)
    const loaded = c.req.header('hx-request') === undefined
    const looking = { visit, locale: localeOf(c, workspace), loaded, last, token: randomUUID() }
    const { pathname, search } = new URL(c.req.url)
    c.header('Cache-Control', 'no-store')
    return c.html(page(await viewOf(looking, workspace), pathname + search))
  })
  app.get(`${HERE}/search/:field`, c => search(c, workspace))
  app.get(`${HERE}/file/:id`, c => file(c, workspace))
  app.post(`${HERE}/:act`, c => act(c, workspace))
  app.get('*', c => missing(c, workspace))
  return app
}

/** What the bot said last to who asked to be forgotten is still there to be read. */
async function missing(c: Context, workspace: Workspace): Promise<Response> {
  const { history, home, intake } = workspace
  const t = intake.t({ locale: localeOf(c, workspace), timezone: home.timezone })
  const account = c.req.param('account')
  const person = (await workspace.people()).find(each => each.account === account)
  if (person) return c.html(nowhere(t, pageOf(person.account, directId(person.account))), 404)
  if (account === undefined) return c.html(nowhere(t, '/'), 404)
  return c.html(nobody(t, await history.of(directId(account), 1)), 404)
}

/** The language of the page: the one that was chosen, else the first that the browser asks for and we have. */
function localeOf(c: Context, { locales, home }: Workspace): string {
  const asked = (c.req.header('accept-language') ?? '').split(',').map(each => each.trim().slice(0, 2).toLowerCase())
  return [getCookie(c, 'locale') ?? '', ...asked].find(each => locales.includes(each)) ?? home.locale
}

async function visitOf(c: Context, workspace: Workspace): Promise<Visit | undefined> {
  const person = (await workspace.people()).find(({ account }) => account === c.req.param('account'))
  const slug = c.req.param('place')
  if (!person || slug === undefined) return undefined
  if (slug === DIRECT) return { person, place: directPlace(person) }
  const room = (await workspace.rooms()).find(({ id }) => slugOf(person.account, id) === slug)
  return room && { person, place: await workspace.intake.place('web', WORKSPACE, room.id) }
}

/** Does what the page asks, and shows the page again: a body that no page of ours sent does nothing. */
async function act(c: Context, workspace: Workspace): Promise<Response> {
  const visit = await visitOf(c, workspace)
  if (!visit) return c.redirect('/', 303)
  const what = c.req.param('act') ?? ''
  if (Number(c.req.header('content-length')) > workspace.largestFile + REST) {
    await discard(c.req.raw.body)
    await tooLarge(what, visit, workspace)
  } else {
    const given = await c.req.parseBody({ all: true })
    if (what === 'language') choose(c, given, workspace)
    else await deeds[what]?.(given, visit, workspace)
  }
  return c.redirect(pageOf(visit.person.account, visit.place.id), 303)
}

/** Room for the fields around a file. */
const REST = 512 * 1024

/** A browser hears an answer only once it has sent everything. */
async function discard(body: ReadableStream<Uint8Array> | null): Promise<void> {
  for await (const _ of body ?? []);
}

/** The language of the page is the browser's; in which one the bot speaks, each person tells the bot. */
function choose(c: Context, given: Given, { locales }: Workspace): void {
  const locale = readBody('language', given)?.locale ?? ''
  if (locales.includes(locale)) setCookie(c, 'locale', locale, { path: '/', sameSite: 'Strict', maxAge: 31_536_000 })
}

async function search(c: Context, workspace: Workspace): Promise<Response> {
  const visit = await visitOf(c, workspace)
  const field = c.req.param('field') ?? ''
  const form = visit && (await workspace.intake.form(visit.person))
  const source = form?.questions.find(({ name }) => name === field)?.source
  // The form may have been sent while she was still being helped to fill it in.
  if (!visit || !source) return c.html('')
  const typed = (c.req.query(`field.${field}`) ?? '').slice(0, 200)
  return c.html(suggestions(await workspace.intake.search(source, typed, visit.person)))
}

/** Only what a browser draws by itself, and cannot be made to run, is shown in the page; the rest is saved. */
const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

async function file(c: Context, { intake }: Workspace): Promise<Response> {
  const found = await intake.file(c.req.param('id') ?? '')
  if (!found) return c.body(null, 404)
  const way = shown.has(found.type) ? 'inline' : 'attachment'
  c.header('Content-Type', shown.has(found.type) ? found.type : 'application/octet-stream')
  c.header('Content-Disposition', `${way}; filename*=UTF-8''${encodeURIComponent(found.name)}`)
  return c.body(new Uint8Array(found.bytes))
}

/** Every change, as an event without content: the page asks for itself again. */
const news = (c: Context, { news }: Workspace): Response =>
  streamSSE(c, async stream => {
    const since = c.req.header('last-event-id') || c.req.query('since')
    const tell = (): Promise<void> => stream.writeSSE({ event: 'news', id: news.version(), data: '' })
    const gone = Promise.withResolvers<void>()
    const deaf = news.listen(() => void tell())
    stream.onAbort(gone.resolve)
    if (since !== news.version()) await tell()
    await Promise.race([gone.promise, news.ended])
    deaf()
  })
