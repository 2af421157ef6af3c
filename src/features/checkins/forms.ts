import { number, optional, paragraph, pick } from '#src/core/fields.ts'
import type { Entry } from './rules.ts'

export const answerForm = {
  name: 'checkins.answer',
  fields: {
    status: pick('green', 'amber', 'red'),
    done: optional(paragraph(1000)),
    next: optional(paragraph(1000)),
    blocks: optional(paragraph(1000)),
    support: optional(pick('no', 'yes')),
  },
}

export const reviewForm = {
  name: 'checkins.review',
  fields: { likelihood: number(1, 5), impact: number(1, 5), change: optional(paragraph(500)) },
}

/** This month's answer, to be edited; last month's is shown in the prompt and taken over by its own button. */
export function knownAnswer({ answer }: Entry): Record<string, string> {
  if (!answer) return {}
  const { status, done, next, blocks, support } = answer
  return {
    status,
    support: support ? 'yes' : 'no',
    ...(done && { done }),
    ...(next && { next }),
    ...(blocks && { blocks }),
  }
}

/** A risk starts from where it was left: its figures are reviewed, not guessed again. */
export function knownReview({ review, reviewBefore }: Entry): Record<string, string> {
  const figures = review ?? reviewBefore
  return {
    ...(figures && { likelihood: String(figures.likelihood), impact: String(figures.impact) }),
    ...(review?.change && { change: review.change }),
  }
}
