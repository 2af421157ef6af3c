import { expect, test } from 'vitest'
import { openLanguage } from '#src/i18n/language.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'
import { boundPlace, placesFor } from '#src/storage/places.ts'
import { pressables, words } from '#test/support/slack/draw.ts'
import { clicks, clicksAtHome, slashes, writes } from '#test/support/slack/hands.ts'
import { slackHere } from '#test/support/slack/here.ts'

const hostile = '<!channel> @room *a_b* & "x"'
const text = (message: { blocks: Record<string, unknown>[] }): string => message.blocks.map(words).join('\n')

test('called by name in a channel it answers her alone; other words there are nobody’s business', async () => {
  const here = await slackHere({ mode: 'socket' })
  await writes(here.rig, 'reuser', here.channel('suape'), 'aiuto', { mention: true })
  await writes(here.rig, 'reuser', here.channel('suape'), 'aiuto')
  await here.settled()

  expect(here.inChannel('suape', 'reuser')).toHaveLength(1)
  expect(here.inChannel('suape')).toHaveLength(0)
})

test('a command typed in the direct conversation asks by a button; a bot is never answered', async () => {
  const here = await slackHere()
  await writes(here.rig, 'reuser', await here.dm('reuser'), 'richiesta')
  await here.rig.event({
    type: 'message',
    bot_id: 'B9',
    channel: await here.dm('reuser'),
    channel_type: 'im',
    text: 'aiuto',
    ts: '1.1',
  })
  await here.settled()

  const [asked, ...more] = await here.inDm('reuser')
  expect(pressables(asked!.blocks).map(({ label }) => label)).toEqual(['Apri il modulo'])
  expect(more).toHaveLength(0)
})

test('App Home shows what concerns her, and each press is answered in her direct conversation', async () => {
  const here = await slackHere()
  const opens = (person: string) => here.rig.event({ type: 'app_home_opened', user: here.user(person), tab: 'home' })
  await here.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
  await here.play({ as: 'reuser', answers: { event: 'reuser_support', need: hostile, urgency: 'normal' } })
  await here.play({ as: 'provider', in: 'dm', text: 'pratica proponi' })
  await here.play({
    as: 'provider',
    answers: {
      title: hostile,
      summary: hostile,
      description: 'Una descrizione',
      provider: 'Comune di Terni',
      community: 'suape',
    },
  })
  for (const person of ['reuser', 'operator', 'coordinator', 'newcomer']) await opens(person)
  await here.settled()
  const home = (person: string) => here.rig.screen.homes.get(here.user(person)) as { blocks: Record<string, unknown>[] }

  expect(text(home('reuser'))).toMatch(/Le tue comunità[\s\S]*SUAPE[\s\S]*R-2027-0001/)
  expect(text(home('operator'))).toContain('R-2027-0001')
  expect(text(home('coordinator'))).toContain(hostile)
  expect(text(home('newcomer'))).toContain('Non fai ancora parte')
  expect(here.rig.api.refused).toEqual([])

  const before = (await here.inDm('reuser')).length
  const open = pressables(home('reuser').blocks).find(({ action }) => action === 'laboratories.details')
  await clicksAtHome(here.rig, 'reuser', open!)
  await here.settled()
  expect(await here.inDm('reuser')).toHaveLength(before + 1)
})

test('a hostile title is text in message, label, notification and search', async () => {
  const here = await slackHere()
  await here.play({ as: 'provider', in: 'dm', text: 'pratica proponi' })
  await here.play({
    as: 'provider',
    answers: {
      title: hostile,
      summary: hostile,
      description: hostile,
      provider: 'Comune di Terni',
      community: 'suape',
    },
  })
  const card = here.inChannel('coordinamento').at(-1)!
  await clicks(
    here.rig,
    'coordinator',
    card,
    pressables(card.blocks).find(({ action }) => action === 'practices.publish')!,
  )
  await here.settled()

  const announced = here.inChannel('suape').at(-1)!
  expect(text(announced)).toContain(hostile)
  expect(announced.text).toContain('&lt;!channel&gt; @room *a_b* &amp; "x"')
  expect(JSON.stringify([announced, card])).not.toContain('"mrkdwn"')
  expect(announced.text).not.toContain('<!channel>')
  await slashes(here.rig, 'reuser', await here.dm('reuser'), 'richiesta')
  await here.settled()
  const found: Record<string, unknown>[] = []
  here.scene.out = line => void found.push(line)
  await here.play({ as: 'reuser', search: 'practice', text: 'channel' })
  expect(JSON.stringify(found)).toContain(JSON.stringify(hostile).slice(1, -1))
})

