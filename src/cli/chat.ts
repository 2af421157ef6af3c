import { createInterface } from 'node:readline'
import { kitIn } from '#src/cli/kit-file.ts'
import { openLog } from '#src/cli/log.ts'
import { ifEmpty, rehearsing } from '#src/cli/rehearsing.ts'
import { complain } from '#src/cli/shell.ts'
import { openStage } from '#src/cli/stage.ts'
import type { Translate } from '#src/core/message.ts'
import { registry } from '#src/core/registry.ts'
import { features } from '#src/features/index.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'
import { play } from '#src/platforms/console/rehearsal.ts'
import { runTerminal } from '#src/platforms/console/terminal.ts'

export interface ChatFlags {
  json?: true
  db?: string
  kit?: string
  at?: string
  as: string
}

/** The start of every rehearsal that names none: a Monday on which nothing is due. */
const usualMoment = '2027-01-11T09:00:00Z'

export async function chat(flags: ChatFlags, t: Translate): Promise<number> {
  const moment = instant(flags.at ?? usualMoment)
  if (!moment) {
    process.stderr.write(`${t.plain(t('shell.chat.notAnInstant', { given: flags.at ?? '' }))}\n`)
    return 2
  }
  const jobs = { jobs: [...registry(features).jobs.keys()] }
  const options = {
    prepare: flags.kit ? preparing(kitIn(flags.kit, t), t, jobs) : ifEmpty(preparing(demoKit(), t, jobs)),
    at: moment,
    log: openLog(flags.json ? 'error' : 'silent'),
    ...(flags.db && { db: flags.db }),
  }
  const free = flags.db ? await rehearsing(flags.db) : () => {}
  return (flags.json ? rehearse(options, t) : talk(options, flags, t)).finally(free)
}

const instant = (written: string): Temporal.Instant | undefined => {
  try {
    return Temporal.Instant.from(written)
  } catch {
    return undefined // whoever asked says so
  }
}

type Opening = Pick<Parameters<typeof openStage>[0], 'prepare' | 'at' | 'log' | 'db'>

/** One JSON object per line in, one per line out; 2 when a line was not understood. */
async function rehearse(options: Opening, t: Translate): Promise<number> {
  const out = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
  const { bot, stage } = await openStage({ ...options, asks: 'form', show: out, out })
  let code = 0
  let count = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    count += 1
    if (line.trim() === '') continue
    const wrong = await play(line, stage)
    if (wrong === undefined) out({ ok: count })
    else {
      out({ error: t.plain(t(wrong.key, wrong.values)), line: count })
      code = 2
    }
  }
  await bot.stop()
  return code
}

async function talk(options: Opening, flags: ChatFlags, t: Translate): Promise<number> {
  const terminal = runTerminal({ input: process.stdin, output: process.stdout, as: flags.as, t })
  const { bot, stage } = await openStage({ ...options, asks: 'conversation', show: terminal.show, out: () => {} })
  const isSomebody = Boolean(await stage.person(flags.as))
  if (isSomebody) await terminal.run(stage)
  else complain(t, t('console.nobody', { name: flags.as }))
  await bot.stop()
  return isSomebody ? 0 : 1
}
