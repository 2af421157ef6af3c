import type { Asked, Option, Problem } from './form.ts'
import type { Message, Reader } from './message.ts'

export type PlatformName = 'slack' | 'matrix' | 'web' | 'console'

/** A channel, a room or a direct conversation; `id` means something to its platform only. */
export interface Place extends Reader {
  platform: PlatformName
  workspace: string
  id: string
  /** A conversation between the bot and one person. */
  direct: boolean
}
/** A person, on whichever platform she speaks. */
export interface Member extends Reader {
  id: string
  name: string
}

/**
 * What a person did. `id` is the platform's own event id: the same event delivered twice is handled once.
 * `thread` is the outbox key of the thread's root.
 */
export type Interaction = {
  id: string
  at: Temporal.Instant
  member: Member
  place: Place
  thread?: string
  /**
   * What the platform could not take in, a file too large for instance: she is told, and nothing else happens, but that what
   * she says beside it in a thread reaches the others there.
   */
  refused?: Problem
} /** `said` is all that was typed, where no mark makes it a command: it may be an answer that begins like one. */ & (
  | { kind: 'command'; name: string; text: string; said?: string; file?: string }
  | { kind: 'choice'; action: string; value: string; on: string }
  /** `sources` are the events that the answers came with, where they were given one at a time; `known` is what the form showed. */
  | {
      kind: 'answers'
      form: string
      about: string
      raw: Record<string, string>
      sources?: Record<string, string>
      known?: Record<string, string>
    }
  | { kind: 'said'; text: string; file?: string }
  | { kind: 'joined' | 'left' }
  /** She took back what she had said in an earlier event: it is forgotten. */
  | { kind: 'tookBack'; event: string }
)
/** Somebody came into a shared place, or went. */
export type Movement<K extends 'joined' | 'left'> = Of<'joined' | 'left'> & { kind: K }
export type Of<K extends Interaction['kind']> = Extract<Interaction, { kind: K }>

/** `say` and `redraw` become outbox rows in the same transaction; `ask` and `problems` are answered live. */
export type Reply =
  | { kind: 'say' | 'redraw'; message: Message }
  | {
      kind: 'ask'
      form: Asked['form']
      about: string
      /** What it is about in few words, beside its title: `P-0012`, `A4`. */
      subject?: string
      known?: Record<string, string>
      options?: Record<string, readonly Option[]>
    }
  | { kind: 'problems'; problems: Record<string, Problem> }
  | { kind: 'silence' }
  /** Only from `said`: not mine, ask the next feature. */
  | { kind: 'pass' }

export const say = (message: Message): Reply => ({ kind: 'say', message })
export const redraw = (message: Message): Reply => ({ kind: 'redraw', message })
export const problems = (found: Record<string, Problem>): Reply => ({ kind: 'problems', problems: found })
export const silence: Reply = { kind: 'silence' }
export const pass: Reply = { kind: 'pass' }