test('more than five choices are a menu, and an option does what it says', async () => {
  const here = await slackHere()
  await here.rig.event({ type: 'channel_archive', channel: here.channel('digitale'), user: here.user('reuser') })
  await here.rig.as('administrator', 'conversations.join', { channel: here.channel('digitale') })
  await slashes(here.rig, 'administrator', here.channel('digitale'), 'associa')
  await here.settled()
  const asked = here.inChannel('digitale', 'administrator').at(-1)!
  expect(JSON.stringify(asked.blocks)).toContain('static_select')
  await clicks(
    here.rig,
    'administrator',
    asked,
    pressables(asked.blocks).find(({ value }) => value === 'community:welfare')!,
  )
  await here.settled()

  expect(await here.store.read(tx => placesFor(tx, 'community', 'welfare'))).toHaveLength(2)
})

test('a private channel lets nobody in by themselves: whoever bound it hears whom to ask', async () => {
  const here = await slackHere()
  here.rig.api.faults.push({
    method: 'conversations.join',
    kind: 'error',
    error: 'method_not_supported_for_channel_type',
  })
  await here.rig.as('animatore', 'conversations.leave', { channel: here.channel('digitale') })
  await slashes(here.rig, 'administrator', here.channel('digitale'), 'associa coordinamento')
  await slashes(here.rig, 'administrator', here.channel('digitale'), 'associa chi coordina')
  await here.settled()

  expect((await here.inDm('administrator')).map(text).join()).toContain('/invite @Animatore')
  expect(here.inChannel('digitale')).toHaveLength(0)
})

test('a channel renamed keeps its use; one archived is written to no more, and the administrator hears of it', async () => {
  const here = await slackHere()
  const place = { platform: 'slack' as const, workspace: here.rig.team, id: here.channel('suape') }
  await here.rig.event({ type: 'channel_rename', channel: { id: place.id, name: 'sportello-unico' } })
  expect(await here.store.read(tx => boundPlace(tx, place))).toMatchObject({ name: 'sportello-unico', scope: 'suape' })
  await here.rig.event({ type: 'channel_archive', channel: place.id, user: here.user('reuser') })
  await here.settled()

  expect(await here.store.read(tx => placesFor(tx, 'community', 'suape'))).toHaveLength(0)
  expect((await here.inDm('administrator')).map(text).join()).toContain('sportello-unico')
})

test('a newcomer is met in her channel; at the door only when the community says so', async () => {
  const here = await slackHere()
  await here.rig.event({ type: 'team_join', user: { id: here.user('newcomer'), name: 'newcomer' } })
  await here.settled()
  expect(await here.inDm('newcomer')).toHaveLength(0)
  await here.play({ as: 'newcomer', join: '#suape' })
  expect((await here.inDm('newcomer')).length).toBeGreaterThan(0)
})

test('where the kit welcomes at the door, who enters the workspace is offered its communities, once', async () => {
  const kit = demoKit().replace('  locale: it\n', '  locale: it\n  welcome_at_door: true\n')
  const here = await slackHere({ prepare: preparing(kit, openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })) })
  for (const _ of [1, 2]) {
    await here.rig.event({ type: 'team_join', user: { id: here.user('newcomer'), name: 'newcomer' } })
    await here.settled()
  }
  const offered = (await here.inDm('newcomer')).map(({ blocks }) => pressables(blocks).map(({ action }) => action))
  expect(offered).toHaveLength(1)
  expect(offered[0]).toContain('communities.enter')
})

test('her language and zone come from her profile, and the zone follows it', async () => {
  const here = await slackHere()
  const user = { id: 'U0NEW', name: 'mary', real_name: 'Mary', locale: 'en-GB', tz: 'Europe/London' }
  here.rig.api.answers.set('users.info', () => ({ ok: true, user }))
  await here.rig.event({ type: 'member_joined_channel', user: 'U0NEW', channel: here.channel('ocpa') })
  await here.settled()
  const account = { platform: 'slack' as const, workspace: here.rig.team, account: 'U0NEW', name: 'Mary' }
  expect(await here.bot.intake.member(account)).toMatchObject({ locale: 'en', timezone: 'Europe/London' })
  for (const tz of ['Asia/Tokyo', 'Mars/One']) await here.rig.event({ type: 'user_change', user: { ...user, tz } })
  expect(await here.bot.intake.member(account)).toMatchObject({ locale: 'en', timezone: 'Asia/Tokyo' })
})

test('who and what is called by name in a reply is named to whoever reads it elsewhere', async () => {
  const here = await slackHere()
  await here.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
  await here.play({ as: 'reuser', answers: { event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' } })
  const card = here.inChannel('laboratorio').at(-1)!
  const named = `Senti <@${here.user('coordinator')}> in <#${here.channel('suape')}|>, non <@U0000> in <#C0000> <!here>`
  const reply = { type: 'message', channel: here.channel('laboratorio'), channel_type: 'channel', thread_ts: card.ts }
  await here.rig.event({ ...reply, user: here.user('operator'), ts: '1799999999.1', text: named })
  await here.settled()

  expect(text((await here.inDm('reuser')).at(-1)!)).toContain('Senti @Regia Umbria in #suape, non @U0000 in # @here')
})
