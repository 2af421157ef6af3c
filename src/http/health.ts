// Whether the process lives, and whether it can do its work: what a service manager and a monitor ask.

/** How everything that the bot needs is doing; ages in seconds. */
export interface Readiness {
  database: 'up' | 'down'
  platforms: Record<string, 'up' | 'down'>
  /** Messages that should be out by now: how many, since when the oldest is due, how often one was tried in vain. */
  outbox: { waiting: number; age: number; attempts: number }
}

/** A message that should be out and is not, for so many seconds or after so many attempts: somebody should look. */
const STUCK = 15 * 60
const ENOUGH = 10

export const isReady = ({ database, platforms, outbox }: Readiness): boolean =>
  database === 'up' &&
  Object.values(platforms).every(state => state === 'up') &&
  outbox.age < STUCK &&
  outbox.attempts < ENOUGH

/** Answers `/healthz` and `/readyz`, as any server made of requests and responses can use it; nothing for other paths. */
export const health =
  (ready: () => Promise<Readiness>) =>
  async (request: Request): Promise<Response | undefined> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
    switch (new URL(request.url).pathname) {
      case '/healthz':
        return answer(200, { status: 'up' })
      case '/readyz': {
        const found = await ready()
        return isReady(found)
          ? answer(200, { status: 'ready', ...found })
          : answer(503, { status: 'waiting', ...found })
      }
      default:
        return undefined
    }
  }

const answer = (status: number, body: object): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
