import { openStage, type StageOptions } from '#src/cli/stage.ts'
import { play } from '#src/platforms/console/rehearsal.ts'
import type { Store } from '#src/storage/database.ts'

/** The bot somewhere: in the console, or on Slack or Matrix when the suite says so. */
interface Driven {
  play(line: object): Promise<void>
  now: () => Temporal.Instant
  read: Store['read']
  close(): Promise<void>
}
type Opening = Pick<StageOptions, 'prepare' | 'at' | 'log' | 'workers' | 'draw'> & {
  db: string
  out: (line: object) => void
  /** Whether an error in the log fails the line that caused it. */
  strict: boolean
}

export const openOn = (options: Opening): Promise<Driven> =>
  process.env.SLACK_MODE !== undefined
    ? inSlack(options)
    : process.env.MATRIX_MODE !== undefined
      ? inMatrix(options)
      : inConsole(options)

async function inConsole(options: Opening): Promise<Driven> {
  const { stage, bot, store } = await openStage({ ...options, asks: 'form', show: options.out })
  return {
    now: stage.now,
    read: store.read,
    close: bot.stop,
    play: async line => {
      const wrong = await play(JSON.stringify(line), stage)
      if (wrong !== undefined) throw new Error(`${JSON.stringify(wrong)} (${JSON.stringify(line)})`)
    },
  }
}

async function inSlack(options: Opening): Promise<Driven> {
  const { openSlackStage } = await import('./slack/stage.ts')
  const mode = process.env.SLACK_MODE === 'http' ? 'http' : 'socket'
  const { play: line, now, store, close } = await openSlackStage({ ...options, mode })
  return { play: line, now, read: store.read, close }
}

async function inMatrix(options: Opening): Promise<Driven> {
  const { openMatrixStage } = await import('./matrix/stage.ts')
  const { play: line, now, store, close } = await openMatrixStage(options)
  return { play: line, now, read: store.read, close }
}
