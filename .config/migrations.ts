// `npm run migrations -- --name word`: what the schemas need that no migration does yet, for each engine.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const kit = join(import.meta.dirname, '../node_modules/drizzle-kit/bin.cjs')
for (const DATABASE_URL of ['file:', 'postgres://']) {
  execFileSync(process.execPath, [kit, 'generate', '--config', '.config/drizzle.ts', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL },
  })
}
