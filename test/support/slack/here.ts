import { onTestFinished } from 'vitest'
import type { StageOptions } from '#src/cli/stage.ts'
import { freshDatabase } from '#test/support/database.ts'
import { demonstration } from '#test/support/demonstration.ts'
import { demoDatabase } from '#test/support/prepared.ts'
import { direct, type Scene, settled } from './player.ts'
import type { Seen } from './screen.ts'
import { closeWorkspaces, openSlackStage, type SlackStage } from './stage.ts'

export interface Here extends SlackStage {
  /** The messages one person sees in her direct conversation with the bot. */
  inDm(person: string): Promise<Seen[]>
  /** The messages in a channel that everybody, or only this person, sees. */
  inChannel(name: string, only?: string): Seen[]
  dm(person: string): Promise<string>
  channel(name: string): string
  user(person: string): string
  settled(): Promise<void>
  /** Lets time pass until what waits to be tried again is due. */
  later(): Promise<void>
}

export interface HereOptions {
  mode?: 'socket' | 'http'
  scopes?: readonly string[]
  db?: string
  prepare?: StageOptions['prepare']
  beside?: StageOptions['beside']
  /** What comes from elsewhere than the rig is done as it comes. */
  awake?: boolean
}

const START = '2027-01-11T09:00:00Z'

/** The demo community in a workspace of its own. What goes wrong on purpose is no failure of the test. */
export async function slackHere(options: HereOptions = {}): Promise<Here> {
  const { mode = 'http', scopes, prepare, beside, awake } = options
  const db = options.db ?? (await (prepare ? freshDatabase('slack') : demoDatabase(START)))
  let driven: Scene | undefined
  let tail: Promise<void> = Promise.resolve()
  const wake = (): void => {
    tail = tail.then(async () => void (driven && (await settled(driven))))
  }
  const stage = await openSlackStage({
    db,
    mode,
    prepare: prepare ?? demonstration,
    at: Temporal.Instant.from(START),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    out: () => {},
    strict: false,
    ...(scopes && { scopes }),
    ...(beside && { beside }),
    ...(awake && { wake }),
  })
  driven = stage.scene
  let open = true
  const close = async (): Promise<void> => {
    driven = undefined
    await tail
    if (open) await stage.close()
    open = false
  }
  onTestFinished(async () => {
    await close()
    await closeWorkspaces()
  })
  const { rig, scene } = stage
  const channel = (name: string): string => rig.channels.get(name) ?? ''
  const user = (person: string): string => rig.users.get(person) ?? ''
  return {
    ...stage,
    close,
    channel,
    user,
    dm: person => direct(scene, person),
    settled: () => settled(scene),
    inDm: async person => {
      const dm = await direct(scene, person)
      return rig.screen.messages.filter(each => each.channel === dm)
    },
    inChannel: (name, only) =>
      rig.screen.messages.filter(
        each => each.channel === channel(name) && each.only === (only === undefined ? undefined : user(only)),
      ),
    later: async () => {
      await scene.moveTo(stage.now().add({ minutes: 30 }))
      await settled(scene)
    },
  }
}
