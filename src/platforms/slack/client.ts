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
  new webApi.WebClient(token, clientOptions(url, logger))
