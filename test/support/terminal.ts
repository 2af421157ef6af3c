import { PassThrough } from 'node:stream'
import { onTestFinished } from 'vitest'
import { openStage } from '#src/cli/stage.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { runTerminal } from '#src/platforms/console/terminal.ts'
import { strict } from './community.ts'
import { freshDatabase } from './database.ts'
import { demonstration } from './demonstration.ts'

/** A terminal: what is typed goes in line by line, what the bot says to each line comes out. */
export async function terminal(as: string, known?: string) {
  const db = known ?? (await freshDatabase())
  const [input, output] = [new PassThrough(), new PassThrough()]
  let written = ''
  let prompted: () => void = () => {}
  output.on('data', part => {
    written += part
    if (/> $/.test(written)) prompted()
  })
  const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })
  const screen = runTerminal({ input, output, as, t })
  const at = Temporal.Instant.from('2027-01-11T09:00:00Z')
  const { stage, bot } = await openStage({
    db,
    prepare: demonstration,
    at,
    asks: 'conversation',
    log: strict,
    show: screen.show,
    out: () => {},
  })
  const begun = new Promise<void>(done => (prompted = done))
  const running = screen.run(stage)
  await begun
  const leave = async () => {
    input.end()
    await running
    await bot.stop()
  }
  let open = true
  onTestFinished(() => (open ? leave() : undefined))
  return {
    db,
    /** Types a line and reads all that comes before the next prompt. */
    types: async (line: string): Promise<string> => {
      written = ''
      const ready = new Promise<void>(done => (prompted = done))
      input.write(`${line}\n`)
      await ready
      return written
    },
    leave: async () => {
      open = false
      await leave()
    },
    /** Lines that come all at once, and are all there are; what was said to them. */
    pours: async (...lines: string[]): Promise<string> => {
      open = false
      written = ''
      input.write(lines.map(line => `${line}\n`).join(''))
      await leave()
      return written
    },
  }
}
