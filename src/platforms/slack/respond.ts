import { Busy } from '#src/core/platform.ts'
import { escaped } from './render.ts'

const PATIENCE = 10_000
const A_MOMENT = 30

/** Slack's address for answering a press: half an hour, five times. False when it is spent; throws while Slack is out of order. */
export async function replace(address: string, body: object): Promise<boolean> {
  const headers = { 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(PATIENCE)
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body), signal })
  if (answer.status === 429) throw new Busy(Number(answer.headers.get('retry-after')) || A_MOMENT)
  if (answer.status >= 500) throw new Error(`an answer to a press was answered with ${answer.status}`)
  return answer.ok
}

/** Tells something to whoever acted, and to nobody else. */
export const respond = (address: string, text: string): Promise<boolean> =>
  replace(address, { text: escaped(text), response_type: 'ephemeral', replace_original: false })
