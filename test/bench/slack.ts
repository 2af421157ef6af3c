import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { enroll } from '#src/features/communities/store.ts'
import { openStore } from '#src/storage/database.ts'
import { memberOf } from '#src/storage/members.ts'
import { demonstration } from '#test/support/demonstration.ts'
import type { Rig } from '#test/support/slack/rig.ts'
import { type Benchmark, inTurns, type Line, milliseconds, quantile } from './lib/benchmark.ts'
import { type App, openApp, openWorkspace, type Times } from './lib/load.ts'
import { start } from './lib/start.ts'

// So many that nobody is written to more often than Slack lets anyone be, which is once a second.
const PEOPLE = 500
const RATES = [10, 50, 100]
const ACQUAINTED = 50
const ROUNDS = 4
const SECONDS = 3

/** From a command to its acknowledgement and to the visible answer, each bot in a process of its own. */
export const benchmark: Benchmark = {
  about:
    'A bare Bolt app that acknowledges and answers `ok`, keeping nothing; ours has written the event and the answer to the disk.',
  run: async () => {
    const [ours, bare] = [await openOurs(), await openBare()]
    // Everybody has written before: whoever is new is asked for at Slack, once.
    for (const app of [ours, bare]) await app.load(ACQUAINTED, PEOPLE / ACQUAINTED, none())
    const lines: Line[] = []
    for (const rate of [...RATES]) {
      const times = { ours: none(), bare: none() }
      await inTurns(
        ROUNDS,
        () => ours.load(rate, SECONDS, times.ours),
        () => bare.load(rate, SECONDS, times.bare),
      )
      lines.push(
        compared(`acknowledged, ${rate} a second, p99`, times.ours.acknowledged, times.bare.acknowledged),
        compared(`answer visible, ${rate} a second, p99`, times.ours.visible, times.bare.visible),
      )
    }
    await ours.stop()
    await bare.stop()
    return lines
  },
}

const none = (): Times => ({ acknowledged: [], visible: [] })

function compared(what: string, ours: number[], reference: number[]): Line {
  const [own, other] = [quantile(ours, 0.99), quantile(reference, 0.99)]
  return { what, ours: milliseconds(own), reference: milliseconds(other), ratio: own / other, target: { atMost: 1.5 } }
}

async function openOurs(): Promise<App> {
  const rig = await openWorkspace(PEOPLE)
  const folder = mkdtempSync(join(tmpdir(), 'animatore-bench-'))
  const file = join(folder, 'bench.db')
  await fill(file, rig)
  const env = { DATABASE_URL: `file:${file}`, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn' }
  return openApp(rig, start, env, 'aiuto')
}

async function openBare(): Promise<App> {
  return openApp(await openWorkspace(PEOPLE), [join(import.meta.dirname, 'lib/bare-bolt.ts')], {}, 'aiuto')
}

/** The demo community, with everybody of the workspace in it. */
async function fill(file: string, { users, team: workspace }: Rig): Promise<void> {
  const store = await openStore(file)
  const now = Temporal.Now.instant()
  await store.transaction(async tx => {
    await demonstration(tx, now)
    for (const [name, account] of users) {
      const { id } = await memberOf(tx, { platform: 'slack', workspace, account, name }, now)
      await enroll(tx, id, 'suape', now)
    }
  })
  await store.close()
}
