import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { filled } from '#test/support/slack/answers.ts'
import { sends, slashes, writes } from '#test/support/slack/hands.ts'
import { slackHere } from '#test/support/slack/here.ts'

describe('the line', () => {
  test('a token that was revoked loses nothing: what waited goes out with the next one', async () => {
    const here = await slackHere()
    for (let times = 0; times < 3; times += 1) {
      here.rig.api.faults.push({ method: 'chat.postMessage', kind: 'error', error: 'token_revoked' })
    }
    await slashes(here.rig, 'newcomer', await here.dm('newcomer'), 'aiuto')
    await here.settled()
    expect(await here.inDm('newcomer')).toHaveLength(0)
    for (let times = 0; times < 4; times += 1) await here.later()

    expect(await here.inDm('newcomer')).toHaveLength(1)
  })

  test('the socket is refreshed, or cut, in the middle: what comes then is answered once', async () => {
    const here = await slackHere({ mode: 'socket' })
    const dm = await here.dm('newcomer')
    here.rig.socket!.refresh()
    await writes(here.rig, 'newcomer', dm, 'aiuto')
    here.rig.socket!.cut()
    await writes(here.rig, 'newcomer', dm, 'aiuto')
    await here.settled()

    expect(await here.inDm('newcomer')).toHaveLength(2)
  })

  test('what was acknowledged is handled after a crash, and once', async () => {
    const here = await slackHere()
    const dm = await here.dm('newcomer')
    here.rig.api.faults.push({ method: 'chat.postMessage', kind: 'accept-then-cut' })
    await writes(here.rig, 'newcomer', dm, 'aiuto', { id: 'Ev1' })
    await here.settled()
    await here.close()
    const again = await slackHere({ db: here.store.address, prepare: async () => {} })
    await writes(again.rig, 'newcomer', dm, 'aiuto', { id: 'Ev1' })
    await again.later()

    expect(await again.inDm('newcomer')).toHaveLength(1)
  })
})

describe('a database locked by somebody else for five seconds', () => {
  const locked = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    const timer = setTimeout(() => other.close(), 5000)
    try {
      return await work()
    } finally {
      clearTimeout(timer)
      if (other.open) other.close()
    }
  }

  test.each(['http', 'socket'] as const)(
    '%s: modal and field errors arrive in time, and her words stay in it',
    async mode => {
      const here = await slackHere({ mode })
      await here.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
      const modal = here.rig.screen.before(here.user('reuser'))!
      const good = await filled(here.rig, 'reuser', modal, {
        event: 'reuser_support',
        need: 'Serve una mano',
        urgency: 'normal',
      })
      const bad = await filled(here.rig, 'reuser', modal, { event: 'reuser_support', need: '', urgency: 'normal' })
      await locked(here.store.address, async () => {
        const at = performance.now()
        expect(await sends(here.rig, 'reuser', modal, bad)).toMatchObject({
          response_action: 'errors',
          errors: { need: expect.any(String) },
        })
        expect(performance.now() - at).toBeLessThan(500)

        expect(await sends(here.rig, 'reuser', modal, good)).toMatchObject({ response_action: 'errors' })
        expect(Object.values(modal.errors).join()).toContain('Le tue parole restano qui')
        expect(performance.now() - at).toBeLessThan(3500)
      })
      expect(here.inChannel('laboratorio')).toHaveLength(0)
      await sends(here.rig, 'reuser', modal, good)
      await here.settled()
      expect(here.inChannel('laboratorio')).toHaveLength(1)
    },
  )

  test.each(['http', 'socket'] as const)(
    '%s: a command opens its modal, she hears to try again, and nothing comes later',
    async mode => {
      const here = await slackHere({ mode })
      await here.play({ as: 'reuser', in: 'dm', text: 'aiuto' })
      const before = (await here.inDm('reuser')).length
      here.rig.api.faults.push({ method: 'views.update', kind: 'slow', milliseconds: 300 })
      await locked(here.store.address, async () => {
        const answer = await slashes(here.rig, 'reuser', here.channel('suape'), 'richiesta')
        expect(answer).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('Riprova') })
      })
      await here.later()

      const modals = here.rig.screen.changes.flatMap(change => (change.kind === 'modal' ? [change.modal.view] : []))
      expect(JSON.stringify(modals[0])).toContain('Un momento')
      expect(JSON.stringify(here.rig.screen.before(here.user('reuser'))?.view)).toContain('Riprova')
      expect(await here.inDm('reuser')).toHaveLength(before)
    },
  )

  test('an event that could not be written down is brought again', async () => {
    const here = await slackHere()
    const dm = await here.dm('newcomer')
    const took = await locked(here.store.address, () => writes(here.rig, 'newcomer', dm, 'aiuto'))
    await here.settled()

    expect(took).toBeGreaterThan(1)
    expect(await here.inDm('newcomer')).toHaveLength(1)
  })
})
