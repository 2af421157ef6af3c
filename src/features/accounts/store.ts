import { createHash, randomInt } from 'node:crypto'
import { and, eq, gt, lt } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import type { PlatformName } from '#src/core/interaction.ts'
import { queries } from '#src/storage/database.ts'
import { ALPHABET, LENGTH, LIVES, tidyCode } from './rules.ts'
import { linkAttempts, linkCodes } from './schema.ts'

const digest = (code: string): string => createHash('sha256').update(tidyCode(code)).digest('hex')

/** A fresh code for her; those she had are worth nothing any more. */
export async function newCode(tx: Tx, member: string, platform: PlatformName, now: Temporal.Instant): Promise<string> {
  await forgetCodes(tx, member)
  await queries(tx).delete(linkCodes).where(lt(linkCodes.until, now.epochMilliseconds))
  const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  const until = now.add(LIVES).epochMilliseconds
  await queries(tx)
    .insert(linkCodes)
    .values({ id: digest(code), member, platform, until })
  return code
}

/** Whose code this is; undefined when it is none, or none any more. */
export async function ownerOf(tx: Tx, code: string, now: Temporal.Instant): Promise<string | undefined> {
  const [row] = await queries(tx)
    .select()
    .from(linkCodes)
    .where(and(eq(linkCodes.id, digest(code)), gt(linkCodes.until, now.epochMilliseconds)))
  return row?.member
}
export async function forgetCodes(tx: Tx, member: string): Promise<void> {
  await queries(tx).delete(linkCodes).where(eq(linkCodes.member, member))
}

/** Counts a code that was none; how many there have been lately. */
export async function countAttempt(tx: Tx, member: string, now: Temporal.Instant): Promise<number> {
  const before = await attempts(tx, member, now)
  const row = { since: before?.since ?? now.epochMilliseconds, count: (before?.count ?? 0) + 1 }
  await queries(tx)
    .insert(linkAttempts)
    .values({ member, ...row })
    .onConflictDoUpdate({ target: linkAttempts.member, set: row })
  return row.count
}
export async function attempts(tx: Tx, member: string, now: Temporal.Instant) {
  const since = now.subtract(LIVES).epochMilliseconds
  const [row] = await queries(tx)
    .select()
    .from(linkAttempts)
    .where(and(eq(linkAttempts.member, member), gt(linkAttempts.since, since)))
  return row
}
export async function forgetAttempts(tx: Tx, member: string): Promise<void> {
  await queries(tx).delete(linkAttempts).where(eq(linkAttempts.member, member))
}
