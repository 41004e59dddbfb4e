import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AlertFacts,
  type DoneStep,
  nextReminderAfter,
  nextStepAfter,
  reachOf,
  type Step,
  stateOf,
} from './escalation.ts'
import { chipyPlaybook } from './playbook.ts'

const minute = 60_000
const hour = 60 * minute
const raisedAt = Date.parse('2027-10-28T18:30-05:00')
const since = (minutes: number) => raisedAt + minutes * minute
const order = ['mei', 'pat', 'sam', 'raj', 'uma']
const facts: AlertFacts = {
  raisedAt,
  times: chipyPlaybook.times,
  primary: 'pat',
  secondary: 'sam',
  order,
  reachable: new Set(order),
  excluded: new Set(),
  taken: null,
  closedAt: null,
  withdrawnAt: null,
}
const step0: DoneStep = { step: 0, at: raisedAt, to: ['pat'] }
const step1: DoneStep = { step: 1, at: since(2), to: ['sam'] }
const step2: DoneStep = { step: 2, at: since(5), to: order }

/** Everything that is sent when somebody looks at each of these minutes after the alert. */
function sentAt(minutes: readonly number[], changed: Partial<AlertFacts> = {}) {
  const done: DoneStep[] = []
  const sent: { minute: number; kind: string; to: readonly string[] }[] = []
  for (const at of minutes) {
    const next = nextStepAfter({ ...facts, ...changed }, done, since(at))
    if (next === null || next.at > since(at)) continue
    done.push({ step: next.step, at: since(at), to: next.to })
    sent.push({ minute: at, kind: next.kind, to: [...next.to].sort() })
  }
  return sent
}
const everyMinute = (last: number) => Array.from({ length: last + 1 }, (_, index) => index)
const all = [...order].sort()

describe('D1, D2: whom an alert goes to, and when', () => {
  test('the primary at once, the secondary after 2 minutes, all after 5, and again every 5 minutes', () => {
    expect(sentAt(everyMinute(21))).toEqual([
      { minute: 0, kind: 'primary', to: ['pat'] },
      { minute: 2, kind: 'secondary', to: ['sam'] },
      { minute: 5, kind: 'all', to: all },
      { minute: 10, kind: 'repeat', to: all },
      { minute: 15, kind: 'repeat', to: all },
      { minute: 20, kind: 'repeat', to: all },
    ])
  })

  test('what comes next is known before it is due, to the millisecond', () => {
    expect(nextStepAfter(facts, [], raisedAt)).toMatchObject({ step: 0, at: raisedAt })
    expect(nextStepAfter(facts, [step0], since(0) + 1)).toEqual({
      step: 1,
      at: since(2),
      to: ['sam'],
      kind: 'secondary',
    })
    expect(nextStepAfter(facts, [step1, step0], since(2))).toMatchObject({ step: 2, at: since(5) })
    expect(nextStepAfter(facts, [step0, step2, step1], since(5))).toMatchObject({ step: 3, at: since(10) })
  })

  test('a community may set the times', () => {
    const times = { alertSecondaryMinutes: 1, alertAllMinutes: 1, alertRepeatMinutes: 3 }
    expect(sentAt(everyMinute(8), { times }).map((sent) => [sent.minute, sent.kind])).toEqual([
      [0, 'primary'],
      [1, 'all'],
      [4, 'repeat'],
      [7, 'repeat'],
    ])
  })

  test('with no secondary and nobody else: the primary, and again', () => {
    const alone = { secondary: null, order: ['pat'], reachable: new Set(['pat']) }
    expect(sentAt(everyMinute(10), alone).map((sent) => [sent.minute, sent.kind])).toEqual([
      [0, 'primary'],
      [5, 'all'],
      [10, 'repeat'],
    ])
  })

  test('G1: one who came on duty since the first step is alerted with the secondary', () => {
    const later = { ...facts, primary: 'sam', secondary: 'raj' }
    expect(nextStepAfter(later, [step0], since(2))?.to).toEqual(['sam', 'raj'])
  })
})

