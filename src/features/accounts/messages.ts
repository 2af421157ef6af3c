import type words from '#locales/it/accounts.json'
import type { KeysOf, Markdown, Message } from '#src/core/message.ts'

declare module '#src/core/message.ts' {
  interface Words {
    accounts: KeysOf<typeof words, 'accounts'>
  }
}

export const note = (text: Markdown): Message => ({ summary: text, blocks: [{ type: 'text', text }] })
