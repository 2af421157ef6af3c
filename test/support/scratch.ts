import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Every temporary file of a run is in one folder, which goes when the run is over: in memory where there is such a place. A
 * database that is safely on disk after each commit makes hundreds of tests wait for a disk that proves nothing to them.
 *
 * It runs once for each project of a run, and each takes away only the folder that it made itself.
 */
export function setup(): () => void {
  const folder = mkdtempSync(join(inMemory('/dev/shm') ?? tmpdir(), 'animatore-tests-'))
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

function inMemory(folder: string): string | undefined {
  try {
    accessSync(folder, constants.W_OK)
    return folder
  } catch {
    return undefined // not on every system
  }
}
