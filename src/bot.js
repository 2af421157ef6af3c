#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node cannot even read the rest, and should hear so in one sentence.
import module from 'node:module'

const major = Number(process.versions.node.split('.')[0])
if (major < 26) {
  process.stderr.write(
    `Animatore ha bisogno di Node 26 e qui c'è ${process.version}. Esegui "npm ci" senza --omit=optional: porta con sé il Node giusto.\n` +
      `Animatore needs Node 26 and this is ${process.version}. Run "npm ci" without --omit=optional: it brings the right Node along.\n`,
  )
  process.exit(1)
}
if (process.argv[2] === 'start') (await import('./cli/lean.ts')).beginLean()
// What was compiled once is kept beside the packages: from the second time on, a start takes half as long.
module.enableCompileCache(`${import.meta.dirname}/../node_modules/.cache/animatore`)
await import('./quick-imports.js')
const { run } = await import('./cli.ts')
process.exitCode = await run(process.argv)
