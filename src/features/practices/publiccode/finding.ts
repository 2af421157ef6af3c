/**
 * Why a file is refused: each has its sentence in `practices.import.reasons`.
 * The bounds that a sentence names travel in the finding's values.
 */
export type Reason =
  | 'too-large'
  | 'too-complex'
  | 'not-yaml'
  | 'web-page'
  | 'aliases'
  | 'duplicate'
  | 'not-a-mapping'
  | 'not-a-section'
  | 'not-text'
  | 'not-a-list'
  | 'too-long'
  | 'too-many'
  | 'missing-name'
  | 'missing-url'
  | 'missing-licence'
  | 'missing-version'
  | 'not-https'
  | 'unknown-licence'
  | 'unknown-version'
  | 'no-description'

/** `key` is the path in the file ("description.it.shortDescription", empty for the file itself); `line` counts from 1. */
export interface Finding {
  key: string
  line: number
  reason: Reason
  values?: Record<string, string | number>
}
export type Report = (finding: Finding) => void
