import { expect, test } from 'vitest'
import { openLanguage } from '#src/i18n/language.ts'
import { preparing } from '#src/kit/prepare.ts'
import { strict } from '#test/support/community.ts'
import { matrixFor } from '#test/support/matrix/bot.ts'
import { matrixWorld } from '#test/support/matrix/world.ts'
import { words } from '#test/support/slack/draw.ts'
import { slackHere } from '#test/support/slack/here.ts'
import type { Seen } from '#test/support/slack/screen.ts'

const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })
const textOf = ({ blocks }: Seen): string => blocks.map(words).join('\n')

/** The demo community in a workspace, and on a homeserver for those who are named. */
async function onBoth(only: readonly string[], { encrypted }: { encrypted: boolean }) {
  const matrix = await matrixWorld({ encrypted, only })
  const slack = await slackHere({
    awake: true,
    prepare: preparing(matrix.settings.kit, t),
    beside: async parts => [await matrixFor(matrix.settings, { ...parts, log: strict })],
  })
  /** Waits until a message in Slack says so. */
  const onSlack = async (where: () => Seen[] | Promise<Seen[]>, what: string): Promise<Seen> => {
    const found = async () => (await where()).findLast(each => textOf(each).includes(what))
    await expect.poll(async () => (await found()) !== undefined, { timeout: 60_000 }).toBe(true)
    return (await found())!
  }
  return { matrix, slack, onSlack, as: (name: string) => matrix.as(name, slack.store) }
}

for (const encrypted of [false, true]) {
  test(`a request asked on Slack is worked on from ${encrypted ? 'an encrypted' : 'a plain'} room, both ways`, async () => {
    const { slack, matrix, onSlack, as } = await onBoth(['operator'], { encrypted })
    const operator = await as('operator')
    await slack.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
    const asked = { practice: 'sportello-unico', event: 'reuser_support', need: 'Serve una mano', urgency: 'normal' }
    await slack.play({ as: 'reuser', answers: asked })
    const laboratory = matrix.room('laboratorio')
    const card = await operator.hears('R-2027-0001 · nuova', laboratory)

    await operator.presses(1, card)
    await onSlack(() => slack.inDm('reuser'), 'R-2027-0001 è in carico')
    await operator.hears('R-2027-0001 · in carico', laboratory)

    await operator.says('Quale versione usate?', { in: laboratory, thread: card.id })
    const question = await onSlack(() => slack.inDm('reuser'), 'Quale versione usate?')
    const ref = `m${slack.rig.screen.messages.indexOf(question) + 1}`
    await slack.play({ as: 'reuser', in: 'dm', text: 'La 2.1', thread: ref })
    const answer = await operator.hears('La 2.1', laboratory)
    expect(answer.thread).toBe(card.id)
    expect(operator.seen().filter(({ unreadable }) => unreadable)).toEqual([])
  })
}

test('an announcement that both saw is edited for both', async () => {
  const { slack, matrix, onSlack, as } = await onBoth(['provider'], { encrypted: true })
  const provider = await as('provider')
  const skipped = Array<string>(4).fill('salta')
  await provider.tells(
    'pratica proponi',
    'Pratiche in chiaro',
    'Tutto in vista',
    'Una mappa',
    'tieni',
    'tieni',
    ...skipped,
  )
  await onSlack(() => slack.inChannel('coordinamento'), 'Pratiche in chiaro')
  await slack.play({ as: 'coordinator', choose: 'practices.publish' })
  const onOne = await onSlack(() => slack.inChannel('suape'), 'Pratiche in chiaro')
  const onTheOther = await provider.hears('Pratiche in chiaro', matrix.room('suape'))
  expect(onTheOther.edits).toBe(0)

  await slack.play({ as: 'coordinator', in: 'dm', text: 'pratica ritira P-0005' })
  await slack.play({ as: 'coordinator', answers: { reason: 'Era un doppione' } })

  await onSlack(() => [onOne], 'Era un doppione')
  // The reason stands in a note below it, too.
  const now = () => provider.seen(matrix.room('suape')).find(({ id }) => id === onTheOther.id)
  await expect.poll(() => now()?.body, { timeout: 60_000 }).toContain('Era un doppione')
  expect(now()?.edits).toBeGreaterThan(0)
})
