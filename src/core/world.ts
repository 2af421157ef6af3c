import type { Everything, Tx, World } from './feature.ts'
import type { Cause, Ports } from './ports.ts'
import type { Registry } from './registry.ts'

/** What a handler is given: everything bound to one transaction, one moment and one cause. */
export function worldOf(registry: Registry, ports: Ports, tx: Tx, cause: Cause = {}): World {
  const now = ports.now()
  const world: World = {
    t: ports.t,
    now,
    tx,
    calendar: ports.calendar,
    outbox: ports.outbox(tx, cause, now),
    errands: ports.errands(tx, cause, now),
    alarms: ports.alarms(tx),
    nextRun: (id, after, zone) => {
      const job = registry.jobs.get(id)
      if (!job) throw new Error(`there is no job ${id}`)
      return ports.nextRun(tx, { id, rule: job.rule }, after, zone)
    },
    get everything() {
      return everything(registry, ports, world)
    },
  }
  return world
}

const everything = ({ features }: Registry, ports: Ports, world: World): Everything => ({
  exportOf: async member => {
    const told: Record<string, unknown> = { person: await ports.people.export(world.tx, member) }
    for (const { name, personal } of features) if (personal) told[name] = await personal.export(member, world.tx)
    return told
  },
  // Who she was goes last: until then the features can still find what is hers.
  erase: async (member, farewell) => {
    // What is said while forgetting her is not in her words: it has no author, and stays when hers are dropped.
    const forgetting = { ...world, outbox: ports.outbox(world.tx, {}, world.now) }
    for (const { personal } of features) await personal?.erase(member, forgetting)
    await ports.people.erase(world.tx, member, world.now)
    if (farewell) await forgetting.outbox.enqueue({ ...farewell, answer: true })
  },
  join: async joining => {
    for (const { personal } of features) await personal?.join?.(joining, world.tx)
    await ports.people.join(world.tx, joining)
  },
  digest: async (window, reader) => {
    const parts = features.flatMap(({ digest }) => digest ?? []).toSorted((a, b) => a.order - b.order)
    const blocks = []
    for (const part of parts) blocks.push(...(await part.blocks(window, reader, world)))
    return blocks
  },
})
