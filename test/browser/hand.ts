import type { Locator, Page } from 'playwright-core'

/** What of the page is looked at from inside it: this program knows no other. */
declare const document: { activeElement: { name?: string } | null }

/** How a visitor touches the page. */
export interface Hand {
  presses(control: Locator): Promise<void>
  writes(control: Locator, words: string): Promise<void>
  /** A radio button or a box to tick. */
  chooses(control: Locator): Promise<void>
  selects(menu: Locator, label: string): Promise<void>
}

export const byMouse = (): Hand => ({
  presses: control => control.click(),
  writes: (control, words) => control.fill(words),
  chooses: control => control.check(),
  selects: async (menu, label) => void (await menu.selectOption({ label })),
})

const holdsFocus = (control: Locator): Promise<boolean> => control.evaluate(each => document.activeElement === each)

/** The keys alone: Tab until the control has focus, then what works on such a control. */
export function byKeyboard(page: Page): Hand {
  const reach = async (control: Locator, there = holdsFocus): Promise<void> => {
    await control.waitFor()
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let tried = 0; tried < 150; tried += 1) {
        if (await there(control)) return
        await page.keyboard.press(key)
      }
    }
    throw new Error(`the keyboard does not reach ${control}`)
  }
  return {
    presses: async control => {
      await reach(control)
      await page.keyboard.press('Enter')
    },
    writes: async (control, words) => {
      await reach(control)
      await page.keyboard.press('Control+A')
      await page.keyboard.press('Delete')
      await page.keyboard.type(words)
    },
    chooses: async control => {
      if ((await control.getAttribute('type')) === 'checkbox') await reach(control)
      else await reachRadio(page, control, reach)
      if (!(await control.isChecked())) await page.keyboard.press('Space')
    },
    selects: async (menu, label) => {
      await reach(menu)
      await page.keyboard.type(label)
    },
  }
}

/** Tab comes to a group of radio buttons once; within it the arrows move, and choose. */
async function reachRadio(
  page: Page,
  control: Locator,
  reach: (control: Locator, there: (control: Locator) => Promise<boolean>) => Promise<void>,
): Promise<void> {
  const inGroup = (one: Locator): Promise<boolean> =>
    one.evaluate(each => document.activeElement?.name === each.getAttribute('name'))
  await reach(control, inGroup)
  for (let tried = 0; tried < 30 && !(await holdsFocus(control)); tried += 1) await page.keyboard.press('ArrowDown')
}
