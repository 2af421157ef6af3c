import { surroundings } from '#src/storage/engine.ts'

/** One heap for all threads; what is larger than so many bytes stands outside it, and goes back to the system when it is freed. */
const lean = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' }

/**
 * The C library of Linux gives each thread a heap of its own, which never shrinks again: at rest a bot keeps tens of megabytes of nothing.
 * It can be told otherwise only before a process begins, so that this one begins a second time, with the same number. Where that
 * cannot be done, it goes on.
 */
export function beginLean(): void {
  const given = surroundings()
  if (process.platform !== 'linux' || given.MALLOC_ARENA_MAX !== undefined) return
  const line = [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  try {
    process.execve?.(process.execPath, line, { ...lean, ...given })
  } catch {
    // Not allowed here: it is only larger.
  }
}
