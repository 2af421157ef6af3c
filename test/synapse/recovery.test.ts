import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkedMatrix } from '#src/cli/matrix.ts'
import { readSettings } from '#src/config.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { newRecoveryKey } from '#src/platforms/matrix/sdk/recovery.ts'
import { born } from '#test/support/matrix/born.ts'
import { matrixWorld, type World } from '#test/support/matrix/world.ts'

/** What `bot doctor` says of it. */
const findings = ({ settings }: World, places: Parameters<typeof checkedMatrix>[1] = []) =>
  checkedMatrix(
    readSettings({
      DATA_DIR: settings.folder,
      MATRIX_HOMESERVER_URL: settings.homeserver,
      MATRIX_USER_ID: settings.user,
      MATRIX_PASSWORD: settings.password,
      MATRIX_RECOVERY_KEY: settings.recoveryKey,
    }),
    places,
    openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' }),
  )

test('the rooms of the kit: where the bot is, where it has to be invited, and what nobody is called', async () => {
  const world = await matrixWorld({ encrypted: false })
  await world.start()
  const reuser = await world.as('reuser')
  await reuser.tells('aiuto')
  const own = world.hs.fresh('private')
  await reuser.client.createRoom({ room_alias_name: own })
  const at = (name: string) => ({ platform: 'matrix' as const, workspace: 'localhost', id: `#${name}:localhost`, name })

  const said = await findings(world, [at(world.hs.fresh('suape')), at(own), at(world.hs.fresh('nowhere'))])

  expect(said.slice(-3).map(({ ok, text }) => [ok, String(text)])).toEqual([
    [true, expect.stringContaining('sono nella stanza suape')],
    [false, expect.stringContaining('non sono nella stanza private')],
    [false, expect.stringContaining('nessuna stanza si chiama')],
  ])
})

test('after the loss of its folder, another device is verified too, and reads what was said meanwhile', async () => {
  const world = await matrixWorld({ encrypted: true, recoveryKey: newRecoveryKey() })
  const { errors } = await world.start()
  const reuser = await world.as('reuser')
  await reuser.tells('aiuto')
  const said = (await findings(world)).map(({ ok, text }) => [ok, String(text)])
  expect(said).toContainEqual([true, 'Il dispositivo è verificato.'])
  expect(said).toContainEqual([true, expect.stringContaining('Le chiavi hanno una copia sul server')])
  const copy = () => world.hs.call('GET', '/_matrix/client/v3/room_keys/version', world.bot.token)
  await expect.poll(async () => (await copy()).count, { timeout: 30_000 }).toBeGreaterThan(0)
  await world.stop()
  await reuser.says('pratiche')

  const { child, up } = born({ ...world.settings, folder: mkdtempSync(join(tmpdir(), 'animatore-again-')) })
  onTestFinished(() => void child.kill('SIGKILL'))
  await up

  await reuser.hears('Ci sono 4 buone pratiche')
  const crypto = reuser.client.getCrypto()!
  const devices = (await crypto.getUserDeviceInfo([world.bot.user], true)).get(world.bot.user)
  const status = async (device: string) =>
    (await crypto.getDeviceVerificationStatus(world.bot.user, device))?.signedByOwner
  const own = [...(devices?.keys() ?? [])].filter(device => device.startsWith('ANIMATORE'))
  expect(own).toHaveLength(2)
  expect(await Promise.all(own.map(status))).toEqual([true, true])
  expect(errors).toEqual([])
})
