// The shape of a community kit, top to bottom as `docs/kit.md` tells it. What one part says of another is in references.ts.
import { z } from 'zod'
import { usualQuiet } from '#src/core/quiet.ts'
import { accounts, addresses } from './identities.ts'
import {
  address,
  day,
  feast,
  ipa,
  job,
  licence,
  list,
  locale,
  name,
  rule,
  section,
  span,
  spans,
  text,
  timezone,
  weekday,
  wholeNumber,
  words,
  yes,
} from './values.ts'

const line = section({ id: name(), name: words(), owner: name().optional() })
const action = section({ id: name(), line: name(), name: words(), owner: name().optional() })
const risk = section({ id: name(), name: words(), mitigation: words(500).optional(), owner: name().optional() })

const quiet = section({
  hours: span().default(usualQuiet.hours),
  holidays: yes().default(usualQuiet.holidays),
})

const programme = section({
  name: words(),
  locale: locale().default('it'),
  timezone: timezone().default('Europe/Rome'),
  feast: feast().optional(),
  welcome_at_door: yes().default(false),
  quiet: quiet.default(usualQuiet),
  /** Where everyone is told, and where the coordinators are. */
  places: list(name()),
  coordinators_places: list(name()),
  lines: list(line),
  actions: list(action),
  risks: list(risk),
})

const organization = section({
  id: name(),
  name: text(),
  ipa: ipa().optional(),
  kind: z.enum(['administration', 'economic-operator']).default('administration'),
})

const person = section({
  person: name(),
  name: text(100),
  organization: name().optional(),
  locale: locale().optional(),
  timezone: timezone().optional(),
  administrator: yes().default(false),
  economic_operator: yes().default(false),
  accounts: section(accounts).default({}),
})

const place = section({
  place: name(),
  locale: locale().optional(),
  timezone: timezone().optional(),
  feast: feast().optional(),
  ...addresses,
})

const community = section({
  id: name(),
  name: words(),
  audience: wholeNumber(1, 1_000_000).optional(),
  territory: text().optional(),
  controller: text(),
  privacy_contact: text(),
  coordinators: list(name()),
  /** Who is in it already, and since when: they are nobody's news. */
  members: list(name()),
  since: day().optional(),
  places: list(name()),
})

const service = section({ id: name(), name: words() })
const triggerEvent = section({ id: name(), name: words(), services: list(name()) })

const laboratory = section({
  id: name(),
  name: words(),
  operators: list(name()),
  places: list(name()),
  covers: section({ communities: list(name()), practices: list(name()), events: list(name()) }).default({
    communities: [],
    practices: [],
    events: [],
  }),
  hours: section({ days: z.array(weekday()).min(1), spans: spans() }).default({
    days: [1, 2, 3, 4, 5],
    spans: [
      ['09:00', '13:00'],
      ['14:00', '17:00'],
    ],
  }),
  targets: section({ high: wholeNumber(1, 1000), normal: wholeNumber(1, 1000), low: wholeNumber(1, 1000) }).default({
    high: 4,
    normal: 8,
    low: 16,
  }),
  timezone: timezone().optional(),
  feast: feast().optional(),
})

const practice = section({
  id: name(),
  title: text(100),
  summary: text(150),
  description: text(4000),
  provider: name(),
  community: name(),
  kit: address().optional(),
  version: text(60).optional(),
  repository: address().optional(),
  licence: licence().optional(),
  categories: list(text(60)),
  published: day(),
})

const adoption = section({
  practice: name(),
  organization: name(),
  owner: name().optional(),
  /** The days of its steps: the last one that has a day is where it stands. */
  interested: day(),
  deploying: day().optional(),
  in_use: day().optional(),
  holder: day().optional(),
})

export const format = section({
  version: z.literal('1'),
  programme,
  organizations: list(organization),
  people: list(person),
  places: list(place),
  communities: list(community),
  services: list(service),
  trigger_events: list(triggerEvent),
  laboratories: list(laboratory),
  schedules: z.record(job(), rule()).default({}),
  practices: list(practice),
  adoptions: list(adoption),
})
export type Kit = z.output<typeof format>
