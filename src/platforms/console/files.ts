import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Problem } from '#src/core/form.ts'
import type { Member } from '#src/core/interaction.ts'
import { type Stage, wrong } from './stage.ts'

/** A file by its path: taken in, refused as too large, or not there at all. */
export async function taken(
  path: string,
  member: Member,
  stage: Stage,
): Promise<{ file?: string; refused?: Problem } | Problem> {
  const { largestFile, intake } = stage
  const there = existsSync(path) ? statSync(path) : undefined
  if (!there?.isFile()) return wrong('console.noFile', { path })
  if (there.size > largestFile) {
    return { refused: wrong('core.problems.tooLarge', { most: Math.floor(largestFile / 1024 / 1024) }) }
  }
  const file = { name: basename(path), type: 'application/octet-stream', bytes: readFileSync(path) }
  return { file: await intake.keep(file, member) }
}
