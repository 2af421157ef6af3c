/** Without letters and digits that look alike: a code is read on one screen and typed on another. */
export const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
export const LENGTH = 8
export const LIVES = Temporal.Duration.from({ minutes: 10 })
/** Wrong codes, in the time that a code lives. */
export const MOST_ATTEMPTS = 5

/** A code as people type it: in small letters, with spaces or a dash in the middle. */
export const tidyCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
/** In two halves, easier to read out. */
export const shownCode = (code: string): string => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`

interface Person {
  id: string
  /** Her name in the community kit. */
  person: string | null
  createdAt: number
}
/** Which of the two stays: the one that the kit names, else the older. Two whom the kit names are two people. */
export function joining(one: Person, other: Person): { from: string; into: string } | undefined {
  if (one.person !== null && other.person !== null) return undefined
  const [into, from] =
    (one.person !== null) !== (other.person !== null)
      ? one.person !== null
        ? [one, other]
        : [other, one]
      : [one, other].toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
  return into && from && { from: from.id, into: into.id }
}
