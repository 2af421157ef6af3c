import type { HomeView } from '@slack/types'
import type { Member } from '#src/core/interaction.ts'
import type { Message } from '#src/core/message.ts'
import type { Bench } from './bench.ts'
import { fitted } from './fitted.ts'
import { MOST } from './limits.ts'

/** Her own page: what concerns her now, drawn anew each time she opens it. */
export async function publishHome(user: string, member: Member, bench: Bench): Promise<void> {
  const t = bench.intake().t(member)
  const blocks = await bench.intake().home(member)
  const summary = t('slack.home.empty')
  const message: Message = { summary, blocks: blocks.length > 0 ? blocks : [{ type: 'text', text: summary }] }
  const drawing = { t, key: 'home', files: await bench.files.of(message, t) }
  const view: HomeView = {
    type: 'home',
    callback_id: 'home',
    blocks: await fitted(message, drawing, MOST.viewBlocks, text => bench.files.text('animatore.txt', text)),
  }
  await bench.client.views.publish({ user_id: user, view })
}
