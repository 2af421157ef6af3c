import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from '#src/core/interaction.ts'
import { type Message, offers } from '#src/core/message.ts'
import type { Intake, Placement, Platform } from '#src/core/platform.ts'
import { text } from './draw.ts'
import type { Printed, Transcript } from './transcript.ts'

/** A message as the console shows it. */
export interface Shown {
  to: string
  ref: string
  text: string
  choices?: { n: number; label: string; action: string; value: string }[]
  image?: { alt: string; file: string }
  file?: { alt: string; file: string }
  thread?: string
  edit?: true
  onlyFor?: string
}
export interface ConsoleOptions {
  transcript: Transcript
  asks: Platform['asks']
  show: (message: Shown) => void
  /** The account behind a member, for `onlyFor`. */
  accountOf: (member: string) => Promise<string | undefined>
  /** Where files that come with a message are written, to be opened from there. */
  folder: string
}

export const WORKSPACE = 'local'
export const dmOf = (account: string): string => `dm:${account}`
export const directPlace = (account: string, reader: { locale: string; timezone: string }): Place => ({
  platform: 'web', workspace: WORKSPACE, id: dmOf(account), direct: true, locale: reader.locale, timezone: reader.timezone,
})

/** The terminal and the rehearsal. They take the kit's `web` identities, so to the bot they are the web platform. */
export function consolePlatform({ transcript, asks, show, accountOf, folder }: ConsoleOptions): Platform {
  let intake: Intake | undefined

  async function shown(message: Message, { to, under, onlyFor }: Placement, ref: string): Promise<Shown> {
    if (!intake) throw new Error('the console has not started')
    const t = intake.t(to)
    const only = onlyFor ? await accountOf(onlyFor) : undefined
    const choices = offers(message).map(({ label, action, value }, at) => ({ n: at + 1, label: t.plain(label), action, value }))
    const thread = under ? transcript.byKey(under)?.ref : undefined
    return {
      to: to.id,
      ref,
      text: text(message, t),
      ...(choices.length > 0 && { choices }),
      ...(await attached(message, 'image', ref)),
      ...(await attached(message, 'file', ref)),
      ...(thread && { thread }),
      ...(only && { onlyFor: only }),
    }
  }

  async function attached(message: Message, type: 'image' | 'file', ref: string): Promise<Pick<Shown, 'image' | 'file'>> {
    const block = message.blocks.find(each => each.type === type)
    const stored = block && 'file' in block ? await intake?.file(block.file) : undefined
    if (!stored || !block || !('alt' in block)) return {}
    mkdirSync(folder, { recursive: true })
    const path = join(folder, `${ref}-${stored.name.replaceAll(/[^\p{L}\p{N}._-]/gu, '_').slice(-80)}`)
    writeFileSync(path, stored.bytes)
    const alt = intake?.t({ locale: 'it', timezone: 'UTC' }).plain(block.alt) ?? ''
    return { [type]: { alt, file: path } }
  }

  const pressable = (message: Message): Printed['choices'] => offers(message).map(({ action, value }) => ({ action, value }))

  return {
    name: 'web',
    asks,
    start: async given => {
      intake = given
    },
    // Written down first, printed at once after: a crash in between is the only way to lose a line, and it cannot print one twice.
    post: async (message, at) => {
      const only = at.onlyFor ? await accountOf(at.onlyFor) : undefined
      const { ref } = await transcript.add({ key: at.key, to: at.to.id, choices: pressable(message), ...(only && { onlyFor: only }) })
      show(await shown(message, at, ref))
      return ref
    },
    edit: async (ref, message, at) => {
      if (await transcript.edit(ref, at.key, pressable(message))) show({ ...(await shown(message, at, ref)), edit: true })
    },
    find: async ({ key }) => transcript.byKey(key)?.ref,
    direct: async ({ account }) => directPlace(account, { locale: 'it', timezone: 'Europe/Rome' }),
    stop: async () => {},
  }
}
