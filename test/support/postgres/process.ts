// One bot of several on a database. Brings the same things that happened as every other, does what is due until told to end, and
// counts each time that something is done: `process.ts ADDRESS HOW MANY`.
import type { Feature, World } from '#src/core/feature.ts'
import { type Interaction, silence } from '#src/core/interaction.ts'
import { assemble } from '#src/main.ts'
import { openStore } from '#src/storage/database.ts'
import { nextNumber } from '#src/storage/settings.ts'
import { aPlace, postOffice, saying } from '../post-office.ts'

const [address = '', count = '0'] = process.argv.slice(2)
const START = Temporal.Instant.from('2027-01-11T10:00:00Z').epochMilliseconds
const THREE_DAYS = 3 * 24 * 3_600_000
const time = { now: START }

const counted = async (what: string, { tx }: World): Promise<void> => void (await nextNumber(tx, what))
/** Each event is answered, and leaves an errand and an alarm behind; a job runs every day. */
const tally: Feature = {
  name: 'tally',
  said: async ({ id, place }, world) => {
    await counted(`event ${id}`, world)
    await world.outbox.enqueue({ to: place, message: saying(id), key: `answer ${id}` })
    await world.errands.run({ name: 'echo', input: id, key: id, backTo: 'tally.back', about: id })
    await world.alarms.set({ name: 'tally.rings', key: id, at: world.now, about: id })
    return silence
  },
  done: { 'tally.back': (_, about, world) => counted(`errand ${about}`, world) },
  alarms: { 'tally.rings': (about, world) => counted(`alarm ${about}`, world) },
  jobs: {
    daily: {
      rule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0',
      missed: 'each',
      per: 'programme',
      run: ({ scheduled }, world) => counted(`job ${scheduled}`, world),
    },
  },
}

const { platform } = postOffice(() => time.now)
const post: typeof platform.post = (message, at) => {
  process.send?.({ posted: at.key })
  return platform.post(message, at)
}
const bot = assemble({
  store: await openStore(address),
  features: [tally],
  platforms: [{ ...platform, post }],
  workers: { echo: async input => input },
  now: () => Temporal.Instant.fromEpochMilliseconds(time.now),
  log: { info: () => {}, warn: () => {}, error: (fields, what) => console.error(what, fields) },
})
await bot.start()
await bot.settle()
const member = await bot.intake.member({ platform: 'slack', workspace: 'T1', account: 'U1', name: 'Ada' })
for (let n = 0; n < Number(count); n += 1) {
  const at = Temporal.Instant.fromEpochMilliseconds(START)
  const event: Interaction = { kind: 'said', id: `e${n}`, at, member, place: aPlace(`p${n % 20}`), text: 'x' }
  if (await bot.intake.accept(event)) await bot.intake.handle(event.id)
}
await bot.settle()
process.send?.({ done: 'events' })
process.once('message', async () => {
  time.now += THREE_DAYS
  await bot.settle()
  await bot.stop()
  process.exit()
})
