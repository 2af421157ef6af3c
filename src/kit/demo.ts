import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The text of the demo kit: OCPA Umbria. */
export const demoKit = (): string => readFileSync(join(import.meta.dirname, 'demo/ocpa-umbria.yaml'), 'utf8')
