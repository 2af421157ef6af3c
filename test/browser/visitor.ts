import type { Locator, Page } from 'playwright-core'
import type { Translate } from '#src/core/message.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { looksRight, type Site } from './browser.ts'
import { byKeyboard, byMouse, type Hand } from './hand.ts'

/** Somebody at the page, with a mouse or with the keyboard alone, who reads every label before she uses it. */
export interface Visitor {
  t: Translate
  page: Page
  speaksAs(name: string): Promise<void>
  goesTo(place: string): Promise<void>
  says(words: string): Promise<void>
  /** The latest button with these words. */
  presses(words: string, within?: string): Promise<void>
  /** Fills in the open form by the names of its fields, and confirms. */
  answers(given: Record<string, string>): Promise<void>
  movesOn(): Promise<void>
  asksForItsLanguage(): Promise<void>
  sees(words: string | RegExp): Promise<void>
  /** The page is as it must be, in the state of that name. */
  checks(state: string): Promise<void>
}

export async function aVisitor(site: Site, options: { locale: 'it' | 'en'; keyboard?: boolean }): Promise<Visitor> {
  const { page } = site
  const t = openLanguage().t({ locale: options.locale, timezone: 'Europe/Rome' })
  const hand = options.keyboard ? byKeyboard(page) : byMouse()
  await page.goto(site.address)
  const visitor = visiting(page, t, hand)
  if (options.locale === 'en') {
    await openColumn(page, '#places', hand)
    await hand.presses(page.getByRole('button', { name: 'English' }))
    await page.locator('html[lang=en]').waitFor()
  }
  return visitor
}

function visiting(page: Page, t: Translate, hand: Hand): Visitor {
  const plain = (key: string): string => t.plain(t.byName(key))
  const acts = async (act: () => Promise<void>): Promise<void> => {
    const answered = page.waitForResponse(response => response.request().method() === 'POST')
    await Promise.all([answered, act()])
    await page.locator('html[aria-busy]').waitFor({ state: 'detached' })
  }
  const follows = async (link: Locator, column: string): Promise<void> => {
    await openColumn(page, column, hand)
    await Promise.all([page.waitForEvent('load'), hand.presses(link)])
  }
  return {
    t,
    page,
    speaksAs: async name => {
      await openColumn(page, '#places', hand)
      if (await page.locator('.speaking .who', { hasText: name }).count()) return closeColumn(page, '#places', hand)
      if (!(await page.locator('#others[open]').count())) await hand.presses(page.locator('#others > summary'))
      await follows(page.locator('.people a', { hasText: name }), '#places')
    },
    goesTo: place => follows(page.locator('.doors').getByRole('link', { name: new RegExp(`^${place}`) }), '#places'),
    says: async words => {
      await hand.writes(page.locator('#text'), words)
      await acts(() => hand.presses(page.locator('.composer > .btn').last()))
    },
    presses: (words, within = 'main') =>
      acts(() => hand.presses(page.locator(within).getByRole('button', { name: words, exact: true }).last())),
    answers: async given => {
      for (const [name, value] of Object.entries(given)) await fill(page, name, value, hand)
      await acts(() => hand.presses(page.locator('.form-panel .ways .btn-primary')))
    },
    movesOn: async () => {
      await openColumn(page, '#guide', hand)
      await acts(() => hand.presses(page.getByRole('button', { name: plain('web.time.next') })))
      await closeColumn(page, '#guide', hand)
    },
    asksForItsLanguage: async () => {
      await openColumn(page, '#places', hand)
      await acts(() => hand.presses(page.getByRole('button', { name: plain('web.tongue.button') })))
      await closeColumn(page, '#places', hand)
    },
    sees: words => page.locator('main').getByText(words).last().waitFor(),
    checks: state => looksRight(page, `${state} ${t.locale}`),
  }
}

async function fill(page: Page, name: string, value: string, hand: Hand): Promise<void> {
  const control = page.locator(`#field-${name}`)
  const kind = await control.evaluate(each => each.getAttribute('type') ?? each.localName)
  if (kind === 'fieldset') await hand.chooses(control.getByLabel(value, { exact: true }))
  else if (kind === 'select') await hand.selects(control, value)
  else if (kind === 'file') await control.setInputFiles(value)
  else await hand.writes(control, value)
}

/** On a narrow screen the columns open over the page; on a wide one they stand there. */
export async function openColumn(page: Page, column: string, hand: Hand): Promise<void> {
  const opener = page.locator(`.open-column[popovertarget=${column.slice(1)}]`)
  // A page that is still being drawn shows neither.
  await page.locator(column).or(opener).filter({ visible: true }).first().waitFor()
  if (!(await page.locator(column).isVisible())) await hand.presses(opener)
}
async function closeColumn(page: Page, column: string, hand: Hand): Promise<void> {
  if (await page.locator(`${column}:popover-open`).count()) await hand.presses(page.locator(`${column} .close-column`))
}
