import { closeSync, fdatasync, openSync } from 'node:fs'
import { setImmediate as immediate } from 'node:timers/promises'
import { promisify } from 'node:util'

/** What an SQLite file was committed to, and how much of that would outlive a power cut. */
export interface Disk {
  /** More was committed. */
  wrote(): void
  /** Resolves when the disk has all that was committed until now. */
  kept(): Promise<void>
  /** Resolves when nothing is on its way to the disk any more. */
  close(): Promise<void>
}

interface Ways {
  /** How a file is put on its disk. */
  synchronize?: (file: number) => Promise<void>
  /** Hears that the disk does not keep what it was given. By default the process ends: what is on the disk is what it starts from. */
  onLost?: (error: Error) => void
}

/**
 * Waits for the disk beside all else that happens, where SQLite's own waiting would stop the process, and whoever commits meanwhile
 * goes with the next way there. For a file in WAL mode that this process has open and has written to.
 */
export function openDisk(file: string, { synchronize = promisify(fdatasync), onLost = end }: Ways = {}): Disk {
  const log = openSync(`${file}-wal`, 'r+')
  const state: { written: number; kept: number; onWay?: Promise<void> | undefined } = { written: 0, kept: 0 }
  const carry = async (): Promise<void> => {
    // What follows at once goes with it.
    await immediate()
    const { written } = state
    try {
      await synchronize(log)
    } catch (cause) {
      onLost(new Error('the disk did not keep what it was given', { cause }))
      // Asked once more, a disk that lost something says that all is well: nobody hears that this was kept.
      await new Promise(() => {})
    }
    state.kept = written
    state.onWay = undefined
  }
  const kept = async (): Promise<void> => {
    const { written } = state
    while (state.kept < written) {
      state.onWay ??= carry()
      await state.onWay
    }
  }
  return {
    wrote: () => {
      state.written += 1
    },
    kept,
    close: async () => {
      await kept()
      closeSync(log)
    },
  }
}

const end = (error: Error): void =>
  process.nextTick(() => {
    throw error
  })
