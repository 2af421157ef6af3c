import type { Shows } from '#test/platforms/contract.ts'

const CHOICE = /^\d+\. (.*)$/

/** A message of the bot: what it says, and the choices that have a number. */
export function shows(body: string): Shows {
  const lines = body.split('\n')
  const labels = lines.flatMap(line => CHOICE.exec(line)?.[1] ?? [])
  const said = labels.length > 0 ? lines.slice(0, -1).filter(line => !CHOICE.test(line)) : lines
  return { text: said.join('\n').trim(), labels }
}
