import type { Allowed, Command, Feature, FormHandler, Job } from './feature.ts'
import type { Of } from './interaction.ts'

/** Everything the features offer, by full name: `practices.propose`. */
export interface Registry {
  features: readonly Feature[]
  commands: ReadonlyMap<string, Command>
  choices: ReadonlyMap<string, Allowed<Of<'choice'>>>
  forms: ReadonlyMap<string, FormHandler>
  sources: ReadonlyMap<string, NonNullable<Feature['sources']>[string]>
  jobs: ReadonlyMap<string, Job>
  alarms: ReadonlyMap<string, NonNullable<Feature['alarms']>[string]>
  done: ReadonlyMap<string, NonNullable<Feature['done']>[string]>
}

/** Two features that claim the same name are a mistake of ours: it shows at start. */
export function registry(features: readonly Feature[]): Registry {
  const all = <T>(entries: (feature: Feature) => [string, T][]): ReadonlyMap<string, T> => {
    const map = new Map<string, T>()
    for (const [name, value] of features.flatMap(entries)) {
      if (map.has(name)) throw new Error(`two features offer ${name}`)
      map.set(name, value)
    }
    return map
  }
  return {
    features,
    commands: all(feature =>
      Object.entries(feature.commands ?? {}).map(([id, command]) => [`${feature.name}.${id}`, command]),
    ),
    choices: all(feature => Object.entries(feature.choices ?? {})),
    forms: all(feature => (feature.forms ?? []).map(handler => [handler.form.name, handler])),
    sources: all(feature => Object.entries(feature.sources ?? {})),
    jobs: all(feature => Object.entries(feature.jobs ?? {}).map(([id, job]) => [`${feature.name}.${id}`, job])),
    alarms: all(feature => Object.entries(feature.alarms ?? {})),
    done: all(feature => Object.entries(feature.done ?? {})),
  }
}
