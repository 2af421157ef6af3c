import { createInterface } from 'node:readline/promises'
import type { Settings } from '#src/config.ts'
import type { Translate } from '#src/core/message.ts'
import { registry } from '#src/core/registry.ts'
import { features } from '#src/features/index.ts'
import { applyKit } from '#src/kit/apply.ts'
import { describeChange, describeProblem } from '#src/kit/messages.ts'
import { planKit } from '#src/kit/plan.ts'
import { readKit } from '#src/kit/read.ts'
import { unattended } from '#src/kit/unattended.ts'
import { openStore } from '#src/storage/database.ts'

/** Shows what the kit will change, then changes it, all or nothing. Without a terminal, only `--yes` changes. */
export async function apply(text: string, options: { yes?: true }, settings: Settings, t: Translate): Promise<number> {
  const tell = (line: string): void => void process.stdout.write(`${line}\n`)
  const read = readKit(text, { jobs: [...registry(features).jobs.keys()] })
  if (!read.ok) {
    for (const problem of read.problems) process.stderr.write(`${t.plain(describeProblem(t, problem))}\n`)
    return 1
  }
  const store = await openStore(settings.DATABASE_URL)
  try {
    const changes = await store.transaction(tx => planKit(tx, read.kit))
    for (const change of changes) tell(t.plain(describeChange(t, change)))
    if (changes.length === 0) tell(t.plain(t('shell.apply.nothing')))
    else if (options.yes || (await agreed(t))) {
      await store.transaction(tx => applyKit(tx, read.kit, Temporal.Now.instant()))
      // What the kit names no more was said, and stays as it is.
      tell(t.plain(t('shell.apply.done', { count: changes.filter(({ kind }) => kind !== 'left').length })))
      for (const { key, names } of await store.read(unattended)) tell(t.plain(t(key, { names: t.list(names) })))
    } else tell(t.plain(t('shell.apply.notDone')))
    return 0
  } finally {
    await store.close()
  }
}

async function agreed(t: Translate): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const asking = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await asking.question(`${t.plain(t('shell.apply.ask'))} `)
  asking.close()
  return /^\s*(s|sì|si|y|yes)\s*$/iu.test(answer)
}
