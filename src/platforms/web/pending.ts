import type { Markdown } from '#src/core/message.ts'
import type { Live } from '#src/core/platform.ts'

/** What did not pass in the form that stands open, field by field. */
export interface Attempt {
  /** Changes whenever the form is to be drawn anew: until then her words in it are left alone. */
  version: number
  form?: string
  problems: Readonly<Record<string, Markdown>>
}

/** What came back live: the open form is a row, the reasons beside its fields last as long as the process. */
export interface Pending {
  of(member: string): Attempt
  note(member: string, live: Live): void
  refuse(member: string, form: string, problems: Record<string, Markdown>): void
}

export function pendings(): Pending {
  const attempts = new Map<string, Attempt>()
  let version = 0
  const put = (member: string, attempt: Omit<Attempt, 'version'>): void => {
    version += 1
    attempts.set(member, { version, ...attempt })
  }
  return {
    of: member => attempts.get(member) ?? { version: 0, problems: {} },
    note: (member, live) => {
      if (live.kind === 'problems') put(member, { form: live.form.name, problems: live.problems })
      else if (live.kind === 'ask') put(member, { problems: {} })
    },
    refuse: (member, form, problems) => put(member, { form, problems }),
  }
}
