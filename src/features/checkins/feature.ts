import { type Feature, type Handler, onSubmit, type Role } from '#src/core/feature.ts'
import { type Of, say } from '#src/core/interaction.ts'
import { standsAlone } from './answer-messages.ts'
import { answer, askAbout, askNext, review, same, withdrawn } from './answering.ts'
import { close, closeMoved, open, remind, remindAfterPause } from './asking.ts'
import { digest } from './digest.ts'
import { answerForm, reviewForm } from './forms.ts'
import { home } from './home.ts'
import {
  askToClose,
  askToStart,
  closeByChoice,
  closeNow,
  extend,
  extendTo,
  show,
  skip,
  skipByChoice,
  start,
  startNow,
} from './running.ts'
import { forgetMember, joinPeople, ownsSomething, tracesOf } from './store.ts'

const everyone: readonly Role[] = ['owner', 'member', 'coordinator', 'operator']
const owners: readonly Role[] = ['owner']
const coordinators: readonly Role[] = ['coordinator']
// A button can be older than what changed hands since: whoever presses it hears who answers now.
const anyone: readonly Role[] = ['anyone']

const workingDay = (position: number, hour: number): string =>
  `FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${position};BYHOUR=${hour};BYMINUTE=0`

const alone =
  (run: Handler<Of<'command'>>): Handler<Of<'command'>> =>
  async (event, world) =>
    event.text ? say(standsAlone(world.t(event.member), event.text)) : run(event, world)

export const checkins: Feature = {
  name: 'checkins',
  roles: async (member, tx) => ((await ownsSomething(tx, member)) ? ['owner'] : []),
  commands: {
    show: { for: everyone, menu: true, run: show },
    answer: { for: owners, run: askNext },
    risk: { for: owners, run: askNext },
    same: {
      for: owners,
      run: (event, world) => (event.text ? same(event, event.text, world) : askNext(event, world)),
    },
    skip: { for: owners, run: alone(skip) },
    open: { for: coordinators, run: alone(askToStart) },
    openNow: { for: coordinators, run: alone(start) },
    extend: { for: coordinators, run: (event, world) => extend(event, event.text, world) },
    close: { for: coordinators, run: askToClose },
    closeNow: { for: coordinators, run: alone(closeNow) },
  },
  choices: {
    'checkins.answer': { for: anyone, run: ({ member, value }, world) => askAbout(member, value, world) },
    'checkins.review': { for: anyone, run: ({ member, value }, world) => askAbout(member, value, world) },
    'checkins.same': { for: anyone, run: (event, world) => same(event, event.value, world) },
    'checkins.skip': { for: anyone, run: skipByChoice },
    'checkins.openNow': { for: coordinators, run: startNow },
    'checkins.extend': { for: coordinators, run: extendTo },
    'checkins.closeNow': { for: coordinators, run: closeByChoice },
  },
  forms: [onSubmit(answerForm, anyone, answer), onSubmit(reviewForm, anyone, review)],
  jobs: {
    open: { rule: workingDay(1, 9), missed: 'latest', per: 'zone', run: open },
    remind: { rule: workingDay(3, 9), missed: 'latest', per: 'zone', run: remind },
    remindAgain: { rule: workingDay(5, 9), missed: 'latest', per: 'zone', run: remind },
    close: { rule: workingDay(7, 18), missed: 'each', per: 'programme', run: close },
  },
  alarms: { 'checkins.close': closeMoved, 'checkins.remind': remindAfterPause, 'checkins.withdrawn': withdrawn },
  personal: {
    export: async (member, tx) => tracesOf(tx, member),
    erase: (member, world) => forgetMember(world.tx, member),
    join: (joining, tx) => joinPeople(tx, joining),
  },
  home,
  digest,
}
