import { type Dice, fate } from './dice.ts'

export type Kind = '429' | '500' | 'cut' | 'accept-then-cut' | 'slow' | 'late'
export interface Fate {
  kind: Kind
  /** Seconds, for a plea for patience. */
  retryAfter: number
  /** How long it waits on its way there, when it is slow, or on its way back, when it is late. */
  milliseconds: number
}
export interface Victims {
  /** The processes that may be killed while they wait for an answer. */
  pids: number[]
  /** How often each thing befell. */
  faults: Record<string, number>
}

/** In milliseconds. */
const SLOW = 150
const LATEST = 4000

/** What befalls the n-th call of each kind; a process that waits for the answer may be killed then. */
export function fatesOn(
  throws: Dice,
  shares: Readonly<Partial<Record<Kind | 'kill', number>>>,
  victims: Victims,
): (name: string) => Fate | undefined {
  const counts = new Map<string, number>()
  return name => {
    const n = (counts.get(name) ?? 0) + 1
    counts.set(name, n)
    const kind = fate(shares, throws(name, n))
    if (!kind || (kind === 'kill' && victims.pids.length === 0)) return undefined
    victims.faults[kind] = (victims.faults[kind] ?? 0) + 1
    if (kind === 'kill') kill(victims, throws(`who dies at ${name}`, n))
    const reached = throws(`how far ${name} came`, n) < 0.5 ? 'cut' : 'accept-then-cut'
    const retryAfter = 1 + Math.floor(throws(`patience at ${name}`, n) * 30)
    const milliseconds = kind === 'late' ? throws(`how late ${name} is`, n) * LATEST : SLOW
    return { kind: kind === 'kill' ? reached : kind, retryAfter, milliseconds }
  }
}

function kill({ pids }: Victims, thrown: number): void {
  const [pid] = pids.splice(Math.floor(thrown * pids.length), 1)
  try {
    if (pid) process.kill(pid, 'SIGKILL')
  } catch {
    // It died by itself just before.
  }
}
