// What people see of the calls that succeeded.
import type { Screen } from './screen.ts'
import type { WebApi } from './web-api.ts'

export type Json = Record<string, unknown>

const parsed = (json: string | undefined): Json[] => (json ? (JSON.parse(json) as Json[]) : [])

/** What a call that succeeded lets people see. */
export function note(
  method: string,
  args: Partial<Record<string, string>>,
  answer: Json,
  api: WebApi,
  screen: Screen,
): void {
  const { channel = '', ts = '', text = '', blocks, thread_ts, view, user, metadata } = args
  const seen = { text, blocks: parsed(blocks), thread: thread_ts, key: metadata ? keyIn(metadata) : undefined }
  if (method === 'chat.postMessage') {
    screen.post({ ...seen, channel: String(answer.channel ?? channel), ts: String(answer.ts), only: undefined })
  }
  if (method === 'chat.postEphemeral') screen.post({ ...seen, channel, ts: String(answer.message_ts), only: user })
  if (method === 'chat.update') screen.edit(channel, ts, text, seen.blocks)
  const made = answer.view as Json | undefined
  if (method === 'views.open' && made && view) {
    screen.modal(String(made.id), api.triggers.get(args.trigger_id ?? '') ?? '', JSON.parse(view))
  }
  if (method === 'views.update' && made && view) {
    const modal = screen.modals.get(String(made.id))
    if (modal?.open) screen.modal(modal.id, modal.user, JSON.parse(view))
  }
  if (method === 'views.publish' && view) screen.home(args.user_id ?? '', JSON.parse(view))
}
const keyIn = (metadata: string): string | undefined => JSON.parse(metadata).event_payload?.key

/** An address that answers a command or a press: `replace` changes the message that only she sees. */
export function answered(place: string, body: Buffer, screen: Screen): Json {
  const [channel = '', only = '', ts = ''] = place.split('/')
  const { text = '', blocks = [], replace_original } = JSON.parse(body.toString())
  if (replace_original && ts) screen.edit(channel, ts, text, blocks)
  else screen.post({ channel, ts: `r${screen.messages.length}`, text, blocks, thread: undefined, only, key: undefined })
  return { ok: true }
}
