import { defineConfig } from 'drizzle-kit'

/** Each feature declares its own tables: they are found by the name of their file. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './src/**/schema.ts',
  out: './drizzle/sqlite',
})
