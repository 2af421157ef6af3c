import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

type Methods = Record<string, (given: never) => unknown>
interface Asking {
  id: number
  name: string
  given: unknown
}

/** In a process of its own: answers the calls of the one that started it. */
export function answering(methods: Methods): void {
  process.on('message', async ({ id, name, given }: Asking) => {
    const work = async () => methods[name]?.(given as never)
    const answer = await work().then(
      result => ({ id, result }),
      (error: unknown) => ({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
    process.send?.(answer)
  })
  // Whoever started it is gone.
  process.on('disconnect', () => process.exit())
}

export interface Remote {
  ask<T>(name: string, given?: unknown): Promise<T>
  stop(): Promise<void>
}

/** Starts such a process. */
export function remote(file: string, args: readonly string[] = []): Remote {
  const child: ChildProcess = fork(file, [...args])
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>()
  let asked = 0
  child.on('message', told => {
    const { id, result, error } = told as { id: number; result?: never; error?: string }
    if (error === undefined) waiting.get(id)?.resolve(result as never)
    else waiting.get(id)?.reject(new Error(error))
    waiting.delete(id)
  })
  child.on('exit', code => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended with ${code}`))
  })
  return {
    ask: (name, given = {}) =>
      new Promise((resolve, reject) => {
        asked += 1
        waiting.set(asked, { resolve, reject })
        child.send({ id: asked, name, given })
      }),
    stop: async () => {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}
