import type { Allowed, Command, Feature, Role } from '#src/core/feature.ts'
import type { Of } from '#src/core/interaction.ts'
import { adopt, adoptByButton, advance, advanceByCommand, claimByCommand, reuses } from './adoptions/adopt.ts'
import { claimByButton, confirm, notYet } from './adoptions/holders.ts'
import { card, details, home, list, more, pending } from './catalogue/catalogue.ts'
import { practiceOptions } from './catalogue/store.ts'
import { digestBlocks } from './digest.ts'
import { complete, fetched, forgetDraft, onCompletion, openImport } from './importing/import.ts'
import { joinPeople } from './joining.store.ts'
import { erased, exported } from './personal.ts'
import { onEdit, onWithdrawal, openEdit, openWithdrawal } from './proposals/edit.ts'
import { editors, onProposal, openProposal, proposers } from './proposals/propose.ts'
import { providers } from './proposals/provider.ts'
import { askChanges, decline, onChanges, onDecline, publish } from './proposals/review.ts'
import { hasPending } from './proposals/store.ts'

const anyone: readonly Role[] = ['anyone']
const coordinator: readonly Role[] = ['coordinator']

const commands: Record<string, Command> = {
  propose: { for: proposers, run: openProposal, opens: true, menu: true },
  import: { for: proposers, run: openImport },
  list: { for: anyone, run: list, menu: true },
  card: { for: anyone, run: card },
  edit: { for: editors, run: openEdit.command },
  withdraw: { for: editors, run: openWithdrawal.command },
  pending: { for: proposers, run: pending },
  publish: { for: coordinator, run: publish.command },
  changes: { for: coordinator, run: askChanges.command },
  decline: { for: coordinator, run: decline.command },
  adopt: { for: proposers, run: adopt.command },
  reuses: { for: proposers, run: reuses },
  advance: { for: proposers, run: advanceByCommand.command },
  claim: { for: proposers, run: claimByCommand.command },
  confirm: { for: proposers, run: confirm.command },
  notYet: { for: proposers, run: notYet.command },
}

const choices: Record<string, Allowed<Of<'choice'>>> = {
  'practices.details': { for: anyone, run: details.choice },
  'practices.more': { for: anyone, run: more },
  'practices.edit': { for: editors, run: openEdit.choice },
  'practices.withdraw': { for: editors, run: openWithdrawal.choice },
  'practices.complete': { for: proposers, run: complete },
  'practices.publish': { for: coordinator, run: publish.choice },
  'practices.changes': { for: coordinator, run: askChanges.choice },
  'practices.decline': { for: coordinator, run: decline.choice },
  // It stands where everybody reads: whoever presses it hears who can.
  'practices.adopt': { for: anyone, run: adoptByButton },
  'practices.advance': { for: proposers, run: advance },
  'practices.claim': { for: proposers, run: claimByButton },
  'practices.confirm': { for: proposers, run: confirm.choice },
  'practices.notYet': { for: proposers, run: notYet.choice },
}

export const practices: Feature = {
  name: 'practices',
  roles: async (member, tx) => ((await hasPending(tx, member)) ? ['proposer'] : []),
  commands,
  choices,
  forms: [onProposal, onCompletion, onEdit, onWithdrawal, onChanges, onDecline],
  sources: {
    'practices.organizations': providers,
    'practices.published': (typed, _, { tx }) => practiceOptions(tx, typed),
  },
  done: { 'practices.fetched': fetched },
  alarms: { 'practices.forgetDraft': forgetDraft },
  home,
  personal: { export: exported, erase: erased, join: (joining, tx) => joinPeople(tx, joining) },
  digest: { order: 20, blocks: digestBlocks },
}
