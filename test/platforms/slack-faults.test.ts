import { describe, expect, test } from 'vitest'
import { filled } from '#test/support/slack/answers.ts'
import { pressables, words } from '#test/support/slack/draw.ts'
import { clicks, sends, shortcuts, slashes, writes } from '#test/support/slack/hands.ts'
import { slackHere } from '#test/support/slack/here.ts'

const help = 'Ecco che cosa puoi fare'
const text = (message: { blocks: Record<string, unknown>[] }): string => message.blocks.map(words).join('\n')

describe('a message that meets a fault arrives once', () => {
  for (const kind of ['429', '500', 'cut', 'accept-then-cut'] as const) {
    test(`${kind} while it is posted`, async () => {
      const here = await slackHere()
      here.rig.api.faults.push({ method: 'chat.postMessage', kind, retryAfter: 7 })
      await slashes(here.rig, 'newcomer', await here.dm('newcomer'), 'aiuto')
      await here.settled()
      await here.later()

      const [only, ...more] = await here.inDm('newcomer')
      expect(text(only!)).toContain(help)
      expect(more).toHaveLength(0)
    })
  }

  test('a thread reply that was accepted and then cut is found in the thread', async () => {
    const here = await slackHere()
    await here.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
    await here.play({ as: 'reuser', answers: { event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' } })
    const card = here.inChannel('laboratorio').at(-1)!
    here.rig.api.faults.push({ method: 'chat.postMessage', kind: 'accept-then-cut' })
    await writes(here.rig, 'operator', here.channel('laboratorio'), 'Arrivo', { thread: card.ts })
    await here.settled()
    await here.later()

    const told = (await here.inDm('reuser')).filter(message => text(message).includes('Arrivo'))
    expect(told).toHaveLength(1)
  })

  for (const kind of ['429', '500', 'cut', 'accept-then-cut'] as const) {
    test(`${kind} while it is edited: the same message changes, and changes once`, async () => {
      const here = await slackHere()
      await here.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
      await here.play({ as: 'reuser', answers: { event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' } })
      const card = here.inChannel('laboratorio').at(-1)!
      here.rig.api.faults.push({ method: 'chat.update', kind, retryAfter: 2 })
      const take = pressables(card.blocks).find(({ action }) => action === 'laboratories.take')!
      await clicks(here.rig, 'operator', card, take)
      await here.settled()
      await here.later()

      expect(here.inChannel('laboratorio').filter(({ key }) => key === card.key)).toEqual([card])
      expect(text(card)).toMatch(/in carico/i)
    })

    test(`${kind} while her page is drawn: Slack tells again that she opened it, and there it is`, async () => {
      const here = await slackHere()
      here.rig.api.faults.push({ method: 'views.publish', kind, retryAfter: 1 })
      await here.rig.event({ type: 'app_home_opened', user: here.user('reuser'), tab: 'home' })

      expect(JSON.stringify(here.rig.screen.homes.get(here.user('reuser')))).toContain('SUAPE')
    })
  }

  test('only what one person sees is shown at most once, and a plea for patience is heard', async () => {
    const here = await slackHere()
    here.rig.api.faults.push({ method: 'chat.postEphemeral', kind: '429', retryAfter: 3 })
    await slashes(here.rig, 'reuser', here.channel('suape'), 'aiuto')
    await here.settled()
    await here.later()
    here.rig.api.faults.push({ method: 'chat.postEphemeral', kind: 'accept-then-cut' })
    await slashes(here.rig, 'reuser', here.channel('suape'), 'aiuto')
    await here.settled()
    await here.later()

    expect(here.inChannel('suape', 'reuser')).toHaveLength(2)
  })

  test('a channel that is gone: the message dies, and whoever runs the bot hears of it once', async () => {
    const here = await slackHere()
    // Twice: where it can, the bot goes in and tries once more.
    for (let times = 0; times < 2; times += 1)
      here.rig.api.faults.push({ method: 'chat.postMessage', kind: 'error', error: 'is_archived' })
    await here.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
    await here.play({ as: 'reuser', answers: { event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' } })
    await here.later()

    expect((await here.inDm('administrator')).map(text).filter(said => said.includes('consegnato'))).toHaveLength(1)
  })
})

describe('what a person does', () => {
  test('an expired trigger: the form waits behind a button', async () => {
    const here = await slackHere()
    here.rig.api.faults.push({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' })
    await slashes(here.rig, 'reuser', await here.dm('reuser'), 'richiesta')
    await here.settled()
    const [waiting, ...more] = await here.inDm('reuser')
    expect(text(waiting!)).toContain('domanda')
    expect(more).toHaveLength(0)
    expect(here.rig.screen.before(here.user('reuser'))).toBeUndefined()

    await clicks(here.rig, 'reuser', waiting!, pressables(waiting!.blocks)[0]!)
    await here.settled()
    expect(here.rig.screen.before(here.user('reuser'))?.view).toMatchObject({ callback_id: 'form' })
  })

  test('a modal submitted twice is one request', async () => {
    const here = await slackHere()
    await slashes(here.rig, 'reuser', await here.dm('reuser'), 'richiesta')
    await here.settled()
    const modal = here.rig.screen.before(here.user('reuser'))!
    const values = await filled(here.rig, 'reuser', modal, {
      event: 'reuser_support',
      need: 'Serve una mano',
      urgency: 'normal',
    })
    await Promise.all([sends(here.rig, 'reuser', modal, values), sends(here.rig, 'reuser', modal, values)])
    await sends(here.rig, 'reuser', modal, values)
    await here.settled()

    expect(here.inChannel('laboratorio')).toHaveLength(1)
  })

  test('two presses at the same moment take a request once', async () => {
    const here = await slackHere()
    await here.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
    await here.play({ as: 'reuser', answers: { event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' } })
    const card = here.inChannel('laboratorio').at(-1)!
    const take = pressables(card.blocks).find(({ action }) => action === 'laboratories.take')!
    await Promise.all([clicks(here.rig, 'operator', card, take), clicks(here.rig, 'operator', card, take)])
    await here.settled()

    const answers = here.inChannel('laboratorio', 'operator').map(text).join()
    expect(answers.match(/Hai in carico/g)).toHaveLength(1)
    expect(answers.match(/è già in carico a te/g)).toHaveLength(1)
    expect((await here.inDm('reuser')).filter(message => text(message).includes('in carico'))).toHaveLength(1)
  })

  test('a modal that was open when the bot was started anew is taken in, once', async () => {
    const here = await slackHere()
    await here.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
    const modal = here.rig.screen.before(here.user('reuser'))!
    await here.close()
    const again = await slackHere({ db: here.store.address, prepare: async () => {} })
    const values = await filled(again.rig, 'reuser', modal, { event: 'reuser_support', need: 'Una', urgency: 'normal' })
    await sends(again.rig, 'reuser', modal, values)
    await again.settled()

    expect(again.inChannel('laboratorio')).toHaveLength(1)
    expect(modal.open).toBe(false)
  })

  test('an event brought three times is answered once', async () => {
    const here = await slackHere()
    const dm = await here.dm('newcomer')
    await Promise.all([1, 2, 3].map(() => writes(here.rig, 'newcomer', dm, 'aiuto', { id: 'Ev1' })))
    await here.settled()

    expect(await here.inDm('newcomer')).toHaveLength(1)
  })

  test('a button on a year-old message still answers', { timeout: 120_000 }, async () => {
    const here = await slackHere()
    await here.play({ as: 'newcomer', in: 'dm', text: 'buongiorno' })
    const [menu] = await here.inDm('newcomer')
    await here.scene.moveTo(here.now().add({ hours: 24 * 365 }))
    await here.settled()
    const before = (await here.inDm('newcomer')).length
    await clicks(here.rig, 'newcomer', menu!, pressables(menu!.blocks).at(-1)!)
    await here.settled()

    expect(await here.inDm('newcomer')).toHaveLength(before + 1)
  })

  test('a message of one who has left is dropped, and she is asked nothing more', async () => {
    const here = await slackHere()
    const user = { id: here.user('reuser'), name: 'reuser', deleted: true, is_bot: false }
    await here.rig.event({ type: 'user_change', user })
    await here.scene.moveTo(Temporal.Instant.from('2027-02-02T10:00:00Z'))
    await here.settled()

    expect(await here.inDm('reuser')).toHaveLength(0)
    expect((await here.inDm('administrator')).map(text).filter(said => said.includes('consegnato'))).toHaveLength(0)
  })

  test('a shortcut on a message becomes a request with the way back', async () => {
    const here = await slackHere()
    await shortcuts(here.rig, 'reuser', here.channel('suape'), 'Non parte <b>niente</b>', 'laboratories.request')
    await here.settled()

    const modal = here.rig.screen.before(here.user('reuser'))
    expect(JSON.stringify(modal?.view)).toContain('Non parte <b>niente</b>')
    expect(JSON.stringify(modal?.view)).toMatch(/https?:.*archives/)
  })
})
