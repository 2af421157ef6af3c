import { randomUUID } from 'node:crypto'

let moment = 0
let count = 0

/** A UUIDv7 (RFC 9562) that is greater than every one this process made before: ids sort in the order of making. */
export function newId(): string {
  const now = Date.now()
  count = now > moment ? 0 : count + 1
  moment = Math.max(moment + (count > 0xfff ? 1 : 0), now)
  count &= 0xfff
  const time = moment.toString(16).padStart(12, '0')
  const middle = count.toString(16).padStart(3, '0')
  // A random UUID has the same variant and the same 62 random bits at its end.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${middle}-${randomUUID().slice(-17)}`
}

/** When an id was made, in epoch milliseconds. */
export const madeAt = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)
