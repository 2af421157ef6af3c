// The door: what other features, the kit and the shell may take from the practices.
export {
  activeAdoptions,
  adoption,
  adoptionsForCheckIn,
  adoptionsOfOrganization,
  adoptionsOfPractice,
  adoptionsOwnedBy,
  ownsAdoption,
  type ShownAdoption,
  saveAdoption,
} from './adoptions/store.ts'
export {
  practice,
  practiceByNumber,
  practiceOptions,
  publishedPractices,
  savePractice,
} from './catalogue/store.ts'
export { importPractice } from './importing/seed.ts'
export { numberOf, readNumber } from './rules.ts'
export type { Adoption, AdoptionState, Practice, PracticeState } from './schema.ts'
