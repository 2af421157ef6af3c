import { randomBytes } from 'node:crypto'

let moment = 0
let count = 0

/** A UUIDv7 (RFC 9562) that is greater than every one this process made before: ids sort in the order of making. */
export function newId(): string {
  const now = Date.now()
  count = now > moment ? 0 : count + 1
  moment = Math.max(moment + (count > 0xfff ? 1 : 0), now)
  count &= 0xfff
  const tail = randomBytes(8).toString('hex')
  const time = moment.toString(16).padStart(12, '0')
  const variant = ((Number.parseInt(tail[0] ?? '0', 16) & 0x3) | 0x8).toString(16)
  const middle = count.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${middle}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`
}

/** When an id was made, in epoch milliseconds. */
export const madeAt = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)
