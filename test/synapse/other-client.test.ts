import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { matrixWorld } from '#test/support/matrix/world.ts'

const support = join(import.meta.dirname, '../support')

/** Lets a client of another make say a script to the bot; what it could read of the answers. */
async function said(account: { user: string; token: string; device: string }, bot: string, script: string[]) {
  const dir = inject('synapse')
  execFileSync(join(support, 'synapse.sh'), ['person', dir], { stdio: 'inherit' })
  const root = join(dir, 'person')
  const store = `/srv/${account.device}`
  mkdirSync(join(root, store), { recursive: true })
  copyFileSync(join(support, 'matrix/nio-person.py'), join(root, 'srv/person.py'))
  const { user, token, device } = account
  const asked = ['python3', '/srv/person.py', inject('homeserver'), user, token, device, bot, store]
  const child = spawn('chroot', [root, 'env', 'LC_ALL=C.UTF-8', ...asked], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(script))
  let output = ''
  for await (const part of child.stdout) output += String(part)
  return output
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as { body?: string; type?: string; unreadable?: string })
}

test('a client of another make speaks with the bot in an encrypted room, and reads all it says', async () => {
  const world = await matrixWorld({ encrypted: true })
  const { errors } = await world.start()
  const account = await world.hs.register(world.hs.fresh('reuser'))

  const lines = await said(account, world.bot.user, [
    'aiuto',
    'richiesta',
    'P-0001',
    '1',
    'Serve una mano da un altro programma',
    'tieni',
    'salta',
  ])

  expect(lines.filter(({ unreadable }) => unreadable)).toEqual([])
  expect(lines[0]?.body).toContain('Ecco che cosa puoi fare')
  expect(lines.at(-1)?.body).toContain('R-2027-0001')
  expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(['m.notice']))
  expect(errors).toEqual([])
})
