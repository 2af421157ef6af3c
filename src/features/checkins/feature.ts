import { type Feature, onSubmit, type Role } from '#src/core/feature.ts'
import { answer, askAbout, askNext, review, same } from './answering.ts'
import { close, closeMoved, open, remind } from './asking.ts'
import { digest } from './digest.ts'
import { answerForm, reviewForm } from './forms.ts'
import { askToClose, closeNow, extend, show, skip, start } from './running.ts'
import { forgetMember, tracesOf } from './store.ts'

const everyone: readonly Role[] = ['member', 'coordinator', 'operator']
const coordinators: readonly Role[] = ['coordinator']
// Who answers for a thing may have no role at all: the rule is in rules.ts.
const owners: readonly Role[] = ['anyone']

const workingDay = (position: number, hour: number): string =>
  `FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${position};BYHOUR=${hour};BYMINUTE=0`

export const checkins: Feature = {
  name: 'checkins',
  commands: {
    show: { for: everyone, menu: true, run: show },
    answer: { for: everyone, run: askNext },
    risk: { for: everyone, run: askNext },
    same: {
      for: everyone,
      run: (event, world) => (event.text ? same(event, event.text, world) : askNext(event, world)),
    },
    skip: { for: everyone, run: skip },
    open: { for: coordinators, run: start },
    extend: { for: coordinators, run: (event, world) => extend(event, event.text, world) },
    close: { for: coordinators, run: askToClose },
    closeNow: { for: coordinators, run: closeNow },
  },
  choices: {
    'checkins.answer': { for: owners, run: ({ member, value }, world) => askAbout(member, value, world) },
    'checkins.review': { for: owners, run: ({ member, value }, world) => askAbout(member, `risk:${value}`, world) },
    'checkins.same': { for: owners, run: (event, world) => same(event, event.value, world) },
    'checkins.skip': { for: owners, run: skip },
    'checkins.closeNow': { for: coordinators, run: closeNow },
  },
  forms: [onSubmit(answerForm, owners, answer), onSubmit(reviewForm, owners, review)],
  jobs: {
    open: { rule: workingDay(1, 9), missed: 'latest', per: 'zone', run: open },
    remind: { rule: workingDay(3, 9), missed: 'latest', per: 'zone', run: remind },
    remindAgain: { rule: workingDay(5, 9), missed: 'latest', per: 'zone', run: remind },
    close: { rule: workingDay(7, 18), missed: 'each', per: 'programme', run: close },
  },
  alarms: { 'checkins.close': closeMoved },
  personal: {
    export: async (member, tx) => tracesOf(tx, member),
    erase: (member, world) => forgetMember(world.tx, member),
  },
  digest,
}
