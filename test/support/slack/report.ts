import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formOf, isForm, type Json, type Names, problemsIn, shownOf } from './draw.ts'
import type { Scene } from './player.ts'
import type { Change } from './screen.ts'

export async function namesIn({ rig }: Scene): Promise<Names> {
  const people = new Map([...rig.users].map(([name, id]) => [id, name]))
  const channels = new Map([...rig.channels].map(([name, id]) => [id, `#${name}`]))
  for (const [name, user] of rig.users) {
    if (name === 'animatore') continue
    const { channel } = await rig.as('animatore', 'conversations.open', { users: user })
    channels.set(String((channel as Json).id), `dm:${name}`)
  }
  return {
    person: user => people.get(user) ?? user,
    place: channel => channels.get(channel) ?? channel,
    ref: (channel, ts) => {
      const at = rig.screen.messages.findIndex(each => each.channel === channel && each.ts === ts)
      return at < 0 ? undefined : `m${at + 1}`
    },
    copy: address => {
      const [id] = /F[A-Z0-9]{6,}/.exec(address) ?? []
      const file = rig.api.uploads.get(id ?? '')
      if (!file) return undefined
      const path = join(mkdtempSync(join(tmpdir(), 'animatore-slack-')), file.name)
      writeFileSync(path, file.bytes)
      return path
    },
  }
}

/** A change of what people see, as lines of the rehearsal. The button that stands for a form is not one. */
export function told(change: Change, names: Names): Json[] {
  switch (change.kind) {
    case 'posted':
    case 'edited':
      if (change.message.key?.startsWith('open:')) return []
      return [{ ...shownOf(change.message, names, change.kind === 'edited') }]
    case 'modal': {
      if (!isForm(change.modal.view)) return []
      const to = `dm:${names.person(change.modal.user)}`
      const problems = problemsIn(change.modal)
      return Object.keys(problems).length > 0 ? [{ to, problems }] : [{ to, form: formOf(change.modal) }]
    }
    case 'errors':
      return [{ to: `dm:${names.person(change.modal.user)}`, problems: change.modal.errors }]
    case 'closed':
    case 'home':
      return []
  }
}
