import type { Check, Finding } from './lib/check.ts'
import { run } from './lib/program.ts'

const line = /^(?<file>[^\s(]+)\((?<line>\d+),\d+\): error (?<message>.+)$/gm

/** The compiler, which only checks: Node strips the types by itself. */
export const check: Check = {
  name: 'types',
  run: async () => {
    const { code, output } = await run('typescript/bin/tsc', '--project', '.', '--pretty', 'false')
    const findings = [...output.matchAll(line)].map(
      ({ groups }): Finding => ({
        file: groups?.file ?? '',
        line: Number(groups?.line),
        message: groups?.message ?? '',
      }),
    )
    return code === 0 || findings.length > 0 ? findings : [{ file: 'tsconfig.json', message: output.trim() }]
  },
}
