import type { Problem } from '#src/core/form.ts'

/** Why a kit is refused: where (`communities[1].coordinators[0]`, line 42), and a reason in `locales`. */
export interface KitProblem {
  /** Empty for the file as a whole. */
  path: string
  /** Counted from 1. */
  line: number
  reason: Problem
  /** What was probably meant. */
  perhaps?: string
}

/** `['communities', 1, 'coordinators', 0]` as `communities[1].coordinators[0]` */
export const shown = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((all, step) => {
    if (typeof step === 'number') return `${all}[${step}]`
    return all === '' ? String(step) : `${all}.${String(step)}`
  }, '')
