/** What happened in a room, readable: whatever was encrypted is not any more. Nothing in `content` can be trusted. */
export interface Heard {
  id: string
  room: string
  type: string
  sender: string
  content: unknown
  /** How long ago, in milliseconds, by the homeserver's clock. */
  age: number
  /** Of a membership: whose, and what it was before. */
  stateKey?: string
  before?: unknown
  /** Of a redaction: what it takes away. */
  redacts?: string
  /** It happened before the bot came in. */
  beforeMe: boolean
}
export interface Room {
  id: string
  /** Who speaks with the bot alone here. */
  direct?: string
  aliases: string[]
  encrypted: boolean
}
export interface Invitation {
  room: string
  by: string
  direct: boolean
}
/** Where a file is kept, as it stands in a message: in clear, or with the keys that open it. */
export interface Media {
  url: string
  encrypted?: Record<string, unknown>
}
/** A file of more bytes than the bot takes in. */
export class TooLarge extends Error {}
export interface Ears {
  /** Resolves when it is written down: only then is the place in the stream remembered. */
  heard(event: Heard): Promise<void>
  invited(invitation: Invitation): Promise<void>
}

/**
 * The homeserver as the bot uses it. Rooms and people are named as Matrix names them. Requests throw `Busy`, `Undeliverable`,
 * or anything else when trying again may help; the same `txn` in the same room is the same event, however often it is sent.
 */
export interface Wire {
  /** The bot's own account. */
  readonly me: string
  /** Resolves when it knows its rooms. */
  start(ears: Ears): Promise<void>
  /** Whether it knows its rooms as they are: what was saved may be older. */
  current(): boolean
  /** Whether the homeserver answers. */
  up(): boolean
  /** Seconds since it was last heard: it says something every half minute, even that nothing happened. */
  lag(): number
  room(id: string): Room | undefined
  rooms(): Room[]
  /** Throws why a room is not there: `Undeliverable` when it never will be, another error when it may still come. */
  missing(id: string): never
  /** The room that replaces an upgraded one, also when the bot is not in either. */
  goesOn(id: string): string | undefined
  /** The room behind an alias. */
  named(alias: string): Promise<string | undefined>
  /** What somebody is called. */
  nameOf(user: string, room?: string): string
  /** Sends, encrypted where the room is. Returns the event's id. */
  send(room: string, type: string, content: object, txn: string): Promise<string>
  /** Takes back an event of the bot. */
  takeBack(room: string, event: string, txn: string): Promise<void>
  /** The bot's own reactions to an event: the id of each, by what it shows. */
  ownReactions(room: string, event: string): Promise<Map<string, string>>
  upload(room: string, file: { name: string; type: string; bytes: Uint8Array }): Promise<Media>
  /** Ends when the bot stops, or when it takes too long. Throws `TooLarge` too. */
  download(media: Media, largest: number, stopping: AbortSignal): Promise<Uint8Array>
  /**
   * The conversation with somebody. Makes an encrypted room when there is none, and resolves when the bot knows it; throws when she
   * `isAsking` the bot into one, where it has yet to go.
   */
  openDirect(user: string, isAsking: () => boolean): Promise<string>
  /** From now on this room is the direct conversation with her. */
  markDirect(user: string, room: string): Promise<void>
  /** Goes into a room; `via` is a server that knows it, where our own may not: empty when nobody says. */
  join(room: string, via: string): Promise<void>
  decline(room: string, reason: string): Promise<void>
  typing(room: string, on: boolean): Promise<void>
  read(room: string, event: string): Promise<void>
  stop(): Promise<void>
}
