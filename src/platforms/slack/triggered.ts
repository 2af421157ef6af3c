import { type Ack, acted } from './acted.ts'
import { type Bench, happened } from './bench.ts'
import { readCommand, readShortcut } from './read.ts'
import { respond } from './respond.ts'
import { asRead, asWritten } from './written.ts'

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
      const text = [await asRead(message.text, workspace, bench), back.permalink ?? ''].join('\n').trim()
      return { ...happened(bench, given.trigger_id, member, place), kind: 'command', name, text }
    },
  })
}
