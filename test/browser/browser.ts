import axe, { type AxeResults } from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { listen } from '#src/http/server.ts'
import { aWorkspace } from '#test/support/workspace.ts'

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nothing but this machine has a name.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
]

export const desktop = { width: 1280, height: 800 }
export const phone = { width: 360, height: 740 }

export interface Site {
  page: Page
  address: string
  /** Another window on the same workspace. */
  window(): Promise<Page>
  /** What the browser has complained of by now, which was meant to happen. */
  expected(): string[]
  /** Stops the workspace, and opens it again on the same database. */
  again(): Promise<void>
}
interface Options {
  size?: { width: number; height: number }
  script?: boolean
  locale?: string
}

/** The workspace served to a browser that fails the test when it asks for anything elsewhere, or complains. */
export async function aSite({ size = desktop, script = true, locale = 'it-IT' }: Options = {}): Promise<Site> {
  const first = await serve()
  const browser: Browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: switches })
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ viewport: size, locale, javaScriptEnabled: script })
  const page = await context.newPage()
  const complaints: string[] = []
  context.on('request', request => {
    const { hostname } = new URL(request.url())
    if (hostname !== '127.0.0.1') complaints.push(`asked for ${request.url()}`)
  })
  context.on('console', message => {
    // How the page itself was answered, each test sees.
    if (message.location().url === page.url()) return
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text().slice(0, 300))
  })
  context.on('weberror', error => complaints.push(String(error.error())))
  onTestFinished(() => expect(complaints).toEqual([]))
  const site: Site = {
    page,
    address: first.address,
    window: () => context.newPage(),
    expected: () => complaints.splice(0),
    again: async () => {
      await page.goto('about:blank')
      await first.stop()
      site.address = (await serve({ db: first.db })).address
    },
  }
  return site
}

async function serve(options: { db?: string } = {}) {
  const { app, hush, stop: close, db } = await aWorkspace(options)
  const { address, stop: deaf } = await listen(app, { host: '127.0.0.1', port: 0 })
  let open = true
  const stop = async (): Promise<void> => {
    if (!open) return
    open = false
    hush()
    await deaf()
    await close()
  }
  onTestFinished(stop)
  return { address, stop, db }
}

// What runs in the page is text here: this program knows no page.
const wideOnes = `[document.documentElement, ...document.querySelectorAll('.feed, .sidebar, .aside, main, .bubble, .form-panel')]
  .filter(each => each.scrollWidth > each.clientWidth + 1)
  .map(each => (each.className || each.tagName) + ': ' + each.scrollWidth + ' in ' + each.clientWidth)`

const looked = new Set<string>()

/** What has to hold of any page in any state: axe finds nothing, and nothing can be moved sideways. */
export async function looksRight(page: Page, state: string): Promise<void> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>('axe.run()')
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => [id, html, failureSummary]),
  )
  expect(found, state).toEqual([])
  const wide = await page.evaluate<string[]>(wideOnes)
  expect(wide, `${state} can be moved sideways`).toEqual([])
  await shoot(page, state)
}

/** With SHOTS=folder every state is kept as a picture, to be looked at. */
async function shoot(page: Page, state: string): Promise<void> {
  const folder = process.env.SHOTS
  const size = page.viewportSize()
  const name = `${size?.width}-${state.replaceAll(/[^\p{L}\d]+/gu, '-')}`
  if (!folder || looked.has(name)) return
  looked.add(name)
  await page.screenshot({ path: `${folder}/${name}.png` })
}
