import type { Problem } from '#src/core/form.ts'
import { dmOf } from './adapter.ts'
import type { Line } from './read.ts'
import { wrong } from './stage.ts'
import type { Printed, Transcript } from './transcript.ts'

type Press = Line & { kind: 'choose' | 'pick' }
type Button = Printed['choices'][number]

/** The button that is pressed and the message it stands on: the one named, else the latest she can see that fits. */
export function press(
  line: Press,
  transcript: Transcript,
  places: readonly string[],
): { on: Printed; choice: Button } | { problem: Problem } {
  const on = line.ref === undefined ? transcript.latest(sees(line, places)) : transcript.byRef(line.ref)
  const choice =
    on && (line.kind === 'pick' ? on.choices[line.pick - 1] : (on.choices.find(meant(line)) ?? faded(line)))
  if (on && choice) return { on, choice }
  return {
    problem: line.kind === 'pick' ? wrong('console.noChoice') : wrong('console.notOffered', { action: line.choose }),
  }
}

const sees =
  (line: Press, places: readonly string[]) =>
  ({ to, onlyFor, choices }: Printed): boolean => {
    const visible = onlyFor ? onlyFor === line.as : to === dmOf(line.as) || places.includes(to)
    return visible && (line.kind === 'pick' ? choices.length > 0 : choices.some(meant(line)))
  }

const meant =
  ({ choose, value }: Press & { kind: 'choose' }) =>
  (button: Button): boolean =>
    button.action === choose && (value === undefined || button.value === value)

// A button that stood there before the message changed: she may still have the old one before her eyes.
const faded = ({ choose, value }: Press & { kind: 'choose' }): Button | undefined =>
  value === undefined ? undefined : { action: choose, value }
