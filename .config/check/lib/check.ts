/** One thing that is wrong, and where. */
export interface Finding {
  file: string
  line?: number | undefined
  message: string
  /** What an exception has to name to cover this finding and no other. */
  what?: string
  /** For what is too big: an exception allows up to a size of its own. */
  size?: number
}

/** Every file next to `run.ts` that exports a `check` takes part in `npm run check`. */
export interface Check {
  name: string
  run: () => Promise<Finding[]> | Finding[]
}

export const show = ({ file, line, message }: Finding): string => `${file}${line ? `:${line}` : ''}  ${message}`
