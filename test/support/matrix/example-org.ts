import type { TestProject } from 'vitest/node'
import { startSynapse } from './synapse.ts'

/** The homeserver of example.org, where the scenarios' people live. */
export async function setup({ provide }: TestProject): Promise<() => void> {
  const { url, stop } = await startSynapse({ name: 'example.org' })
  provide('homeserver', url)
  return stop
}