describe('D2: taken, closed or withdrawn, it is over', () => {
  const taken = { taken: { at: since(1), by: 'sam' } }

  test.each<[string, Partial<AlertFacts>]>([
    ['taken', taken],
    ['closed', { closedAt: since(1) }],
    ['withdrawn', { withdrawnAt: since(1) }],
  ])('%s: nothing comes any more', (state, changed) => {
    const ended = { ...facts, ...changed }
    expect(stateOf(ended)).toBe(state)
    for (const done of [[], [step0], [step0, step1], [step0, step1, step2]]) {
      expect(nextStepAfter(ended, done, since(60))).toBeNull()
    }
  })

  test('taken and then over is over; of closed and withdrawn the first counts', () => {
    expect(stateOf({ ...facts, ...taken, closedAt: since(9) })).toBe('closed')
    expect(stateOf({ ...facts, ...taken, withdrawnAt: since(9) })).toBe('withdrawn')
    expect(stateOf({ ...facts, closedAt: since(9), withdrawnAt: since(8) })).toBe('withdrawn')
    expect(stateOf({ ...facts, closedAt: since(8), withdrawnAt: since(9) })).toBe('closed')
  })

  test('given back, it goes on where it was', () => {
    expect(nextStepAfter(facts, [step0], since(4))).toMatchObject({ step: 1, to: ['sam'] })
  })
})

describe('D3: nobody to alert is said at once', () => {
  test('no member, none with a channel, all of them involved', () => {
    for (const nobody of [
      { order: [], primary: null, secondary: null },
      { reachable: new Set<string>() },
      { excluded: new Set(order) },
    ]) {
      expect(reachOf({ ...facts, ...nobody })).toBe('nobody')
      expect(nextStepAfter({ ...facts, ...nobody }, [], raisedAt)).toBeNull()
    }
  })

  test('as soon as there is somebody again, they are alerted', () => {
    const next = nextStepAfter({ ...facts, reachable: new Set(['uma']) }, [], since(1))
    expect(next).toMatchObject({ step: 0, at: raisedAt, to: ['uma'] })
  })

  test('nobody on call: everybody at once, and again', () => {
    const unnamed = { primary: null, secondary: null }
    expect(reachOf({ ...facts, ...unnamed })).toBe('everybody')
    expect(sentAt(everyMinute(10), unnamed)).toEqual([
      { minute: 0, kind: 'all', to: all },
      { minute: 5, kind: 'all', to: all },
      { minute: 10, kind: 'repeat', to: all },
    ])
  })

  test('a secondary alone is somebody on call', () => {
    const alone = { primary: null, secondary: 'sam' }
    expect(reachOf({ ...facts, ...alone })).toBe('on-call')
    expect(nextStepAfter({ ...facts, ...alone }, [], raisedAt)).toMatchObject({
      kind: 'primary',
      to: ['sam'],
    })
  })
})

describe('K1, K2: who is involved is left out, and the next takes the place at once', () => {
  test.each<[string, string[], string[], string[]]>([
    ['the primary', ['pat'], ['sam'], ['raj']],
    ['the secondary', ['sam'], ['pat'], ['raj']],
    ['both', ['pat', 'sam'], ['raj'], ['uma']],
  ])('%s', (_, excluded, first, second) => {
    const sent = sentAt(everyMinute(10), { excluded: new Set(excluded) })
    const others = all.filter((id) => !excluded.includes(id))
    expect(sent.map(({ to }) => to)).toEqual([first, second, others, others])
    expect(sent.map((one) => one.minute)).toEqual([0, 2, 5, 10])
  })

  test('one without a channel is passed over likewise, without waiting', () => {
    const reachable = new Set(order.filter((id) => id !== 'pat'))
    expect(nextStepAfter({ ...facts, reachable }, [], raisedAt)?.to).toEqual(['sam'])
  })

  test('named as involved in the middle: the others of the pair are alerted all the same', () => {
    expect(nextStepAfter({ ...facts, excluded: new Set(['pat']) }, [step0], since(2))?.to).toEqual([
      'sam',
      'raj',
    ])
  })
})

