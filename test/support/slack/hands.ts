// What a person does in Slack, as the payloads that Slack makes of it.

import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type Json, list, type Pressable } from './draw.ts'
import type { Rig } from './rig.ts'
import type { Modal, Seen } from './screen.ts'

let moments = 0
/** A moment of Slack's, later than every one before. */
export const moment = (): string => {
  moments += 1
  return `17${String(moments).padStart(8, '0')}.000100`
}

export async function slashes(rig: Rig, person: string, channel: string, text: string): Promise<Json | undefined> {
  const { user, trigger_id, response_url } = await rig.acting(person, channel)
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const who = { user_id: String((user as Json).id), user_name: person, team_id: rig.team, team_domain: 'rig' }
  const where = { channel_id: channel, channel_name: 'c', command: '/oc', text: escaped, api_app_id: 'A1' }
  const answer = await rig.bring('slash_commands', { ...who, ...where, trigger_id, response_url })
  if (answer?.text) rig.screen.post(whisper(channel, String(answer.text), String((user as Json).id)))
  return answer
}
const whisper = (channel: string, text: string, only: string) => ({
  channel,
  ts: moment(),
  text,
  blocks: [],
  thread: undefined,
  only,
  key: undefined,
})

export async function writes(
  rig: Rig,
  person: string,
  channel: string,
  text: string,
  more: { thread?: string; file?: string; id?: string; mention?: boolean } = {},
): Promise<number> {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const event = {
    type: more.mention ? 'app_mention' : 'message',
    user: rig.users.get(person),
    channel,
    channel_type: channel.startsWith('D') ? 'im' : 'channel',
    text: more.mention ? `<@${rig.bot.user}> ${escaped}` : escaped,
    ts: moment(),
    ...(more.thread && { thread_ts: more.thread }),
    ...(more.file && { subtype: 'file_share', files: [await uploads(rig, person, more.file)] }),
  }
  return rig.event(event, more.id ? { id: more.id } : {})
}

/** A file of hers, in Slack. */
export async function uploads(rig: Rig, person: string, path: string): Promise<Json> {
  const bytes = readFileSync(path)
  const id = `F${String(moments).padStart(9, '0')}${bytes.byteLength}`
  moments += 1
  const file = { id, name: basename(path), mimetype: 'application/octet-stream', size: bytes.byteLength }
  return rig.keep(person, { ...file, bytes })
}

export async function clicks(rig: Rig, person: string, message: Seen, pressed: Pressable): Promise<Json | undefined> {
  const acting = await rig.acting(person, message.channel, message)
  const action = { ...pressed.native, block_id: pressed.block, action_ts: moment() }
  const shown = { ts: message.ts, ...(message.thread && { thread_ts: message.thread }) }
  return rig.bring('interactive', {
    type: 'block_actions',
    ...acting,
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: message.only !== undefined,
    },
    ...(message.only === undefined && { message: shown }),
    actions: [action],
  })
}

/** Presses a button on a page of her own. */
export async function clicksAtHome(rig: Rig, person: string, pressed: Pressable): Promise<Json | undefined> {
  const view = { id: 'V0HOME', type: 'home', callback_id: 'home' }
  const action = { ...pressed.native, block_id: pressed.block, action_ts: moment() }
  const container = { type: 'view', view_id: view.id }
  return rig.bring('interactive', {
    type: 'block_actions',
    ...(await rig.acting(person)),
    container,
    view,
    actions: [action],
  })
}

/** Sends a modal; what Slack does with the answer is done to the modal. */
export async function sends(rig: Rig, person: string, modal: Modal, values: Json): Promise<Json | undefined> {
  const { screen } = rig
  const view = { ...modal.view, id: modal.id, hash: modal.hash, state: { values } }
  const answer = await rig.bring('interactive', { type: 'view_submission', ...(await rig.acting(person)), view })
  if (!answer) return undefined
  if (answer.response_action === 'errors') screen.errors(modal.id, answer.errors as Record<string, string>)
  else if (answer.response_action === 'update') rig.redrawn(modal, answer.view as Json)
  else screen.closed(modal.id)
  return answer
}

/** What a search field offers for what is typed. */
export async function searches(rig: Rig, person: string, modal: Modal, block: string, value: string): Promise<Json[]> {
  const input = list(modal.view.blocks).find(({ block_id }) => block_id === block)
  const { action_id } = (input?.element ?? {}) as Json
  const view = { ...modal.view, id: modal.id }
  const asked = { type: 'block_suggestion', ...(await rig.acting(person)), action_id, block_id: block, value, view }
  return list((await rig.bring('interactive', asked))?.options)
}

/** The shortcut on a message. */
export async function shortcuts(
  rig: Rig,
  person: string,
  channel: string,
  text: string,
  callback_id: string,
): Promise<Json | undefined> {
  const { ts } = await rig.as(person, 'chat.postMessage', { channel, text })
  const message = { ts, text, user: rig.users.get(person), type: 'message' }
  return rig.bring('interactive', {
    type: 'message_action',
    ...(await rig.acting(person, channel)),
    callback_id,
    message,
  })
}
