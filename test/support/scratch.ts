import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Every temporary file of a run is in one folder, which goes when the run is over: in memory where there is such a place. A
// database that is safely on disk after each commit makes hundreds of tests wait for a disk that proves nothing to them.
const before = process.env.TMPDIR

export function setup(): void {
  process.env.TMPDIR = mkdtempSync(join(inMemory('/dev/shm') ?? tmpdir(), 'animatore-tests-'))
}

export function teardown(): void {
  rmSync(tmpdir(), { recursive: true, force: true })
  if (before === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = before
}

function inMemory(folder: string): string | undefined {
  try {
    accessSync(folder, constants.W_OK)
    return folder
  } catch {
    return undefined // not on every system
  }
}
