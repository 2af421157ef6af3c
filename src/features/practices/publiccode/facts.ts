import type { Report } from './finding.ts'
import { spdx } from './licence.ts'
import { at, expectSection, longest, optional, required, type Spot } from './spot.ts'

/** Every 0.x so far: "0", and "0.1" to "0.5" with or without a patch. A later version may mean something else by a key. */
export function versionOf(spot: Spot, report: Report): string | undefined {
  const version = required(spot, longest.code, 'missing-version', report)
  if (!version || /^0(\.[1-5](\.\d{1,2})?)?$/.test(version)) return version
  return void report({ key: spot.key, line: spot.line, reason: 'unknown-version', values: { version } })
}

/** The repository's address. One with a user name or a password in it is refused: it would be shown to everyone. */
export function addressOf(spot: Spot, report: Report): string | undefined {
  const written = required(spot, longest.address, 'missing-url', report)
  if (!written) return undefined
  const address = web(written, ['https:'])
  if (!address) report({ key: spot.key, line: spot.line, reason: 'not-https' })
  return address
}

/** An address that people may open but that we never fetch: plain http is still common among administrations. */
export function webAddress(spot: Spot): string | undefined {
  const written = optional(spot, longest.address)
  return written && web(written, ['https:', 'http:'])
}

function web(written: string, schemes: string[]): string | undefined {
  const address = URL.parse(written)
  if (!address || !schemes.includes(address.protocol) || address.username || address.password) return undefined
  return address.href
}

export function licenceOf(file: Spot, report: Report): string | undefined {
  const legal = at(file, 'legal')
  if (legal.tree && legal.tree.kind !== 'nothing' && legal.tree.kind !== 'mapping')
    return void expectSection(legal, report)
  const spot = at(legal, 'license')
  const written = required(spot, longest.name, 'missing-licence', report)
  const licence = written && spdx(written)
  if (written && !licence) {
    const shown = written.slice(0, longest.code)
    report({ key: spot.key, line: spot.line, reason: 'unknown-licence', values: { licence: shown } })
  }
  return licence
}

/** The day in "2027-03-15" or "2027-03-15T00:00:00Z"; undefined when there is no such day. */
export function dayIn(spot: Spot): string | undefined {
  const day = optional(spot, longest.code)?.slice(0, 10) ?? ''
  const [year = 0, month = 0, date = 0] = /^\d{4}-\d\d-\d\d$/.test(day) ? day.split('-').map(Number) : []
  const real = month >= 1 && month <= 12 && date >= 1 && date <= new Date(Date.UTC(year, month, 0)).getUTCDate()
  return real ? day : undefined
}

/** The code in `organisation.uri` (since 0.5), else that of the Italian section, whose name was once in lower case. */
export function ipaOf(file: Spot): string | undefined {
  const urn = optional(at(file, 'organisation', 'uri'))?.match(/^urn:x-italian-pa:(.+)$/i)?.[1]
  const sections = ['IT', 'it'].map(country => optional(at(file, country, 'riuso', 'codiceIPA')))
  return [urn, ...sections]
    .map(code => code?.toLowerCase())
    .find(code => code && /^[a-z0-9][a-z0-9_.-]{0,39}$/.test(code))
}
