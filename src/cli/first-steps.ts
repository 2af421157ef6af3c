// What of the bot's four jobs has happened since the workspace was opened first: read from what the bot keeps, so that it is
// also told after a restart, and whoever did it.
import type { Role, Tx } from '#src/core/feature.ts'
import { answers, periods } from '#src/features/checkins/schema.ts'
import { memberships } from '#src/features/communities/schema.ts'
import { requests } from '#src/features/laboratories/schema.ts'
import { adoptions, practices } from '#src/features/practices/schema.ts'
import type { Job, Step } from '#src/platforms/web/workspace.ts'
import { queries } from '#src/storage/database.ts'

/** The four jobs; `since` is in epoch milliseconds. */
export async function firstSteps(tx: Tx, since: number): Promise<Job[]> {
  const after = (at: number | null): boolean => at !== null && at > since
  return [
    await practiceMadeKnown(tx, after),
    await welcome(tx, after),
    await support(tx, after),
    await checkIn(tx, after),
  ]
}

type After = (at: number | null) => boolean
const step = (name: string, done: boolean, by?: Role): Step => ({ name, done, ...(by && { by }) })

async function practiceMadeKnown(tx: Tx, after: After): Promise<Job> {
  const proposed = (await queries(tx).select().from(practices)).filter(each => after(each.proposedAt))
  const published = proposed.some(each => after(each.publishedAt))
  const reused = (await queries(tx).select().from(adoptions)).some(each => after(each.interestedAt))
  const steps = [step('propose', proposed.length > 0, 'member'), step('publish', published, 'coordinator')]
  return { name: 'practice', steps: [...steps, step('adopt', reused, 'member')] }
}

async function welcome(tx: Tx, after: After): Promise<Job> {
  const begun = (await queries(tx).select().from(memberships)).filter(each => after(each.startedAt))
  const joined = begun.some(each => after(each.joinedAt))
  return { name: 'welcome', steps: [step('enter', begun.length > 0, 'anyone'), step('tell', joined, 'anyone')] }
}

async function support(tx: Tx, after: After): Promise<Job> {
  const asked = (await queries(tx).select().from(requests)).filter(each => after(each.openedAt))
  const taken = asked.some(each => each.answeredAt !== null)
  const solved = asked.some(each => each.solvedAt !== null)
  const steps = [step('ask', asked.length > 0, 'member'), step('take', taken, 'operator')]
  return { name: 'request', steps: [...steps, step('solve', solved, 'operator')] }
}

async function checkIn(tx: Tx, after: After): Promise<Job> {
  const reviewed = await queries(tx).select().from(periods)
  const told = (await queries(tx).select().from(answers)).some(each => after(each.at))
  const opened = reviewed.some(each => after(each.openedAt))
  const closed = reviewed.some(each => after(each.closedAt))
  return {
    name: 'checkin',
    steps: [step('open', opened), step('answer', told, 'member'), step('digest', closed, 'coordinator')],
  }
}
