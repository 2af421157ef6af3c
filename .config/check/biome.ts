import { relative } from 'node:path'
import type { Check, Finding } from './lib/check.ts'
import { run } from './lib/program.ts'

const line = /^::error title=(?<title>[^,]+),file=(?<file>[^,]+),line=(?<line>\d+)[^:]*::(?<message>.+)$/gm

/** Lint and format. `npm run format` mends what it can. */
export const check: Check = {
  name: 'biome',
  run: async () => {
    const options = ['--config-path=.config', '--reporter=github', '--max-diagnostics=none', '--error-on-warnings']
    const { code, output } = await run('@biomejs/biome/bin/biome', 'check', ...options, '.')
    const findings = [...output.matchAll(line)].map(
      ({ groups }): Finding => ({
        file: relative('', groups?.file ?? ''),
        line: Number(groups?.line),
        message: `${groups?.title}: ${decodeURIComponent(groups?.message ?? '')}`,
      }),
    )
    return code === 0 || findings.length > 0 ? findings : [{ file: '.config/biome.json', message: output.trim() }]
  },
}
