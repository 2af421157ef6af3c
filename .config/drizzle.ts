import { defineConfig } from 'drizzle-kit'
import { engine } from '../src/storage/engine.ts'

/** Each feature declares its own tables: they are found by the name of their file, and built for the engine of the process. */
export default defineConfig({
  dialect: engine() === 'postgres' ? 'postgresql' : 'sqlite',
  schema: './src/**/schema.ts',
  out: `./drizzle/${engine()}`,
})
