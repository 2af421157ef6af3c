import type { World } from '#src/core/feature.ts'
import { programme } from '#src/storage/settings.ts'
import { addProposal, practiceWithRepository } from '../catalogue/store.ts'
import { longest } from '../forms.ts'
import { sendForReview } from '../proposals/circulation.ts'
import type { PublicCode } from '../publiccode.ts'
import { shortened } from '../rules.ts'
import type { Practice } from '../schema.ts'
import { draftOf } from './draft.ts'

/**
 * Proposes what a publiccode.yml describes, for the shell: no form is at hand, so a summary that is too long is shortened.
 * `added` is false when a practice with the same repository is there already.
 */
export async function importPractice(
  world: World,
  code: PublicCode,
  { community, provider, by }: { community: string; provider: string; by?: string },
): Promise<{ practice: Practice; added: boolean }> {
  const known = await practiceWithRepository(world.tx, code.url)
  if (known) return { practice: known, added: false }
  const { kit = null, version = null, ...draft } = draftOf(code, (await programme(world.tx)).locale, provider)
  const given = Object.values(code.summaries)[0] ?? draft.title
  const summary = draft.summary === '' ? shortened(given, longest.summary) : draft.summary
  const practice = await addProposal(world.tx, { ...draft, kit, version, provider, community, summary }, by, world.now)
  await sendForReview(world, practice, 'import')
  return { practice, added: true }
}
