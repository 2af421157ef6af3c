import type { Logger } from '@slack/bolt'
import { webApi } from '@slack/bolt'

export type Client = webApi.WebClient

/**
 * A client that tells what happened and repeats nothing: the usual one posts again after a 500, a cut connection or a
 * time-out, waits for ever, and stops altogether for one channel that is asked to slow down.
 */
export const clientOptions = (url: string, logger: Logger): webApi.WebClientOptions => ({
  slackApiUrl: url,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
  logger,
})

export const openClient = (token: string, url: string, logger: Logger): Client =>
  new Terse(token, clientOptions(url, logger))

/**
 * What has an inside is given as the text that it is sent as: the library would look through every block of a message, and through every
 * mark of its text, for tokens to hide from a log that nobody keeps.
 */
class Terse extends webApi.WebClient {
  override apiCall(method: string, options: Record<string, unknown> = {}): Promise<webApi.WebAPICallResult> {
    const texts = Object.entries(options).map(([name, value]) => [
      name,
      hasInside(value) ? JSON.stringify(value) : value,
    ])
    return super.apiCall(method, Object.fromEntries(texts))
  }
}
const hasInside = (value: unknown): boolean => typeof value === 'object' && value !== null && !Buffer.isBuffer(value)
