// A community that lives in a workspace of the rig, as `bot start` serves it.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { scopes } from '#src/platforms/slack/scopes.ts'
import { openStore } from '#src/storage/database.ts'
import { demonstration } from '#test/support/demonstration.ts'
import { openRig, type Rig } from './rig.ts'

export interface Alive {
  rig: Rig
  /** Mary's direct conversation with the bot. */
  dm: string
  /** The environment of a bot that lives there; she administers it. */
  settings: Record<string, string>
}

/** The demo community on a database, and a workspace with Mary in it: nothing runs yet. */
export async function alive(mode: 'socket' | 'http'): Promise<Alive> {
  const people = [{ name: 'mary', locale: 'en-GB' }]
  const rig = await openRig({ mode, people, channels: [], scopes: Object.keys(scopes) })
  onTestFinished(rig.close)
  const folder = mkdtempSync(join(tmpdir(), 'animatore-live-'))
  const db = join(folder, 'live.db')
  const store = await openStore(db)
  await store.transaction(tx => demonstration(tx, Temporal.Now.instant()))
  await store.close()
  const { token, appToken, secret } = rig.bot
  const opened = await rig.as('animatore', 'conversations.open', { users: rig.users.get('mary') })
  const settings = {
    DATABASE_URL: `file:${db}`,
    DATA_DIR: folder,
    SLACK_BOT_TOKEN: token,
    SLACK_API_URL: rig.api.url,
    ADMINS: `slack:${rig.team}/${rig.users.get('mary')}`,
    ...(mode === 'http' ? { SLACK_SIGNING_SECRET: secret } : { SLACK_APP_TOKEN: appToken }),
  }
  return { rig, dm: (opened as { channel: { id: string } }).channel.id, settings }
}
