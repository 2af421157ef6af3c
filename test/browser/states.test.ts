import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aSite, desktop, looksRight, phone } from './browser.ts'
import { aVisitor } from './visitor.ts'

const aFile = (name: string, bytes: number): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'animatore-file-')), name)
  writeFileSync(path, Buffer.alloc(bytes, 'a'))
  return path
}

test('what is said in one window shows in another, and takes neither the focus nor the words begun there', async () => {
  const site = await aSite()
  const visitor = await aVisitor(site, { locale: 'it' })
  await visitor.speaksAs('Sportello Perugia')
  await visitor.goesTo('#suape')
  const other = await site.window()
  await other.goto(`${site.address}/as/provider/in/suape`)
  await other.locator('#text').fill('Stavo per dire')

  await visitor.says('Buongiorno a tutte le amministrazioni')

  await other.locator('main').getByText('Buongiorno a tutte le amministrazioni').waitFor()
  expect(await other.locator('#text').inputValue()).toBe('Stavo per dire')
  expect(await other.locator('#text:focus').count()).toBe(1)
})

test('an open form keeps what is being written in it while others talk', async () => {
  const site = await aSite()
  const visitor = await aVisitor(site, { locale: 'it' })
  await visitor.speaksAs('Sportello Terni')
  await visitor.says('pratica proponi')
  await visitor.page.locator('#field-title').fill('A metà')
  const other = await site.window()
  await other.goto(`${site.address}/as/reuser/in/suape`)
  await other.locator('#text').fill('Intanto')
  await other.locator('.composer > .btn').last().click()

  await visitor.page.locator('.doors .fresh', { hasText: '#suape' }).waitFor()

  expect(await visitor.page.locator('#field-title').inputValue()).toBe('A metà')
})

test.each([desktop, phone])('without JavaScript it reads and works, page by page ($width)', async size => {
  const site = await aSite({ size, script: false })
  const { page } = site
  await page.goto(`${site.address}/as/reuser/in/dm`)
  await page.locator('#text').fill('richiesta')
  await page.locator('.composer > .btn').last().click()
  await page.locator('.form-panel').waitFor()

  await page.locator('#field-need').fill('Una mano')
  await page.locator('.form-panel .ways .btn-primary').click()

  await page.locator('.problem').first().waitFor()
  expect(await page.locator('#field-need').inputValue()).toBe('Una mano')
  expect(await page.evaluate('document.activeElement.closest(".wrong") !== null')).toBe(true)
})

test('the columns of a narrow page open over it, and close with a key', async () => {
  const site = await aSite({ size: phone })
  const visitor = await aVisitor(site, { locale: 'it' })
  const { page } = visitor

  for (const column of ['places', 'guide']) {
    await page.locator(`.open-column[popovertarget=${column}]`).click()
    await visitor.checks(`${column} open`)
    await page.keyboard.press('Escape')
    expect(await page.locator(`#${column}`).isVisible()).toBe(false)
  }
})

test('a file goes with what is said; one that is too large is refused in words', async () => {
  const site = await aSite()
  const visitor = await aVisitor(site, { locale: 'it' })
  await visitor.speaksAs('Sportello Perugia')
  await visitor.page.locator('#attach > summary').click()
  await visitor.page.locator('#file').setInputFiles(aFile('nota.txt', 200))
  await visitor.says('Ecco la nota')
  await visitor.sees("Scarica l'allegato")

  await visitor.page.locator('#file').setInputFiles(aFile('enorme.txt', 12 * 1024 * 1024))
  await visitor.says('E questo')

  await visitor.sees(/troppo grande/)
  await visitor.checks('a file')
})

test('a file that is too large for a form is refused beside its field', async () => {
  const visitor = await aVisitor(await aSite(), { locale: 'it' })
  await visitor.speaksAs('Sportello Perugia')
  await visitor.says('richiesta')

  await visitor.answers({ need: 'Aiuto', file: aFile('enorme.pdf', 12 * 1024 * 1024) })

  await visitor.page.locator('#field-file-problem').waitFor()
  await visitor.checks('a refused file')
})

test('a reply is drawn beneath its message', async () => {
  const visitor = await aVisitor(await aSite(), { locale: 'it' })
  await visitor.speaksAs('Sportello Terni')
  await visitor.says('pratiche')
  await visitor.page.locator('.reply > summary').last().click()
  await visitor.page.locator('.reply textarea').last().fill('Grazie')

  await visitor.presses('Rispondi')

  await visitor.page.locator('.thread .mine', { hasText: 'Grazie' }).waitFor()
  await visitor.checks('a thread')
})

test('what was said, the open form and the moved clock are there after a restart', async () => {
  const site = await aSite()
  const visitor = await aVisitor(site, { locale: 'it' })
  await visitor.speaksAs('Sportello Terni')
  await visitor.movesOn()
  await visitor.says('pratica proponi')
  await visitor.answers({ title: 'Resta qui' })
  const day = async () => (await visitor.page.locator('.now').textContent())?.split(' alle ')[0]
  const today = await day()

  await site.again()
  await visitor.page.goto(`${site.address}/as/provider/in/dm`)

  expect(await day()).toBe(today)
  expect(await visitor.page.locator('#field-title').inputValue()).toBe('Resta qui')
  await visitor.sees('pratica proponi')
})

test("an address that is nobody's says so", async () => {
  const site = await aSite()
  const response = await site.page.goto(`${site.address}/as/nessuno/in/dm`)

  expect(response?.status()).toBe(404)
  await looksRight(site.page, 'nobody')
})

test('while the bot does not answer the page says so, and keeps what was written', async () => {
  const { page, address, expected } = await aSite()
  await page.goto(`${address}/as/reuser/in/dm`)
  const away = page.locator('#away')
  expect(await away.isVisible()).toBe(false)
  await page.route('**/say', route => route.abort())
  await page.locator('#text').fill('Mi sentite?')
  await page.locator('.composer > .btn').last().click()

  await away.waitFor()
  expect(await page.locator('#text').inputValue()).toBe('Mi sentite?')
  await looksRight(page, 'away')
  expect(expected()).toContainEqual(expect.stringContaining('Failed to fetch'))

  await page.unroute('**/say')
  await page.locator('.composer > .btn').last().click()
  await away.waitFor({ state: 'hidden' })
  await page.locator('main').getByText('Mi sentite?').first().waitFor()
})

test('a double click sends once, and takes nothing that is written meanwhile', async () => {
  const site = await aSite()
  const visitor = await aVisitor(site, { locale: 'it' })
  const { page } = visitor
  await visitor.goesTo('#suape')
  await visitor.presses('Entra')
  await page.locator('#text').fill('Buongiorno')
  await page.locator('.composer > .btn').last().dblclick()
  await page.locator('#text').fill('Stavo per dire')

  await page.locator('.mine', { hasText: 'Buongiorno' }).waitFor()
  await page.locator('html[aria-busy]').waitFor({ state: 'detached' })
  expect(await page.locator('#text').inputValue()).toBe('Stavo per dire')
  await visitor.says('Un seguito')

  expect(await page.locator('.mine', { hasText: 'Buongiorno' }).count()).toBe(1)
})