describe('nothing lost and nothing doubled', () => {
  test('after a standstill, once: the furthest that is due, to everybody who was to be reached', () => {
    expect(sentAt([3, 4, 5]).map(({ kind, to }) => [kind, to])).toEqual([
      ['secondary', ['pat', 'sam']],
      ['all', all],
    ])
    expect(sentAt([0, 23, 24, 25, 28])).toEqual([
      { minute: 0, kind: 'primary', to: ['pat'] },
      { minute: 23, kind: 'all', to: all },
      { minute: 28, kind: 'repeat', to: all },
    ])
    expect(sentAt([0, 2, 5, 10, 59.9, 60, 61, 64, 65]).map((sent) => sent.minute)).toEqual([
      0, 2, 5, 10, 59.9, 65,
    ])
  })

  test('the clock jumps ahead: once, and then every 5 minutes', () => {
    expect(sentAt([0, 600, 600.1, 604, 605, 610]).map((sent) => sent.minute)).toEqual([0, 600, 605, 610])
  })

  test('the clock is set back by an hour: it goes on at once, and widens in the minutes that follow', () => {
    const done: DoneStep[] = [step0]
    const sent: [number, string][] = []
    for (let now = -60; now <= -45; now += 0.5) {
      const next = nextStepAfter(facts, done, since(now))
      if (next === null || next.at > since(now)) continue
      done.push({ step: next.step, at: since(now), to: next.to })
      sent.push([now, next.kind])
    }
    expect(sent).toEqual([
      [-60, 'secondary'],
      [-57, 'all'],
      [-52, 'repeat'],
      [-47, 'repeat'],
    ])
  })

  test('the clock is set back before anything was done, or when there is no secondary, or between repeats', () => {
    expect(nextStepAfter(facts, [], since(-60))).toMatchObject({ step: 0, at: since(-60) })
    const alone = { ...facts, secondary: null, order: ['pat', 'uma'], excluded: new Set(['uma']) }
    expect(nextStepAfter(alone, [step0], since(-60))).toMatchObject({ step: 2, at: since(-60) })
    expect(nextStepAfter(facts, [step0, step1, step2], since(-60))).toMatchObject({ step: 3, at: since(-60) })
  })

  test('two clocks a little apart are no clock that was set back', () => {
    const ahead: DoneStep = { ...step0, at: since(0.9) }
    expect(nextStepAfter(facts, [ahead], raisedAt)).toMatchObject({ step: 1, at: since(2) })
  })
})

