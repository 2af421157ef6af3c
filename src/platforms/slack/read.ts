import { z } from 'zod'
import type { Carried } from './modal.ts'
import { GOES_ON } from './modal.ts'

// What Slack sends, as far as we use it. Whatever else it holds is left where it is.

const id = z.string()
const option = z.object({ value: z.string().default('') }).nullish()

const command = z.object({
  team_id: id,
  channel_id: id,
  channel_name: z.string().default(''),
  user_id: id,
  user_name: z.string().default(''),
  text: z.string().default(''),
  trigger_id: id,
})
export type SlashCommand = z.infer<typeof command>
export const readCommand = (body: unknown): SlashCommand => command.parse(body)

const acting = z.object({
  team: z.object({ id }).nullish(),
  user: z.object({ id, name: z.string().default(''), team_id: id.optional() }),
  trigger_id: id.default(''),
  channel: z.object({ id }).optional(),
  response_url: z.string().optional(),
})
const press = acting.extend({
  container: z.object({ is_ephemeral: z.boolean().default(false), type: z.string().default('') }).default({
    is_ephemeral: false,
    type: '',
  }),
  message: z.object({ ts: id, thread_ts: id.optional() }).optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        block_id: z.string().default(''),
        action_ts: z.string().default(''),
        value: z.string().optional(),
        selected_option: option,
      }),
    )
    .min(1),
})
export type Press = z.infer<typeof press>
export const readPress = (body: unknown): Press => press.parse(body)

const shortcut = acting.extend({
  callback_id: z.string(),
  message: z.object({ ts: id, text: z.string().default('') }),
})
export type Shortcut = z.infer<typeof shortcut>
export const readShortcut = (body: unknown): Shortcut => shortcut.parse(body)

const carried = z.object({
  form: z.string(),
  about: z.string(),
  locale: z.string(),
  timezone: z.string(),
  channel: z.string().optional(),
})
const stated = z.object({
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_option: option,
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  files: z.array(z.object({ id })).nullish(),
})
const view = z.object({
  id,
  hash: z.string().default(''),
  private_metadata: z.string().default(''),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), stated)) }).default({ values: {} }),
})
const submission = acting.extend({ view })
export interface Submission extends Omit<z.infer<typeof acting>, 'view'> {
  view: { id: string; hash: string }
  carried: Carried
  raw: Record<string, string>
  /** Files as Slack knows them, by field. */
  files: Record<string, string>
  /** The fields that Slack drew. */
  inputs: string[]
}

export function readSubmission(body: unknown): Submission {
  const { view: shown, ...rest } = submission.parse(body)
  const raw: Record<string, string> = {}
  const files: Record<string, string> = {}
  for (const [block, actions] of Object.entries(shown.state.values)) {
    const [name = block] = block.split(GOES_ON)
    const [given] = Object.values(actions)
    if (given) raw[name] = (raw[name] ?? '') + written(given)
    const [file] = given?.files ?? []
    if (file) files[name] = file.id
  }
  const inputs = Object.keys(shown.state.values)
  const { id: view, hash, private_metadata } = shown
  return { ...rest, view: { id: view, hash }, carried: readCarried(private_metadata), raw, files, inputs }
}

const written = (given: z.infer<typeof stated>): string =>
  given.value ??
  given.selected_date ??
  given.selected_option?.value ??
  given.selected_options?.map(({ value }) => value).join(',') ??
  ''

const readCarried = (metadata: string): Carried => carried.parse(JSON.parse(metadata)) as Carried

const suggestion = acting.extend({ action_id: z.string(), value: z.string().default('') })
export type Suggestion = z.infer<typeof suggestion>
export const readSuggestion = (body: unknown): Suggestion => suggestion.parse(body)

const file = z.object({
  id,
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
})
export type SlackFile = z.infer<typeof file>
export const readFile = (given: unknown): SlackFile => file.parse(given)

const said = z.object({
  user: id.optional(),
  bot_id: z.string().nullish(),
  subtype: z.string().optional(),
  text: z.string().default(''),
  ts: id,
  thread_ts: id.optional(),
  channel: id,
  channel_type: z.string().default('channel'),
  files: z.array(file).optional(),
})
export type Said = z.infer<typeof said>
const user = z.object({
  id,
  name: z.string().default(''),
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  tz: z.string().nullish(),
  locale: z.string().nullish(),
  real_name: z.string().nullish(),
  profile: z.object({ display_name: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
})
export type SlackUser = z.infer<typeof user>
export const readUser = (given: unknown): SlackUser => user.parse(given)

const moved = z.object({ user: id, channel: id })
const channel = z.object({ id, name: z.string().default('') })
const named = z.object({ channel })
const channelOnly = z.object({ channel: id })

/** The envelope of an event, and the event read as `kind`. */
export const readEvent = (body: unknown): { id: string; team: string } => {
  const { event_id, team_id } = z.object({ event_id: id, team_id: id }).parse(body)
  return { id: event_id, team: team_id }
}
export const readSaid = (event: unknown): Said => said.parse(event)
export const readMoved = (event: unknown): z.infer<typeof moved> => moved.parse(event)
export const readNamed = (event: unknown): z.infer<typeof channel> => named.parse(event).channel
export const readChannel = (event: unknown): string => channelOnly.parse(event).channel
export const readUserOf = (event: unknown): SlackUser => z.object({ user }).parse(event).user
export const readOpened = (event: unknown): { user: string; tab: string } =>
  z.object({ user: id, tab: z.string().default('home') }).parse(event)

const info = z.object({
  is_member: z.boolean().default(false),
  is_archived: z.boolean().default(false),
  is_private: z.boolean().default(false),
})
export const readChannelInfo = (given: unknown): z.infer<typeof info> => info.parse(given)

const message = z.object({
  ts: id,
  metadata: z
    .object({ event_payload: z.object({ key: z.string() }) })
    .nullish()
    .catch(undefined),
})
/** Where a message with this key stands among these. */
export const withKey = (messages: unknown, key: string): string | undefined =>
  z
    .array(message)
    .parse(messages ?? [])
    .find(({ metadata }) => metadata?.event_payload.key === key)?.ts
