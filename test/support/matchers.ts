import { expect } from 'vitest'
import type { Shown } from '#src/platforms/console/draw.ts'

declare module 'vitest' {
  interface Matchers {
    /** The message offers this action, with this value when it is given. */
    toOffer(action: string, value?: string): void
    /** The message's text holds this. */
    toSay(text: string | RegExp): void
  }
}

expect.extend({
  toOffer(message: Shown, action: string, value?: string) {
    const offered = message.choices ?? []
    const pass = offered.some(choice => choice.action === action && (value === undefined || choice.value === value))
    return {
      pass,
      message: () =>
        `offered: ${offered.map(choice => `${choice.action}=${choice.value}`).join(', ')} in «${message.text}»`,
    }
  },
  toSay({ text }: Shown, wanted: string | RegExp) {
    return {
      pass: typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text),
      message: () => `said: ${text}`,
    }
  },
})
