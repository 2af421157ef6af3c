import type { Settings } from '#src/config.ts'
import type { Translate } from '#src/core/message.ts'
import { chat } from './chat.ts'

/** With nothing configured: the demo community in a terminal, or a word on how to get there without one. */
export async function start(settings: Settings, t: Translate): Promise<number> {
  if (process.stdin.isTTY) return chat({ as: 'newcomer', db: `${settings.DATA_DIR}/demo.db` }, t)
  process.stdout.write(`${t.plain(t('shell.start.noTerminal'))}\n`)
  return 0
}
