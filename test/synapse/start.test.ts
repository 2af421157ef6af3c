import { readFileSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { homeserver } from '#test/support/matrix/homeserver.ts'
import { aShell } from '#test/support/shell/shell.ts'

test('bot start with Matrix in the settings: it runs there, in one heap, and is gone soon after it was asked to stop', async () => {
  const hs = homeserver(inject('homeserver'))
  const { user, password } = await hs.register(hs.fresh('started'))
  const settings = { MATRIX_HOMESERVER_URL: hs.url, MATRIX_USER_ID: user, MATRIX_PASSWORD: password }
  const bot = aShell().running(['start'], { ...settings, PORT: '0' })
  const address = await bot.says(/in funzione su Matrix.*(http:\/\/[0-9.:]+)\/healthz/)
  expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({ platforms: { matrix: 'up' } })
  if (process.platform === 'linux')
    expect(readFileSync(`/proc/${bot.pid}/environ`, 'utf8').split('\0')).toContain('MALLOC_ARENA_MAX=1')

  const asked = performance.now()
  expect(await bot.stop()).toMatchObject({ code: 0 })
  // A service manager waits ten seconds, whatever a library has left behind.
  expect(performance.now() - asked).toBeLessThan(10_000)
})
