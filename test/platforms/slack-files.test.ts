import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Message } from '#src/core/message.ts'
import { openLanguage } from '#src/i18n/language.ts'
import { writes } from '#test/support/slack/hands.ts'
import { type Here, slackHere } from '#test/support/slack/here.ts'
import type { Seen } from '#test/support/slack/screen.ts'

const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })
const png = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])

/** A message with a picture and a document, on its way to a channel. */
async function posts(here: Here, only?: string): Promise<void> {
  const account = { platform: 'slack' as const, workspace: here.rig.team, account: here.user('reuser'), name: 'reuser' }
  const member = await here.bot.intake.member(account)
  const picture = await here.bot.intake.keep({ name: 'grafico.png', type: 'image/png', bytes: png }, member)
  const text = new TextEncoder().encode('uno;due')
  const document = await here.bot.intake.keep({ name: 'dati|<1>.csv', type: 'text/csv', bytes: text }, member)
  const to = await here.bot.intake.place('slack', here.rig.team, here.channel('suape'))
  const message: Message = {
    summary: t.literal('Il grafico e i dati'),
    blocks: [
      { type: 'image', file: picture, alt: t.literal('Tre richieste aperte, due chiuse') },
      { type: 'file', file: document, alt: t.literal('I dati del mese') },
    ],
  }
  await here.bot.act(async ({ outbox }) =>
    outbox.enqueue({ to, message, key: 'files', ...(only && { onlyFor: member.id }) }),
  )
  await here.settled()
}
const inSuape = (here: Here): Seen[] => here.inChannel('suape').filter(({ key }) => key === 'files')

test('a picture stands in the message with its alt text, a document is shared by its link in the notification', async () => {
  const here = await slackHere()
  await posts(here)

  const [message] = inSuape(here)
  expect(message!.blocks[0]).toMatchObject({ type: 'image', alt_text: 'Tre richieste aperte, due chiuse' })
  expect([...here.rig.api.uploads.values()].map(({ alt }) => alt)).toEqual([
    'Tre richieste aperte, due chiuse',
    'I dati del mese',
  ])
  expect(message!.text).toMatch(/^Il grafico e i dati\n<https?:\S+\|dati &lt;1&gt;\.csv>$/)
  const [call] = here.rig.api.calls.filter(({ args }) => args.text === message!.text)
  expect(call!.args).toMatchObject({ unfurl_links: 'true', unfurl_media: 'true' })
})

test('Slack looks at a file only after it has taken it: the message waits for that, and then stands there once', async () => {
  const here = await slackHere()
  here.rig.api.slowToLook = 2
  await posts(here)
  expect(here.rig.api.refused).toEqual([])
  expect(inSuape(here)).toHaveLength(1)
})

describe('whatever goes wrong on the way, a message with files stands there once, with all of them', () => {
  const upload = 'files.getUploadURLExternal'
  const complete = 'files.completeUploadExternal'
  const post = 'chat.postMessage'
  test.each([
    [upload, '429'],
    [upload, '500'],
    [upload, 'cut'],
    [upload, 'accept-then-cut'],
    [complete, '500'],
    [complete, 'accept-then-cut'],
    ['files.info', '429'],
    ['files.info', 'cut'],
    [post, '429'],
    [post, '500'],
    [post, 'cut'],
    [post, 'accept-then-cut'],
  ] as const)('%s: %s', async (method, kind) => {
    const here = await slackHere()
    here.rig.api.faults.push({ method, kind, retryAfter: 2 })
    await posts(here)
    await here.later()

    const [message, ...more] = inSuape(here)
    expect(more).toHaveLength(0)
    expect(message!.blocks.map(({ type }) => type)).toEqual(['image', 'rich_text'])
    const before = here.rig.screen.messages.length
    await here.later()
    expect(here.rig.screen.messages).toHaveLength(before)
  })
})

test.each(['cut', 'accept-then-cut'] as const)(
  'what comes with a file goes to her alone where she can open it: %s',
  async kind => {
    const here = await slackHere()
    here.rig.api.faults.push({ method: 'chat.postMessage', kind })
    await posts(here, 'reuser')
    await here.later()

    expect(here.inChannel('suape', 'reuser')).toHaveLength(0)
    const [got, ...more] = await here.inDm('reuser')
    expect(more).toHaveLength(0)
    expect(got!.blocks.map(({ type }) => type)).toEqual(['image', 'rich_text'])
  },
)

test('a file that takes longer than Slack waits is taken in once, and answered once', async () => {
  const here = await slackHere()
  const path = join(tmpdir(), 'publiccode.yml')
  writeFileSync(path, 'publiccodeYmlVersion: "0.4"\nname: Prova\n')
  here.rig.api.slowFiles = 3000
  const dm = await here.dm('provider')
  const attempts = await writes(here.rig, 'provider', dm, 'pratica importa', { file: path })
  await here.settled()

  expect(attempts).toBeGreaterThan(1)
  expect(here.rig.api.calls.filter(({ method }) => method === 'files.info')).toHaveLength(0)
  expect((await here.inDm('provider')).length).toBe(1)
})
