/** What a kit speaks of. The last five are what a person is in the programme, a community or a laboratory. */
export type What =
  | 'programme'
  | 'organization'
  | 'person'
  | 'place'
  | 'community'
  | 'service'
  | 'event'
  | 'laboratory'
  | 'line'
  | 'action'
  | 'risk'
  | 'practice'
  | 'adoption'
  | Role
  | 'member'
export type Role = 'administrator' | 'economic-operator' | 'coordinator' | 'operator'

/** One thing that applying a kit does. `end` takes back what an earlier kit gave; `left` is named no more, and stays as it is. */
export interface Change {
  kind: 'add' | 'change' | 'end' | 'left'
  what: What
  name: string
  /** The community, the laboratory, or the organization of an adoption. */
  of?: string
  fields?: { name: string; before: unknown; after: unknown }[]
}

export type Fields = Readonly<Record<string, unknown>>

/** One thing of the kit, beside what the database has of it. Fields are in the kit's own terms: short names, not ids. */
export interface Entry {
  what: What
  name: string
  of?: string
  /** What the kit says. */
  fields: Fields
  /** Fields that people change by themselves: the kit changes them only when it says something new. */
  theirs?: readonly string[]
  /** Made once: if it is gone, somebody wanted that. */
  once?: true
  /** As the database has it. `told` is whether a value is what the last kit said of a field. */
  find: (told: Told) => Promise<Fields | undefined>
  /** Writes it down. `changes` is whether a field is the kit's to write; the others stay as they are. */
  save: (changes: Changes, found: Fields | undefined) => Promise<void>
}
export type Changes = (field: string) => boolean
export type Told = (field: string, value: unknown) => boolean
