/** A value as both engines can say it: as text, bytes in hexadecimal. */
export type Cell = string | null
export type Row = readonly Cell[]

/** The kinds of columns there are, by PostgreSQL's names. */
export type Kind = 'text' | 'bigint' | 'double precision' | 'boolean' | 'json' | 'bytea'
export const isKind = (type: string): type is Kind => type in kinds

interface Both {
  /** The column as a cell, in PostgreSQL's words, and the other way round. */
  read: (column: string) => string
  write: (parameter: string) => string
  /** What SQLite holds as a cell, and the other way round. */
  ofFile: (value: unknown) => string
  toFile: (cell: string) => string | number | bigint | Buffer
}

const kinds: Record<Kind, Both> = {
  // PostgreSQL has no NUL in a text. Nobody can see one, so it is left behind.
  text: {
    read: cast('text'),
    write: cast('text'),
    ofFile: value => String(value).replaceAll('\0', ''),
    toFile: String,
  },
  json: { read: cast('text'), write: cast('text::json'), ofFile: String, toFile: String },
  bigint: { read: cast('text'), write: cast('text::bigint'), ofFile: String, toFile: BigInt },
  'double precision': {
    read: cast('text'),
    write: cast('text::double precision'),
    ofFile: value => String(Number(value)),
    toFile: Number,
  },
  boolean: {
    read: cast('text'),
    write: cast('text::boolean'),
    ofFile: value => String(Number(value) !== 0),
    toFile: cell => (cell === 'true' ? 1 : 0),
  },
  bytea: {
    read: column => `encode(${column}, 'hex')`,
    write: parameter => `decode(${parameter}::text, 'hex')`,
    ofFile: value => (Buffer.isBuffer(value) ? value : Buffer.from(String(value))).toString('hex'),
    toFile: cell => Buffer.from(cell, 'hex'),
  },
}

function cast(type: string): (what: string) => string {
  return what => `${what}::${type}`
}

export const inServer = (kind: Kind): Pick<Both, 'read' | 'write'> => kinds[kind]
export const cellOfFile = (kind: Kind, value: unknown): Cell => (value === null ? null : kinds[kind].ofFile(value))
export const valueForFile = (kind: Kind, cell: Cell) => (cell === null ? null : kinds[kind].toFile(cell))

/** The same value: figures may be written differently on either side. */
export const isSame = (kind: Kind, one: Cell, other: Cell): boolean =>
  one === other || (kind === 'double precision' && one !== null && other !== null && Number(one) === Number(other))
