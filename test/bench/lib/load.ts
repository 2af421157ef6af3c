import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { scopes } from '#src/platforms/slack/scopes.ts'
import type { Json } from '#test/support/slack/draw.ts'
import { openRig, type Rig } from '#test/support/slack/rig.ts'

/** In milliseconds, since the person pressed Enter. */
export interface Times {
  acknowledged: number[]
  visible: number[]
}
/** An app in a process of its own, in a workspace of its own. */
export interface App {
  /** Adds the times of so many commands a second, evenly, for so many seconds. */
  load(rate: number, seconds: number, times: Times): Promise<void>
  stop(): Promise<void>
}

export const openWorkspace = (people: number): Promise<Rig> => {
  const names = Array.from({ length: people }, (_, at) => ({ name: `p${at}` }))
  return openRig({ mode: 'socket', people: names, channels: [], scopes: Object.keys(scopes) })
}

/** In milliseconds. */
const IN_VAIN = 30_000

/** Starts an app that finds its workspace in the environment, and waits until it listens. */
export async function openApp(rig: Rig, args: string[], env: Record<string, string>, text: string): Promise<App> {
  const slack = { SLACK_BOT_TOKEN: rig.bot.token, SLACK_APP_TOKEN: rig.bot.appToken, SLACK_API_URL: rig.api.url }
  const settings = { ...process.env, ...slack, ...env }
  const app = spawn(process.execPath, args, { env: settings, stdio: ['ignore', 'ignore', 'inherit'] })
  while (rig.socket?.connections === 0) {
    if (app.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${app.exitCode}`)
    await wait(20)
  }
  const people = await peopleIn(rig)
  const posted = postsIn(rig)
  const command = async (person: Person, times: Times): Promise<void> => {
    const start = performance.now()
    const visible = posted(person.channel).then(at => times.visible.push(Math.min(at - start, IN_VAIN)))
    await rig.bring('slash_commands', slash(rig, person, text))
    times.acknowledged.push(performance.now() - start)
    // What does not come counts as that late: an app that cannot keep up is not waited for.
    await Promise.race([visible, wait(IN_VAIN, undefined, { ref: false })])
  }
  return {
    load: async (rate, seconds, times) => {
      const begin = performance.now()
      const under: Promise<void>[] = []
      for (let n = 0; n < rate * seconds; n += 1) {
        await wait(Math.max(0, begin + (n * 1000) / rate - performance.now()))
        const person = people[n % people.length]
        if (person) under.push(command(person, times))
      }
      await Promise.all(under)
    },
    stop: async () => {
      const gone = once(app, 'exit')
      app.kill('SIGTERM')
      await gone
      await rig.close()
    },
  }
}

interface Person {
  user: string
  channel: string
}
async function peopleIn(rig: Rig): Promise<Person[]> {
  const people: Person[] = []
  for (const [name, user] of rig.users) {
    if (name === 'animatore') continue
    const { channel } = await rig.as('animatore', 'conversations.open', { users: user })
    people.push({ user, channel: String((channel as Json).id) })
  }
  return people
}

/** When the next message of a conversation becomes visible: each is waited for once, in order. */
function postsIn({ screen }: Rig): (channel: string) => Promise<number> {
  const waiting = new Map<string, ((at: number) => void)[]>()
  const { post } = screen
  screen.post = message => {
    waiting.get(message.channel)?.shift()?.(performance.now())
    return post(message)
  }
  return channel =>
    new Promise(resolve => {
      waiting.set(channel, [...(waiting.get(channel) ?? []), resolve])
    })
}

let triggers = 0
function slash({ team, api }: Rig, { user, channel }: Person, text: string): Json {
  triggers += 1
  return {
    user_id: user,
    user_name: user,
    team_id: team,
    team_domain: 'rig',
    channel_id: channel,
    channel_name: 'directmessage',
    command: '/oc',
    text,
    api_app_id: 'A1',
    trigger_id: `${triggers}.bench`,
    response_url: `http://127.0.0.1:${api.port}/response/${channel}/${user}/`,
  }
}
