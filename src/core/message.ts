/** Every part that speaks adds its own keys here, beside its words: `interface Words { practices: ... }`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging, one line in each part that speaks
export interface Words {}
/** A key of `locales`, without its plural suffix. */
export type Key = Words[keyof Words] & string

/** The keys of one locale file, for the declarations that fill `Words`. */
export type KeysOf<File, Prefix extends string> = {
  [K in keyof File & string]: File[K] extends string ? `${Prefix}.${Singular<K>}` : KeysOf<File[K], `${Prefix}.${K}`>
}[keyof File & string]
type Singular<K extends string> = K extends `${infer Stem}_${'zero' | 'one' | 'many' | 'other'}` ? Stem : K

/** Markdown that only `t()` makes, because `t()` escapes every value put into it. */
export type Markdown = string & { readonly madeBy: 't' }
export type Values = Record<string, string | number>
/** A text that the community kit gives in one or more languages, by language code. */
export type LocalText = Readonly<Record<string, string>>
/** Whoever reads: a member, or a place. Everything is said in their language and in their time. */
export interface Reader {
  locale: string
  timezone: string
}

/** Speaks to one reader. Dates, months and numbers come back as plain text, to be put into a sentence. */
export interface Translate extends Reader {
  (key: Key, values?: Values): Markdown
  /** A key put together by convention: the words check knows it, the compiler cannot. */
  byName(key: string, values?: Values): Markdown
  has(key: string): boolean
  /** What a person wrote, shown exactly as she wrote it. */
  literal(text: string): Markdown
  /** Markdown without its marks: for labels, titles and values put into another sentence. */
  plain(markdown: Markdown): string
  /** The text of the kit in the reader's language, else in Italian, else in any. */
  local(text: LocalText): string
  /** «lunedì 1 febbraio alle 9:00» */
  moment(at: Temporal.Instant): string
  /** «lunedì 1 febbraio», with its year when it is far away. */
  day(at: Temporal.Instant | Temporal.PlainDate): string
  /** «1 febbraio 2027», for what may be long ago or far ahead. */
  date(at: Temporal.Instant | Temporal.PlainDate): string
  /** «gennaio 2027», from `2027-01` */
  month(period: string): string
  number(value: number): string
  /** «a, b e c» */
  list(items: readonly string[]): string
  /** «a, b o c» */
  either(items: readonly string[]): string
}

/** Slack: a button. Matrix: a number to react with or to type. Console: a numbered line. */
export interface Choice {
  label: Markdown
  action: string
  value: string
  style?: 'primary' | 'danger'
}
export type Block =
  | { type: 'text' | 'quote'; text: Markdown }
  | { type: 'facts'; facts: { label: Markdown; value: Markdown }[] }
  | { type: 'items'; items: Markdown[] }
  | { type: 'choices'; choices: Choice[] }
  /** `file` names a row that holds the bytes: any process can send it. */
  | { type: 'image' | 'file'; file: string; alt: Markdown }

/** `summary` is the notification, and all that a client which draws no blocks will show. */
export interface Message {
  summary: Markdown
  blocks: Block[]
}

/** Every choice a message offers, in the order in which they are numbered. */
export const offers = (message: Message): Choice[] =>
  message.blocks.flatMap(block => (block.type === 'choices' ? block.choices : []))

/** The end of a switch over all blocks: a new kind of block does not compile until each platform draws it. */
export const unreachable = (never: never): never => {
  throw new Error(`unexpected ${JSON.stringify(never)}`)
}
