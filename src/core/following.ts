import type { Desk } from './desk.ts'
import type { World } from './feature.ts'
import type { Member } from './interaction.ts'
import type { Markdown, Translate } from './message.ts'
import type { Change } from './platform.ts'

/** What the platform tells of its places and accounts: the bot keeps up, and whoever runs it hears what needs a hand. */
export async function follow(change: Change, at: Desk, world: World): Promise<void> {
  const { people, places } = at.ports
  switch (change.kind) {
    case 'renamed':
      return places.renamed(world.tx, change.place, change.name)
    case 'profile':
      await people.changed(world.tx, change.account)
      return
    case 'closed': {
      const name = await places.closed(world.tx, change.place)
      if (name !== undefined)
        await alert(at, world, `closed:${change.place.id}`, t => t('core.alerts.closed', { name }))
      return
    }
    case 'gone': {
      const member = await people.gone(world.tx, change.account)
      if (member && (await needed(at, member, world)))
        await alert(at, world, `gone:${member.id}`, t => t('core.alerts.gone', { name: member.name }))
    }
  }
}

/** Somebody coordinates or operates: her going leaves a gap. */
async function needed({ ports }: Desk, member: Member, world: World): Promise<boolean> {
  const roles = await ports.people.roles(world.tx, member.id)
  return roles.has('coordinator') || roles.has('operator') || roles.has('administrator')
}

async function alert(at: Desk, world: World, about: string, told: (t: Translate) => Markdown): Promise<void> {
  for (const administrator of await at.ports.people.withRole(world.tx, 'administrator')) {
    const text = told(world.t(administrator))
    const key = `${about}:${world.now.epochMilliseconds}:${administrator.id}`
    const message = { summary: text, blocks: [{ type: 'text' as const, text }] }
    await world.outbox.enqueue({ to: { member: administrator.id }, message, key, atOnce: true })
  }
}
