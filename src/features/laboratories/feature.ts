import type { Feature } from '#src/core/feature.ts'
import { pass } from '#src/core/interaction.ts'
import { choices, commands } from './actions.ts'
import { alarms } from './alarms.ts'
import { digest } from './digest.ts'
import { submissions } from './forms.ts'
import { home } from './home.ts'
import { listByChoice, listByCommand, mineByCommand, requestByCommand, showByChoice } from './lists.ts'
import { offerToSend, send } from './offer.ts'
import { askAbout, followers, people, submitRequest } from './opening.ts'
import { personal } from './personal.ts'
import { hasAsked } from './requests/store.ts'
import { forgetEvent } from './taking-back.ts'
import { inThread, submitText } from './writing.ts'

export const laboratories: Feature = {
  name: 'laboratories',
  roles: async (member, tx) => ((await hasAsked(tx, member)) ? ['requester'] : []),
  commands: {
    request: { for: followers, menu: people, opens: true, run: requestByCommand },
    requests: { for: followers, menu: true, run: listByCommand },
    mine: { for: followers, run: mineByCommand },
    ...commands,
  },
  choices: {
    'laboratories.ask': { for: people, run: askAbout },
    'laboratories.details': { for: ['anyone'], run: showByChoice },
    'laboratories.list': { for: followers, run: listByChoice },
    'laboratories.send': { for: ['anyone'], run: send },
    ...choices,
  },
  forms: [submitRequest, submitText, ...submissions],
  said: async (event, world) => {
    const relayed = event.thread ? await inThread(event, world) : pass
    if (relayed.kind !== 'pass' || !event.place.direct) return relayed
    return offerToSend(event, world)
  },
  tookBack: forgetEvent,
  alarms,
  personal,
  home,
  digest,
}
