import { chooseSeveral, line, optional, paragraph, pick, search } from '#src/core/fields.ts'
import type { Answers } from '#src/core/form.ts'

const fields = {
  organization: search('communities.organizations'),
  role: line(80),
  interests: chooseSeveral(),
  brings: optional(paragraph(500)),
  needs: optional(paragraph(500)),
  introduce: pick('yes', 'no'),
}

/** What who comes in is asked; `about` is the community. */
export const onboarding = { name: 'communities.onboarding', fields }
/** The same, to change it later. */
export const profile = { name: 'communities.profile', fields }

export type Told = Answers<typeof fields>
