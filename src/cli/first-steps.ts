// What of the bot's four jobs has happened since the workspace was opened first: read from what the bot keeps, so that it is
// also told after a restart, and whoever did it.
import type { Role, Tx } from '#src/core/feature.ts'
import { answers, periods } from '#src/features/checkins/schema.ts'
import { memberships } from '#src/features/communities/schema.ts'
import { requests } from '#src/features/laboratories/schema.ts'
import { adoptions, practices } from '#src/features/practices/schema.ts'
import type { Job, Step } from '#src/platforms/web/workspace.ts'
import { queries } from '#src/storage/database.ts'

export async function firstSteps(tx: Tx, since: number): Promise<Job[]> {
  const after = (at: number | null): boolean => at !== null && at > since
  const proposals = await queries(tx).select().from(practices)
  const reuses = await queries(tx).select().from(adoptions)
  const joins = await queries(tx).select().from(memberships)
  const asked = await queries(tx).select().from(requests)
  const reviewed = await queries(tx).select().from(periods)
  const told = await queries(tx).select().from(answers)
  return [
    job('practice', [
      step(
        'propose',
        proposals.some(each => after(each.proposedAt)),
        'member',
      ),
      step(
        'publish',
        proposals.some(each => after(each.proposedAt) && after(each.publishedAt)),
        'coordinator',
      ),
      step(
        'adopt',
        reuses.some(each => after(each.interestedAt)),
        'member',
      ),
    ]),
    job('welcome', [
      step(
        'enter',
        joins.some(each => after(each.startedAt)),
        'anyone',
      ),
      step(
        'tell',
        joins.some(each => after(each.startedAt) && after(each.joinedAt)),
        'anyone',
      ),
    ]),
    job('request', [
      step(
        'ask',
        asked.some(each => after(each.openedAt)),
        'member',
      ),
      step(
        'take',
        asked.some(each => after(each.openedAt) && each.answeredAt !== null),
        'operator',
      ),
      step(
        'solve',
        asked.some(each => after(each.solvedAt)),
        'operator',
      ),
    ]),
    job('checkin', [
      step(
        'open',
        reviewed.some(each => after(each.openedAt)),
      ),
      step(
        'answer',
        told.some(each => after(each.at)),
        'member',
      ),
      step(
        'digest',
        reviewed.some(each => after(each.closedAt)),
        'coordinator',
      ),
    ]),
  ]
}

const job = (name: string, steps: Step[]): Job => ({ name, steps })
const step = (name: string, done: boolean, by?: Role): Step => ({ name, done, ...(by && { by }) })
