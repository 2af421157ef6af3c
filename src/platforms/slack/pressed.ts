import type { Interaction, Member, Place } from '#src/core/interaction.ts'
import { type Ack, acted } from './acted.ts'
import { type Bench, happened, isDirect, placeOf, threadOf } from './bench.ts'
import { modalOf } from './modal.ts'
import { type Press, readPress } from './read.ts'
import { respond } from './respond.ts'
import { foundIn, OPEN } from './show.ts'

export async function pressed(body: unknown, ack: Ack, bench: Bench): Promise<void> {
  const given = readPress(body)
  const [action] = given.actions
  if (!action) return ack()
  const workspace = given.team?.id ?? bench.self().workspace
  const asked = action.action_id.startsWith(`${OPEN}#`)
  const own = action.block_id.slice(action.block_id.indexOf('|') + 1)
  if (given.container.is_ephemeral && given.response_url) remember(own, given.response_url, bench)
  if (asked) {
    bench.afterwards.add(reopened(given, workspace, bench))
    return ack()
  }
  await acted(bench, {
    workspace,
    user: given.user.id,
    name: given.user.name,
    trigger: given.trigger_id,
    channel: given.channel?.id,
    opens: false,
    ack,
    sorry: async text => {
      await ack()
      if (given.response_url) await respond(given.response_url, text)
    },
    event: (member, place) => pressEvent(given, own, member, place, bench),
  })
}

/** Half an hour of Slack's, and no more of them than a busy day brings. */
function remember(key: string, address: string, { posting }: Bench): void {
  posting.replaceable.delete(key)
  posting.replaceable.set(key, address)
  const [oldest] = posting.replaceable.keys()
  if (posting.replaceable.size > 1000 && oldest !== undefined) posting.replaceable.delete(oldest)
}

async function pressEvent(given: Press, own: string, member: Member, place: Place, bench: Bench): Promise<Interaction> {
  const { workspace, id: channel } = place
  const { message, container } = given
  const on = container.type === 'view' ? '' : await keyOf(own, message?.ts, place, bench)
  const root = message?.thread_ts === message?.ts ? undefined : message?.thread_ts
  return {
    ...happened(bench, given.trigger_id, member, place),
    ...(await threadOf(bench, workspace, channel, root)),
    kind: 'choice',
    on,
    ...(await meant(given, on, place, bench)),
  }
}

/** A key that was too long to stand on a block is found by where the message is. */
const keyOf = async (own: string, ts: string | undefined, place: Place, bench: Bench): Promise<string> =>
  own.endsWith('…') ? ((await bench.intake().posted(place, `${place.id}/${ts}`)) ?? '') : own

/** A button says it in full; an option of a menu says it, or its number. */
async function meant(
  { actions }: Press,
  on: string,
  place: Place,
  bench: Bench,
): Promise<{ action: string; value: string }> {
  const [{ action_id, value = '', selected_option } = { action_id: '' }] = actions
  if (!action_id.startsWith('menu#')) return { action: action_id.slice(0, action_id.lastIndexOf('#')), value }
  const chosen = selected_option?.value ?? ''
  if (!chosen.startsWith('#')) {
    const space = chosen.indexOf(' ')
    return { action: chosen.slice(0, space), value: chosen.slice(space + 1) }
  }
  const offered = await bench.intake().offered(place, on)
  return offered?.choices[Number(chosen.slice(1))] ?? { action: '', value: '' }
}

/** The form that waits for her, in a modal. Reading is all it takes. */
async function reopened(given: Press, workspace: string, bench: Bench): Promise<void> {
  const member = await bench.people.member(workspace, given.user.id, given.user.name)
  if (!member) return
  const form = await bench.intake().form(member)
  const place = await placeOf(bench, given.channel?.id ?? (await bench.direct(given.user.id)), workspace, member)
  const t = bench.intake().t(member)
  if (form) {
    const found = await foundIn(form, member, bench)
    const view = modalOf(form, { t, found, ...(!isDirect(place.id) && { channel: place.id }) })
    await bench.client.views.open({ trigger_id: given.trigger_id, view })
  } else if (given.response_url) await respond(given.response_url, t.plain(t('slack.open.nothing')))
}
