import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from '#src/core/interaction.ts'
import { type Message, offers, type Reader } from '#src/core/message.ts'
import type { Intake, Placement, Platform } from '#src/core/platform.ts'
import { drawn, type Shown } from './draw.ts'
import type { Printed, Transcript } from './transcript.ts'

export interface ConsoleOptions {
  transcript: Transcript
  asks: Platform['asks']
  show: (message: Shown) => void
  /** The account behind a member, for what only she sees. */
  accountOf: (member: string) => Promise<string | undefined>
  /** Where files that come with a message are written, to be opened from there. */
  folder: string
  /** Called when the platform stops. */
  stopped: () => Promise<void>
}

export const WORKSPACE = 'local'
export const dmOf = (account: string): string => `dm:${account}`
export const directPlace = (account: string, { locale, timezone }: Reader): Place => ({
  platform: 'web',
  workspace: WORKSPACE,
  id: dmOf(account),
  direct: true,
  locale,
  timezone,
})

/** The terminal and the rehearsal. They take the kit's `web` identities, so to the bot they are the web platform. */
export function consolePlatform(options: ConsoleOptions): Platform {
  const { transcript, show } = options
  const door: { intake?: Intake } = {}
  const seen = async (message: Message, at: Placement, ref: string, only?: string): Promise<Shown> => ({
    to: at.to.id,
    ref,
    ...(await drawn(message, given(door).t(at.to), id => attached(id, ref, given(door), options.folder))),
    ...thread(at, transcript),
    ...(only && { onlyFor: only }),
  })
  const onlyFor = async ({ onlyFor: member }: Placement): Promise<string | undefined> =>
    member ? options.accountOf(member) : undefined
  return {
    name: 'web',
    asks: options.asks,
    start: async intake => {
      door.intake = intake
    },
    // Written down first and printed at once after: however it is interrupted, no line is printed twice.
    post: async (message, at) => {
      const only = await onlyFor(at)
      const { ref } = await transcript.add({
        key: at.key,
        to: at.to.id,
        choices: pressable(message),
        ...(only && { onlyFor: only }),
      })
      show(await seen(message, at, ref, only))
      return ref
    },
    edit: async (ref, message, at) => {
      const fresh = await transcript.edit(ref, at.key, pressable(message))
      if (fresh) show({ ...(await seen(message, at, ref, await onlyFor(at))), edit: true })
      return ref
    },
    find: async ({ key }) => transcript.byKey(key)?.ref,
    direct: async ({ account }) => directPlace(account, { locale: 'it', timezone: 'Europe/Rome' }),
    stop: options.stopped,
  }
}

const given = ({ intake }: { intake?: Intake }): Intake => {
  if (!intake) throw new Error('the console has not started')
  return intake
}
const pressable = (message: Message): Printed['choices'] =>
  offers(message).map(({ action, value }) => ({ action, value }))

const thread = ({ under }: Placement, transcript: Transcript): { thread?: string } => {
  const root = under ? transcript.byKey(under)?.ref : undefined
  return root ? { thread: root } : {}
}

async function attached(id: string, ref: string, intake: Intake, folder: string): Promise<string | undefined> {
  const file = await intake.file(id)
  if (!file) return undefined
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${ref}-${file.name.replaceAll(/[^\p{L}\p{N}._-]/gu, '_').slice(-80)}`)
  writeFileSync(path, file.bytes)
  return path
}