describe('whatever happens', () => {
  const id = fc.constantFrom(...order)
  const some = fc.uniqueArray(id).map((ids) => new Set(ids))
  const people = fc.record({
    primary: fc.option(id),
    secondary: fc.option(id),
    order: fc.uniqueArray(id),
    reachable: some,
    excluded: fc.uniqueArray(id, { maxLength: 3 }).map((ids) => new Set(ids)),
  })
  const times = fc
    .tuple(fc.integer({ min: 1, max: 10 }), fc.nat(10), fc.integer({ min: 1, max: 10 }))
    .map(([first, more, repeat]) => ({
      alertSecondaryMinutes: first,
      alertAllMinutes: first + more,
      alertRepeatMinutes: repeat,
    }))
  // Each move: how much later (or, where the clock is set back, earlier) somebody looks, and who is there then.
  const moves = fc.array(
    fc.record({ seconds: fc.integer({ min: 0, max: 900 }), people: fc.option(people) }),
    {
      maxLength: 40,
    },
  )

  /** Lives through the moves, and calls `look` with what is seen at each. */
  function live(
    given: AlertFacts,
    way: readonly { seconds: number; people: Partial<AlertFacts> | null }[],
    look: (next: Step | null, given: AlertFacts, now: number, done: readonly DoneStep[]) => void,
  ) {
    const done: DoneStep[] = []
    let now = given.raisedAt
    let current = given
    for (const { seconds, people } of way) {
      now += seconds * 1000
      current = { ...current, ...people }
      const next = nextStepAfter(current, done, now)
      look(next, current, now, done)
      if (next !== null && next.at <= now) done.push({ step: next.step, at: now, to: next.to })
    }
    return done
  }

  test('nobody who is involved or cannot be reached is ever alerted, nobody twice in one step', () => {
    fc.assert(
      fc.property(people, times, moves, (who, set, way) => {
        live({ ...facts, ...who, times: set }, way, (next, { excluded, reachable }) => {
          for (const member of next?.to ?? []) {
            expect(excluded.has(member)).toBe(false)
            expect(reachable.has(member)).toBe(true)
          }
          expect(new Set(next?.to).size).toBe(next?.to.length ?? 0)
          expect(next?.to).not.toEqual([])
        })
      }),
      { numRuns: 300 },
    )
  })

  test('each step is done once and in order, repeats never in a burst', () => {
    fc.assert(
      fc.property(people, times, moves, (who, set, way) => {
        const done = live({ ...facts, ...who, times: set }, way, () => {})
        done.slice(1).forEach(({ step, at }, index) => {
          const before = done[index] as DoneStep
          expect(step).toBeGreaterThan(before.step)
          if (step > 2) expect(at - before.at).toBeGreaterThanOrEqual(set.alertRepeatMinutes * minute)
          if (step > 3) expect(step).toBe(before.step + 1)
        })
      }),
      { numRuns: 300 },
    )
  })

  test('while it is open there is a next step, soon, unless there is nobody; looked at in time, none is late', () => {
    fc.assert(
      fc.property(people, times, moves, (who, set, way) => {
        live({ ...facts, ...who, times: set }, way, (next, current, now) => {
          if (reachOf(current) === 'nobody') return expect(next).toBeNull()
          const longest = Math.max(set.alertAllMinutes, set.alertRepeatMinutes) * minute
          expect(next?.at).toBeLessThanOrEqual(now + longest)
        })
        const always = { ...facts, times: set }
        const seconds = Array.from({ length: 60 * 60 }, (_, index) => ({ seconds: index && 1, people: null }))
        const { alertSecondaryMinutes, alertAllMinutes, alertRepeatMinutes } = set
        const expected = [0, alertSecondaryMinutes, alertAllMinutes]
        if (alertSecondaryMinutes === alertAllMinutes) expected.splice(1, 1)
        while ((expected.at(-1) as number) + alertRepeatMinutes < 60)
          expected.push((expected.at(-1) as number) + alertRepeatMinutes)
        expect(live(always, seconds, () => {}).map(({ at }) => (at - raisedAt) / minute)).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })

  test('D2: every alert ends taken, withdrawn or closed, and then nothing comes any more', () => {
    const end = fc.constantFrom('taken', 'closed', 'withdrawn')
    fc.assert(
      fc.property(people, moves, end, fc.nat(40), (who, way, how, when) => {
        const ending = (at: number): Partial<AlertFacts> =>
          how === 'taken'
            ? { taken: { at, by: 'pat' } }
            : how === 'closed'
              ? { closedAt: at }
              : { withdrawnAt: at }
        let looks = 0
        const ended = way.map((move, index) =>
          index === when ? { ...move, people: { ...move.people, ...ending(raisedAt) } } : move,
        )
        live({ ...facts, ...who }, ended, (next, current) => {
          if (looks++ < when) expect(stateOf(current)).toBe('open')
          else expect([stateOf(current), next]).toEqual([how, null])
        })
      }),
      { numRuns: 300 },
    )
  })

  test('a clock that is set back never silences it for longer than the longest wait and a minute', () => {
    const clock = fc.array(fc.integer({ min: -7200, max: 900 }), { maxLength: 30 })
    fc.assert(
      fc.property(times, clock, (set, jumps) => {
        const way = jumps.map((seconds) => ({ seconds, people: null }))
        live({ ...facts, times: set }, way, (next, _, now) => {
          const longest = Math.max(set.alertAllMinutes, set.alertRepeatMinutes) + 1
          expect(next?.at).toBeLessThanOrEqual(now + longest * minute)
        })
      }),
      { numRuns: 300 },
    )
  })
})

describe('A4: the responders are reminded of the report', () => {
  const taken = { taken: { at: raisedAt, by: 'pat' }, closedAt: null, withdrawnAt: null }
  const at = (hours: number) => raisedAt + hours * hour

  test('an hour after it was taken, after 6, after 24, and then every day', () => {
    const times = [null, 0, 1, 2, 3, 4].map((sent) => nextReminderAfter(taken, false, sent, raisedAt)?.at)
    expect(times).toEqual([1, 6, 24, 48, 72, 96].map(at))
  })

  test('also of one that is over without having been taken', () => {
    const open = { taken: null, closedAt: null, withdrawnAt: null }
    expect(nextReminderAfter(open, false, null, at(9))).toBeNull()
    for (const over of [
      { ...open, closedAt: raisedAt },
      { ...open, withdrawnAt: raisedAt },
    ]) {
      expect(nextReminderAfter(over, false, null, raisedAt)).toEqual({ reminder: 0, at: at(1) })
    }
  })

  test('until a report is filed, or it is said why none is', () => {
    for (const sent of [null, 0, 7]) expect(nextReminderAfter(taken, true, sent, at(500))).toBeNull()
  })

  test('of several that are late the latest alone, and each once', () => {
    expect(nextReminderAfter(taken, false, null, at(7))).toEqual({ reminder: 1, at: at(6) })
    expect(nextReminderAfter(taken, false, 0, at(24))).toEqual({ reminder: 2, at: at(24) })
    expect(nextReminderAfter(taken, false, 2, at(80))).toEqual({ reminder: 4, at: at(72) })
    expect(nextReminderAfter(taken, false, 4, at(80))).toEqual({ reminder: 5, at: at(96) })
  })

  test('looked at whenever: no number twice, and never later than a day', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 }), (waits) => {
        let [now, sent] = [raisedAt, null as number | null]
        for (const wait of waits) {
          now += wait * hour
          const next = nextReminderAfter(taken, false, sent, now)
          expect(next?.reminder).toBeGreaterThan(sent ?? -1)
          expect(next?.at).toBeLessThanOrEqual(now + 24 * hour)
          if (next && next.at <= now) sent = next.reminder
        }
      }),
    )
  })
})
