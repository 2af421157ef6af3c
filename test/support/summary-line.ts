import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'

type Count = { passed: number; failed: number; skipped: number }

/** Also what is no test yet fails: a module that does not import, a hook that throws. */
const brokenAround = (module: TestModule): number =>
  module.errors().length + [...module.children.allSuites()].reduce((sum, suite) => sum + suite.errors().length, 0)

const countModule = (module: TestModule): Count => {
  const count: Count = { passed: 0, failed: brokenAround(module), skipped: 0 }
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    count[state === 'passed' || state === 'failed' ? state : 'skipped']++
  }
  if (module.state() === 'failed' && count.failed === 0) count.failed = 1
  return count
}

/** Ends the run with `N passed, N failed`, the line that continuous integration reads. */
// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export
export default class SummaryLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const total: Count = { passed: 0, failed: errors.length + (reason === 'interrupted' ? 1 : 0), skipped: 0 }
    for (const count of modules.map(countModule)) {
      total.passed += count.passed
      total.failed += count.failed
      total.skipped += count.skipped
    }
    const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
    process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`)
  }
}
