import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Handler } from 'hono'
import type { Bindings } from './server.ts'

/**
 * Lets something that speaks Node's own requests answer on our server. It gets them unread, because a signature is over the bytes as
 * they came, and bounds their size by itself.
 */
export const native =
  (listener: RequestListener): Handler<{ Bindings: Bindings }> =>
  ({ env: { incoming, outgoing } }) => {
    if (!(incoming instanceof IncomingMessage && outgoing instanceof ServerResponse)) throw new Error('not HTTP/1')
    listener(incoming, outgoing)
    return RESPONSE_ALREADY_SENT
  }
