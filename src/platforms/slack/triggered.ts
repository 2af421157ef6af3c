import type { ModalView } from '@slack/types'
import type { Interaction, Member, Place } from '#src/core/interaction.ts'
import { TooLate } from '#src/core/platform.ts'
import { type Bench, happened, isDirect, placeOf, threadOf } from './bench.ts'
import { publishHome } from './home.ts'
import { modalOf, notice } from './modal.ts'
import { before, PATIENCE } from './patience.ts'
import { respond } from './post.ts'
import { asWritten, type Press, readCommand, readPress, readShortcut } from './read.ts'
import { foundIn, OPEN, type Surface, show, update } from './show.ts'

type Ack = (answer?: { text: string; response_type: 'ephemeral' }) => Promise<void>

/** Somebody acted and is waiting, with a trigger that lives three seconds. */
interface Acted {
  workspace: string
  user: string
  name: string
  trigger: string
  channel: string | undefined
  /** Builds the event once it is known who and where. */
  event: (member: Member, place: Place) => Promise<Interaction>
  /** Opened before anything slow, when this always asks. */
  opens: boolean
  ack: Ack
  /** Tells her that nothing was taken in. */
  sorry: (text: string) => Promise<unknown>
}

export async function commanded(body: unknown, ack: Ack, bench: Bench): Promise<void> {
  const given = readCommand(body)
  // With the prefix, words that are no command ask for help.
  const read = bench.intake().read(`/oc ${asWritten(given.text)}`)
  await acted(bench, {
    workspace: given.team_id,
    user: given.user_id,
    name: given.user_name,
    trigger: given.trigger_id,
    channel: given.channel_id,
    opens: read.kind === 'command' && bench.intake().opens(read.name),
    ack,
    sorry: text => ack({ text, response_type: 'ephemeral' }),
    event: async (member, place) => ({ ...happened(bench, given.trigger_id, member, place), ...read }),
  })
}

/** A shortcut on a message is the command of its name, about what the message says, with a link back to it. */
export async function shortcut(body: unknown, ack: Ack, bench: Bench): Promise<void> {
  const { callback_id: name, message, channel = { id: '' }, ...given } = readShortcut(body)
  const workspace = given.team?.id ?? bench.self().workspace
  await acted(bench, {
    workspace,
    user: given.user.id,
    name: given.user.name,
    trigger: given.trigger_id,
    channel: channel.id,
    opens: bench.intake().opens(name),
    ack,
    sorry: async text => {
      await ack()
      if (given.response_url) await respond(given.response_url, text)
    },
    event: async (member, place) => {
      const back = await bench.client.chat.getPermalink({ channel: channel.id, message_ts: message.ts })
      const text = [asWritten(message.text), back.permalink ?? ''].join('\n').trim()
      return { ...happened(bench, given.trigger_id, member, place), kind: 'command', name, text }
    },
  })
}

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

/** Slack forgets the trigger after three seconds: the modal is opened before anything slow. */
async function acted(bench: Bench, what: Acted): Promise<void> {
  const until = AbortSignal.timeout(PATIENCE)
  const view = what.opens ? openEmpty(what, bench) : undefined
  const written = async () => {
    const member = await bench.people.member(what.workspace, what.user, what.name)
    if (!member) return undefined
    const place = await placeOf(bench, what.channel ?? (await bench.direct(what.user)), what.workspace, member)
    const event = await what.event(member, place)
    return (await bench.intake().accept(event, until)) ? event : undefined
  }
  let event: Interaction | undefined
  try {
    event = await before(until, written())
  } catch (error) {
    if (!(error instanceof TooLate)) bench.log.error({ error }, 'something done in Slack could not be taken in')
    return refused({ what, until, view }, bench)
  }
  // Whatever becomes of the acknowledgement: what is written down is handled.
  if (event) bench.afterwards.add(answered(event, { what, until, view }, bench))
  await what.ack()
}

async function refused({ what, view }: Trail, bench: Bench): Promise<void> {
  const t = bench.intake().t(readerOf(what.user, bench))
  await what.sorry(t.plain(t('slack.tryAgain.text')))
  const open = await view
  if (open) await update(open, notice('tryAgain', t), bench)
}

interface Trail {
  what: Acted
  until: AbortSignal
  view: Promise<string | undefined> | undefined
}
async function answered(event: Interaction, { what, until, view }: Trail, bench: Bench): Promise<void> {
  const live = await bench.intake().handle(event.id)
  const open = await view
  const { member, place, id } = event
  const surface: Surface = { member, place, event: id, trigger: { id: what.trigger, until }, view: open }
  // A trigger opens one modal only.
  await show(live, what.opens ? { member, place, event: id, view: open } : surface, bench)
  if (what.channel === undefined) await publishHome(what.user, member, bench)
}

const readerOf = (user: string, bench: Bench) => bench.people.known(user) ?? bench.home()

async function openEmpty({ trigger, user }: Acted, bench: Bench): Promise<string | undefined> {
  const view: ModalView = notice('wait', bench.intake().t(readerOf(user, bench)))
  try {
    return (await bench.client.views.open({ trigger_id: trigger, view })).view?.id
  } catch (error) {
    bench.log.warn({ error }, 'a modal could not be opened')
    return undefined
  }
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
