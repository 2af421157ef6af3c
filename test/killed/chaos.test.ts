import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const program = join(import.meta.dirname, '../chaos/run.ts')

/** The last line of a run, and how it ended. */
async function run(...flags: string[]): Promise<{ code: number | null; told: string }> {
  const child = spawn(process.execPath, [program, '--posts', '100', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  child.stdout.on('data', (part: Buffer) => {
    told += part.toString()
  })
  const code = await new Promise<number | null>(resolve => child.on('close', resolve))
  return { code, told: told.trimEnd().split('\n').at(-1) ?? '' }
}

// Of this seed's first eighty posts, five reach Slack though the bot never hears so.
test('a bot that forgets to look whether a post arrived posts it twice, and the run of faults says so', async () => {
  const { code, told } = await run('--seed', '5', '--forgetful')

  expect(code).toBe(1)
  expect(told).toMatch(/lost 0, twice [1-9]\d*,/)
})
