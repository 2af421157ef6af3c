import { filled } from '#test/support/slack/answers.ts'
import { pressables, words } from '#test/support/slack/draw.ts'
import { sends } from '#test/support/slack/hands.ts'
import { slackHere } from '#test/support/slack/here.ts'
import { platformContract } from './contract.ts'

for (const mode of ['socket', 'http'] as const) {
  platformContract(`Slack (${mode})`, async () => {
    const here = await slackHere({ mode })
    const { rig, bot, platform } = here
    const account = { platform: 'slack' as const, workspace: rig.team, account: here.user('reuser'), name: 'reuser' }
    const member = await bot.intake.member(account)
    const png = new Uint8Array([137, 80, 78, 71])
    return {
      platform,
      place: await bot.intake.place('slack', rig.team, here.channel('suape')),
      direct: { ...(await platform.direct(account)), locale: 'it' },
      file: await bot.intake.keep({ name: 'grafico.png', type: 'image/png', bytes: png }, member),
      loseNextAnswer: () => void rig.api.faults.push({ method: 'chat.postMessage', kind: 'accept-then-cut' }),
      seen: place =>
        rig.screen.messages
          .filter(({ channel }) => channel === place.id)
          .map(({ blocks }) => ({
            text: blocks
              .filter(({ type }) => type !== 'actions')
              .map(words)
              .join('\n'),
            labels: pressables(blocks).map(({ label }) => label),
          })),
      asked: async () => {
        await here.play({ as: 'reuser', in: 'dm', text: 'richiesta' })
        const modal = rig.screen.before(here.user('reuser'))!
        await sends(rig, 'reuser', modal, await filled(rig, 'reuser', modal, { need: '' }))
        const labels = (modal.view.blocks as Record<string, { text?: string }>[]).flatMap(
          ({ label }) => label?.text ?? [],
        )
        return { labels, problems: Object.values(modal.errors) }
      },
      close: here.close,
    }
  })
}
