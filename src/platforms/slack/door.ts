import type { RequestListener } from 'node:http'
import {
  App,
  type AppOptions,
  HTTPReceiver,
  type Logger,
  type Receiver,
  type ReceiverEvent,
  SocketModeReceiver,
} from '@slack/bolt'
import type { Bench } from './bench.ts'
import { clientOptions } from './client.ts'
import { events } from './heard.ts'
import { pressed } from './pressed.ts'
import { submitted, suggested } from './submitted.ts'
import { commanded, shortcut } from './triggered.ts'

/** How Slack reaches the bot: over a socket that the bot opens, or by signed requests to our own server. */
export type Mode = { appToken: string } | { signingSecret: string }

export interface DoorOptions {
  token: string
  mode: Mode
  api: string
  logger: Logger
  /** Told when the socket broke; nobody opens another but whoever is told. */
  lost: () => void
}

/** Bolt tells Slack that an event arrived before anybody has seen it. Here it is told when the event is written down. */
class PatientApp extends App {
  override async processEvent(event: ReceiverEvent): Promise<void> {
    if (event.body.type !== 'event_callback') return super.processEvent(event)
    await super.processEvent({ ...event, ack: async () => {} })
    await event.ack()
  }
}

export interface Door {
  start(): Promise<unknown>
  stop(): Promise<unknown>
  /** For our own server, at `/slack/events`; undefined when Slack comes over a socket. */
  listener: RequestListener | undefined
}

export function openDoor(options: DoorOptions, bench: Bench): Door {
  const { mode, logger, token, api } = options
  const http = 'signingSecret' in mode ? new HTTPReceiver({ signingSecret: mode.signingSecret, logger }) : undefined
  const receiver: Receiver = http ?? socket(mode, options)
  const authorize: NonNullable<AppOptions['authorize']> = async () => {
    const { workspace, user } = bench.self()
    return { botToken: token, botUserId: user, teamId: workspace }
  }
  const app = new PatientApp({
    receiver,
    authorize,
    logger,
    convoStore: false,
    clientOptions: clientOptions(api, logger),
  })
  listen(app, bench)
  return {
    start: async () => (http ? undefined : receiver.start()),
    stop: async () => (http ? undefined : receiver.stop()),
    listener: http?.requestListener,
  }
}

// Bolt's own way of opening a socket again waits five seconds, then longer and longer, and gives up for good in the end.
function socket(mode: Mode, { api, logger, lost }: DoorOptions): SocketModeReceiver {
  if (!('appToken' in mode)) throw new Error('no token for the socket')
  const installerOptions = { clientOptions: clientOptions(api, logger) }
  const receiver = new SocketModeReceiver({
    appToken: mode.appToken,
    logger,
    installerOptions,
    autoReconnectEnabled: false,
  })
  receiver.client.on('disconnected', lost)
  return receiver
}

/** Everything Slack can bring, and who takes it in. */
function listen(app: App, bench: Bench): void {
  app.command(/./, ({ body, ack }) => commanded(body, ack, bench))
  app.action(/./, ({ body, ack }) => pressed(body, () => ack(), bench))
  app.shortcut(/./, ({ body, ack }) => shortcut(body, () => ack(), bench))
  app.view('form', ({ body, ack }) => submitted(body, answer => ack(answer), bench))
  app.options(/./, ({ body, ack }) => suggested(body, found => ack(found), bench))
  for (const [name, heard] of Object.entries(events)) {
    app.event(name, async ({ event, body }) => heard(event, body, bench))
  }
}
