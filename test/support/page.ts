import { aWorkspace } from './workspace.ts'

const HOST = '127.0.0.1:8080'

/** The workspace's server, asked as a browser would, without one. */
export async function aPage(options: { db?: string } = {}) {
  const workspace = await aWorkspace(options)
  const ask = (path: string, init: RequestInit = {}, headers: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(workspace.app.request(path, { ...init, headers: { host: HOST, ...headers } }))
  const ours = { origin: `http://${HOST}`, 'sec-fetch-site': 'same-origin' }
  let sent = 0
  return {
    ...workspace,
    ask,
    get: async (path: string): Promise<string> => (await ask(path)).text(),
    /** Sends a form of one of our pages, and reads the page it leads back to. */
    send: async (path: string, fields: Record<string, string>, headers: Record<string, string> = ours) => {
      sent += 1
      const body = new URLSearchParams({ id: `sent-${sent}`, ...fields })
      const answer = await ask(path, { method: 'POST', body }, headers)
      const back = answer.headers.get('location')
      return { status: answer.status, page: back ? await (await ask(back)).text() : '' }
    },
  }
}
