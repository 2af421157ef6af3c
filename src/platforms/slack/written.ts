import type { Bench } from './bench.ts'
import { infoOf } from './conversations.ts'
import { PATIENCE, soon } from './patience.ts'

const NAMED = { here: '@here', channel: '@channel', everyone: '@everyone' }

type NameOf = (id: string) => string | undefined

/** What a person wrote, as she saw it: Slack names people and channels by their ids alone, and has to be asked. */
export async function asRead(text: string, workspace: string, bench: Bench): Promise<string> {
  const until = AbortSignal.timeout(PATIENCE / 2)
  const asked = new Set([...text.matchAll(/<[@#]([A-Z0-9]+)\|?>/g)].slice(0, MOST_NAMES).map(([, id = '']) => id))
  const names = await Promise.all(
    [...asked].map(async id => [id, await soon(until, nameOf(id, workspace, bench))] as const),
  )
  const known = new Map(names)
  return asWritten(text, id => known.get(id))
}
/** Whoever calls more than so many by name is not read by anybody. */
const MOST_NAMES = 20

const nameOf = async (id: string, workspace: string, { people, client }: Bench): Promise<string | undefined> =>
  (/^[CG]/.test(id) ? await infoOf(id, client) : await people.account(workspace, id))?.name

/** Slack's marks for links, people and channels become words, its escapes letters. */
export const asWritten = (text: string, nameOf: NameOf = () => undefined): string =>
  text
    .replaceAll(/<@([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, label?: string) => `@${label || nameOf(id) || id}`)
    .replaceAll(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, label?: string) => `#${label || nameOf(id) || ''}`)
    .replaceAll(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, (_, who: keyof typeof NAMED) => NAMED[who])
    .replaceAll(/<!subteam\^[A-Z0-9]+(?:\|([^>]*))?>/g, (_, label?: string) => label ?? '')
    .replaceAll(/<((?:https?|mailto):[^>|]+)(?:\|[^>]*)?>/g, (_, url: string) => url.replace(/^mailto:/, ''))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
