import { type Allowed, type Command, type Feature, onSubmit, type Role } from '#src/core/feature.ts'
import type { Of } from '#src/core/interaction.ts'
import { onboarding, profile } from './forms.ts'
import { language, languageByChoice, pause, pauseByChoice } from './habits.ts'
import { leaveByChoice, leaveByName, left, stay } from './leaving.ts'
import { answered, beginAnswering, beginByName, enterByChoice, enterByName, joined } from './onboarding.ts'
import { digestBlocks, home, list } from './overview.ts'
import { organizationOptions } from './people.ts'
import { askErasure, eraseByChoice, erased, exportAll, exported, inform, keepData } from './privacy.ts'
import { changed, edit, show } from './profile.ts'
import { remind } from './reminder.ts'
import { joinPeople } from './store.ts'

/** Coming in, and what is one's own, is open to whoever speaks to the bot. */
const anyone: readonly Role[] = ['anyone']

/** Suppliers meet the administrations in the Living Lab. */
const hiddenFrom: readonly Role[] = ['economic-operator']

const commands: Record<string, Command> = {
  join: { for: anyone, run: enterByName, menu: true, hiddenFrom },
  begin: { for: anyone, run: beginByName, hiddenFrom },
  leave: { for: anyone, run: leaveByName, hiddenFrom },
  list: { for: anyone, run: list },
  profile: { for: anyone, run: show },
  profileEdit: { for: anyone, run: edit },
  language: { for: anyone, run: language },
  pause: { for: anyone, run: pause },
  privacy: { for: anyone, run: inform },
  privacyExport: { for: anyone, run: exportAll },
  privacyErase: { for: anyone, run: askErasure },
}

const choices: Record<string, Allowed<Of<'choice'>>> = {
  'communities.enter': { for: anyone, run: enterByChoice },
  'communities.begin': { for: anyone, run: beginAnswering },
  'communities.leave': { for: anyone, run: leaveByChoice },
  'communities.stay': { for: anyone, run: stay },
  'communities.edit': { for: anyone, run: edit },
  'communities.language': { for: anyone, run: languageByChoice },
  'communities.pause': { for: anyone, run: pauseByChoice },
  'communities.erase': { for: anyone, run: eraseByChoice },
  'communities.keep': { for: anyone, run: keepData },
}

export const communities: Feature = {
  name: 'communities',
  commands,
  choices,
  forms: [onSubmit(onboarding, anyone, answered), onSubmit(profile, anyone, changed)],
  sources: {
    'communities.organizations': (typed, reader, world) =>
      organizationOptions(world.tx, world.t(reader), typed, reader.id),
  },
  joined,
  left,
  alarms: { 'communities.remind': remind },
  home,
  personal: { export: exported, erase: erased, join: (joining, tx) => joinPeople(tx, joining) },
  digest: { order: 40, blocks: digestBlocks },
}
