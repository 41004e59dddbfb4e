import fc from 'fast-check'
import pino from 'pino'
import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import { sealedReport } from '../../test/support/report.ts'
import { newId } from '../sealing/bytes.ts'
import { alertById, alertSteps } from '../store/alerts.ts'
import { keepEvent } from '../store/events.ts'
import { verifyLog } from '../store/log.ts'
import { alertLines, alertView } from './alert-view.ts'
import { addNtfy } from './channels.ts'
import { closeAlert } from './close-alert.ts'
import { type Due, startDue } from './due.ts'
import { reportFiler } from './file-report.ts'
import { handOverAlert } from './hand-over-alert.ts'
import { itGotWorse } from './it-got-worse.ts'
import { itIsOver } from './it-is-over.ts'
import { linkReport } from './link-report.ts'
import { type NewAlert, raiseAlert } from './raise-alert.ts'
import { raisedAlert } from './raised-alert.ts'
import { recordWhyNoReport } from './record-why-no-report.ts'
import { reportOfRaised } from './report-of-raised.ts'
import { seeAlert } from './see-alert.ts'
import { takeAlert } from './take-alert.ts'
import { withdrawAlert } from './withdraw-alert.ts'

const minute = 60_000
const hour = 60 * minute
const silent = pino({ level: 'silent' })

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  let community: TestCommunity
  let due: Due
  let begin: number

  beforeEach(async () => {
    office = await testOffice(kind)
    community = await foundCommunity(office)
    begin = office.clock.now()
    due = startDue(office, silent)
  })
  afterEach(async () => {
    await due.stop()
    await office.drop()
  })

  const id = (name: string): string => community.person(name).id
  const nothingSaid = (more: Partial<NewAlert> = {}): NewAlert => ({
    community: community.id,
    token: newId(),
    place: null,
    words: null,
    event: null,
    involved: [],
    offered: Object.values(community.people).map((person) => person.id),
    ...more,
  })
  const raise = async (more: Partial<NewAlert> = {}): Promise<string> =>
    (await raiseAlert(office, nothingSaid(more))).alert
  const passing = async (minutes: number): Promise<void> => {
    office.clock.set(begin + minutes * minute)
    await due.runDue()
  }
  /** Names of those who were told, in the order of the telling. */
  const told = async (alert: string, notice = 'alert'): Promise<string[]> => {
    const rows = await office.store.db
      .selectFrom('outbox')
      .select(['account_id', 'created_at'])
      .where('alert_id', '=', alert)
      .where('notice', '=', notice as 'alert')
      .where('account_id', 'is not', null)
      .execute()
    const names = rows.map((row) => ({
      at: row.created_at,
      name: Object.values(community.people).find(({ account }) => account === row.account_id)?.name ?? '?',
    }))
    return names.sort((a, b) => a.at - b.at || a.name.localeCompare(b.name)).map(({ name }) => name)
  }
  const view = async (alert: string) => {
    const row = await alertById(office.store.db, alert)
    if (!row) throw new Error('There is no such alert.')
    return raisedAlert(office, row)
  }
  const markDead = (name: string) =>
    office.store.write((tx) =>
      tx
        .insertInto('channel')
        .values({
          id: community.person(name).account,
          account_id: community.person(name).account,
          community_id: null,
          kind: 'mail',
          label: 'mail',
          sealed: null,
          position: 0,
          heartbeat: 0,
          created_at: begin,
          worked_at: null,
          checked_at: null,
          failing_since: begin,
          failed_at: begin,
          failure: 'refused',
          dead: 1,
        })
        // The weekly check may have been faster to note that there is mail.
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ dead: 1, failure: 'refused' }))
        .execute(),
    )
  const nobodyOnCall = () =>
    office.store.write((tx) =>
      tx.deleteFrom('duty_override').where('community_id', '=', community.id).execute(),
    )

  test('D1: one tap with nothing filled in tells the primary, in the same transaction', async () => {
    const alert = await raise()
    expect(await told(alert)).toEqual(['Pat'])
    expect(await view(alert)).toMatchObject({
      state: 'open',
      reach: 'on-call',
      place: null,
      next: { kind: 'secondary', at: begin + 2 * minute },
    })
  })

  test('G1: at an event with a pair of its own that pair is called, on its days; one that is not there stops no call', async () => {
    const today = Temporal.Instant.fromEpochMilliseconds(begin).toZonedDateTimeISO('America/Chicago')
    const day = today.toPlainDate().toString()
    const days = { from: day, to: day }
    const seats = { primary: id('Mei'), secondary: id('Gus') }
    const event = {
      id: newId(),
      slug: 'sprint',
      name: 'Sprint',
      place: null,
      address: [],
      phones: { emergency: null, security: null, nonEmergency: null, committee: null },
      archived: false,
      ...days,
      ...seats,
    }
    await office.store.write((tx) => keepEvent(tx, community.id, event, begin))
    const alert = await raise({ event: event.id })
    expect(await told(alert)).toEqual(['Mei'])
    await passing(2)
    expect(await told(alert)).toEqual(['Mei', 'Gus'])
    expect(await told(await raise({ event: event.id, involved: [id('Mei')] }))).toEqual(['Gus'])
    expect(await told(await raise({ event: newId() }))).toEqual(['Pat'])
    await passing(3 * 24 * 60)
    expect(await told(await raise({ event: event.id }))).toEqual(['Pat'])
  })

  test('D2: the secondary after 2 minutes, all after 5, again every 5, and not a moment earlier', async () => {
    const alert = await raise()
    await passing(2 - 1 / 60_000)
    expect(await told(alert)).toEqual(['Pat'])
    await passing(2)
    expect(await told(alert)).toEqual(['Pat', 'Sam'])
    await passing(5)
    expect(await told(alert)).toEqual(['Pat', 'Sam', 'Gus', 'Mei', 'Pat', 'Sam'])
    await passing(10)
    await passing(15)
    const steps = await alertSteps(office.store.db, alert)
    expect(steps.map(({ step, at, kind: what }) => [step, (at - begin) / minute, what])).toEqual([
      [0, 0, 'primary'],
      [1, 2, 'secondary'],
      [2, 5, 'all'],
      [3, 10, 'repeat'],
      [4, 15, 'repeat'],
    ])
    expect(await verifyLog(office.store.db, community.id)).toMatchObject({ ok: true })
  })

  test('the clock jumps: what is late is done once, to all whom it would have reached', async () => {
    const alert = await raise()
    await passing(60)
    await due.runDue()
    expect(await told(alert)).toEqual(['Pat', 'Gus', 'Mei', 'Pat', 'Sam'])
  })

  test('double tap: the same page sent twice, also at once, is one alert', async () => {
    const token = newId()
    const both = await Promise.all([
      raiseAlert(office, nothingSaid({ token })),
      raiseAlert(office, nothingSaid({ token, place: 'by the door' })),
    ])
    const again = await raiseAlert(office, nothingSaid({ token }))
    expect(new Set([...both, again].map(({ alert }) => alert)).size).toBe(1)
    expect(await told(again.alert)).toEqual(['Pat'])
  })

  test('K1, K2: who is involved is never told, and the next takes their place at once', async () => {
    const alert = await raise({ involved: [id('Pat')] })
    expect(await told(alert)).toEqual(['Sam'])
    await passing(2)
    await passing(5)
    await passing(10)
    await itGotWorse(office, alert)
    expect(await told(alert)).not.toContain('Pat')
    expect(await told(alert, 'alert-worse')).not.toContain('Pat')
    await expect(takeAlert(office, alert, id('Pat'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(handOverAlert(office, alert, id('Sam'), id('Pat'))).rejects.toThrow()
    expect(await alertLines(office, community.person('Pat').account)).toEqual([])
    expect((await alertView(office, alert, id('Sam'))).responders.map(({ name }) => name)).not.toContain(
      'Pat',
    )
  })

  test('K1: where somebody is named, one whom the page could not offer is left out too', async () => {
    const alert = await raise({ involved: [id('Pat')], offered: [id('Pat'), id('Sam')] })
    await passing(5)
    expect(new Set(await told(alert))).toEqual(new Set(['Sam']))
  })

  test('D3: everybody involved: nothing is kept, and it is said', async () => {
    const involved = Object.values(community.people).map((person) => person.id)
    await expect(raise({ involved })).rejects.toMatchObject({ code: 'nobody-to-alert' })
    expect(await office.store.db.selectFrom('alert').selectAll().execute()).toEqual([])
    expect(await office.store.db.selectFrom('outbox').selectAll().execute()).toEqual([])
  })

  test('D3: nobody on call: everybody at once, and it is said', async () => {
    await nobodyOnCall()
    const raised = await raiseAlert(office, nothingSaid())
    expect(raised.reach).toBe('everybody')
    expect(await told(raised.alert)).toEqual(['Gus', 'Mei', 'Pat', 'Sam'])
  })

  test('D3: one on call without a channel is passed over', async () => {
    await markDead('Pat')
    expect(await told(await raise())).toEqual(['Sam'])
  })

  test('D3: nobody has a channel: it is said at once, and asked again until somebody has', async () => {
    for (const name of ['Pat', 'Sam', 'Mei', 'Gus']) await markDead(name)
    const raised = await raiseAlert(office, nothingSaid())
    expect(raised.reach).toBe('nobody')
    expect(await told(raised.alert)).toEqual([])
    await office.store.write((tx) => tx.deleteFrom('channel').execute())
    await passing(5)
    expect(await told(raised.alert)).toEqual(['Gus', 'Mei', 'Pat', 'Sam'])
  })

  test('D3: without a mail server letters in a folder call nobody: only who has another channel is called, and it is said', async () => {
    office = { ...office, hasMail: false }
    await due.stop()
    due = startDue(office, silent)
    const raised = await raiseAlert(office, nothingSaid())
    expect(raised.reach).toBe('nobody')
    expect(await told(raised.alert)).toEqual([])
    expect(await view(raised.alert)).toMatchObject({ reach: 'nobody', calls: 'none' })
    await addNtfy(office, community.person('Mei').account, {
      ...{ server: 'https://ntfy.example.org', topic: 'mei', token: null, priority: 5 },
    })
    await passing(5)
    expect(await told(raised.alert)).toEqual(['Mei'])
    // The letter that was written beside it is no call that has left.
    await office.store.write((tx) =>
      tx
        .updateTable('outbox')
        .set({ channel: 'mail', state: 'sent', sent_at: begin })
        .where('alert_id', '=', raised.alert)
        .execute(),
    )
    expect(await view(raised.alert)).toMatchObject({ reach: 'on-call', calls: 'none' })
  })

  test('K2: who takes the place of somebody left out or passed over is on duty, also when all are called and when it got worse', async () => {
    /** Names of those whom quiet hours do not hold back. */
    const onDuty = async (alert: string, notice: 'alert' | 'alert-worse') => {
      const rows = await office.store.db
        .selectFrom('outbox')
        .innerJoin('account', 'account.id', 'outbox.account_id')
        .select('account.name')
        .where('alert_id', '=', alert)
        .where('notice', '=', notice)
        .where('on_duty', '=', 1)
        .execute()
      return [...new Set(rows.map(({ name }) => name))].sort()
    }
    await markDead('Sam')
    const alert = await raise({ involved: [id('Pat')] })
    for (const minutes of [2, 5, 10]) await passing(minutes)
    await itGotWorse(office, alert)
    expect((await told(alert)).filter((name) => name === 'Mei')).toHaveLength(4)
    expect(await onDuty(alert, 'alert')).toEqual(['Gus', 'Mei'])
    const all = await office.store.db
      .selectFrom('outbox')
      .select('on_duty')
      .where('alert_id', '=', alert)
      .where('account_id', '=', community.person('Mei').account)
      .execute()
    expect(all.filter(({ on_duty }) => on_duty === 0)).toEqual([])
    expect(await onDuty(alert, 'alert-worse')).toEqual(['Gus', 'Mei'])
    await takeAlert(office, alert, id('Sam'))
    await passing(11)
    await itGotWorse(office, alert)
    expect(await onDuty(alert, 'alert-worse')).toEqual(['Gus', 'Mei', 'Sam'])
  })

  test('two take it at once: one wins, the other is told who', async () => {
    const alert = await raise()
    await passing(2)
    const outcomes = await Promise.allSettled(
      ['Pat', 'Sam'].map((name) => takeAlert(office, alert, id(name))),
    )
    const { takenBy, state } = await view(alert)
    expect(state).toBe('taken')
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const lost = outcomes.find((one) => one.status === 'rejected')
    expect(lost?.reason).toMatchObject({ code: 'alert-taken', values: { name: takenBy } })
    const loser = takenBy === 'Pat' ? 'Sam' : 'Pat'
    expect(await told(alert, 'alert-taken')).toEqual([loser])
  })

  test('D2: taken, it stops everywhere; what has not left yet is taken back', async () => {
    const alert = await raise()
    await takeAlert(office, alert, id('Pat'))
    await takeAlert(office, alert, id('Pat'))
    await passing(30)
    expect(await told(alert)).toEqual(['Pat'])
    const calls = await office.store.db
      .selectFrom('outbox')
      .select('state')
      .where('notice', '=', 'alert')
      .execute()
    expect(calls).toEqual([{ state: 'withdrawn' }])
  })

  test('D1: who raised it sees that it was seen, and by whom it was taken', async () => {
    const alert = await raise({ place: '  by the\ncoat racks ' })
    await seeAlert(office, alert, id('Pat'))
    await seeAlert(office, alert, id('Pat'))
    expect(await view(alert)).toMatchObject({ seenAt: begin, takenBy: null, place: 'by the coat racks' })
    await takeAlert(office, alert, id('Pat'))
    expect(await view(alert)).toMatchObject({ state: 'taken', takenBy: 'Pat', next: null })
  })

  test('it got worse: the next wider step at once, and those called before again; a second tap is the same', async () => {
    const alert = await raise()
    await itGotWorse(office, alert)
    await itGotWorse(office, alert)
    expect(await told(alert)).toEqual(['Pat', 'Sam'])
    expect(await told(alert, 'alert-worse')).toEqual(['Pat'])
    expect(await view(alert)).toMatchObject({ next: { kind: 'all', at: begin + 3 * minute } })
    await passing(1)
    await itGotWorse(office, alert)
    expect(await told(alert)).toEqual(['Pat', 'Sam', 'Gus', 'Mei', 'Pat', 'Sam'])
  })

  test('it is over: closed while nobody has it; told to whoever has', async () => {
    const open = await raise()
    await itIsOver(office, open)
    expect(await view(open)).toMatchObject({ state: 'closed' })
    await passing(30)
    expect(await told(open)).toEqual(['Pat'])
    const taken = await raise()
    await takeAlert(office, taken, id('Pat'))
    await itIsOver(office, taken)
    expect(await view(taken)).toMatchObject({ state: 'taken', overAt: office.clock.now() })
    expect(await told(taken, 'alert-ended')).toEqual(['Pat'])
  })

  test('withdrawn, nobody is called any more, and nothing brings it back', async () => {
    const alert = await raise()
    await withdrawAlert(office, alert)
    await itGotWorse(office, alert)
    await itIsOver(office, alert)
    await passing(30)
    expect(await told(alert)).toEqual(['Pat'])
    expect(await told(alert, 'alert-worse')).toEqual([])
    await expect(takeAlert(office, alert, id('Pat'))).rejects.toMatchObject({ code: 'alert-ended' })
  })

  test('handed over, the heir is called and has it', async () => {
    const alert = await raise()
    await expect(handOverAlert(office, alert, id('Pat'), id('Mei'))).rejects.toMatchObject({
      code: 'impossible-step',
    })
    await takeAlert(office, alert, id('Pat'))
    await handOverAlert(office, alert, id('Pat'), id('Mei'))
    expect(await told(alert, 'alert-handed-over')).toEqual(['Mei'])
    expect(await view(alert)).toMatchObject({ takenBy: 'Mei' })
  })

  test('A4: reminded of the report until one is filed or it is recorded why none is', async () => {
    const alert = await raise()
    await takeAlert(office, alert, id('Pat'))
    await closeAlert(office, alert, id('Pat'), { reason: 'helped', note: null })
    const reminders = () => told(alert, 'alert-report-reminder')
    await passing(59)
    expect(await reminders()).toEqual([])
    await passing(60)
    expect(await reminders()).toEqual(['Pat'])
    await passing(6 * 60)
    await passing(24 * 60)
    expect(await reminders()).toEqual(['Pat', 'Pat', 'Pat'])
    expect(await alertLines(office, community.person('Pat').account)).toMatchObject([{ needsReport: true }])
    await recordWhyNoReport(office, alert, id('Sam'), 'not-wanted')
    await passing(100 * 60)
    expect(await reminders()).toHaveLength(3)
    expect(await alertLines(office, community.person('Pat').account)).toEqual([])
    expect(await office.store.db.selectFrom('due').selectAll().execute()).toEqual([])
  })

  test('A4, K1: a linked report ends the reminders, but whom it names as involved notices nothing', async () => {
    const file = async (involved: string[]): Promise<string> =>
      (await reportFiler(office)((await sealedReport(community, { involved })).filing)).case
    const mine = await raise()
    await takeAlert(office, mine, id('Pat'))
    await linkReport(office, mine, id('Pat'), await file([]))
    const about = await raise()
    await takeAlert(office, about, id('Gus'))
    await closeAlert(office, about, id('Gus'), { reason: 'helped', note: null })
    const aboutGus = await file([id('Gus')])
    await expect(linkReport(office, about, id('Gus'), aboutGus)).rejects.toMatchObject({ code: 'not-found' })
    await linkReport(office, about, id('Sam'), aboutGus)
    await passing(60)
    expect(await told(mine, 'alert-report-reminder')).toEqual([])
    expect(await told(about, 'alert-report-reminder')).toEqual(['Gus'])
    expect(await alertView(office, about, id('Gus'))).toMatchObject({
      needsReport: true,
      reported: false,
      reportCase: null,
    })
    expect(await alertView(office, about, id('Mei'))).toMatchObject({ reported: true, reportCase: null })
    expect(await alertView(office, about, id('Sam'))).toMatchObject({ reported: true, reportCase: aboutGus })
  })

  test('A4, K1: the report of whoever raised it ends the reminders by itself, but whom it names notices nothing', async () => {
    const token = newId()
    const alert = await raise({ token })
    await takeAlert(office, alert, id('Gus'))
    await closeAlert(office, alert, id('Gus'), { reason: 'helped', note: null })
    const file = async (): Promise<string> =>
      (await reportFiler(office)((await sealedReport(community, { involved: [id('Gus')] })).filing)).case
    const first = await file()
    await reportOfRaised(office, { community: community.id, token, case: first })
    // The first stays its report; a token nobody was given, or of another community, changes nothing.
    await reportOfRaised(office, { community: community.id, token, case: await file() })
    await reportOfRaised(office, { community: community.id, token: newId(), case: first })
    const other = newId()
    const elsewhere = await raise({ token: other })
    await reportOfRaised(office, { community: newId(), token: other, case: first })
    expect((await alertById(office.store.db, elsewhere))?.report_case).toBeNull()
    await passing(60)
    expect(await told(alert, 'alert-report-reminder')).toEqual(['Gus'])
    expect(await alertView(office, alert, id('Gus'))).toMatchObject({ needsReport: true, reported: false })
    expect(await alertView(office, alert, id('Sam'))).toMatchObject({ reported: true, reportCase: first })
  })

  test('several processes on one store do each step once', async () => {
    const others = kind === 'postgres' ? [startDue(office, silent), startDue(office, silent)] : []
    const alerts = await Promise.all(Array.from({ length: 12 }, () => raise()))
    for (const at of [2, 5, 10]) {
      office.clock.set(begin + at * minute)
      await Promise.all([due, ...others].map((one) => one.runDue()))
    }
    for (const one of others) await one.stop()
    for (const alert of alerts) {
      expect((await alertSteps(office.store.db, alert)).map(({ step }) => step)).toEqual([0, 1, 2, 3])
      expect(await told(alert)).toHaveLength(10)
    }
  })

  test('whatever happens in whatever order: nobody with a conflict is alerted, no step is doubled, and every alert can be ended', async () => {
    const names = ['Pat', 'Sam', 'Mei', 'Gus'] as const
    const member = fc.constantFrom(...names)
    const act = fc.oneof(
      fc.record({ what: fc.constant('pass' as const), minutes: fc.integer({ min: -3, max: 12 }) }),
      fc.record({ what: fc.constantFrom('take' as const, 'close' as const, 'see' as const), by: member }),
      fc.record({ what: fc.constant('hand-over' as const), by: member, to: member }),
      fc.record({ what: fc.constantFrom('worse' as const, 'over' as const, 'withdraw' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(member, { maxLength: 3 }),
        fc.array(act, { maxLength: 12 }),
        async (excluded, acts) => {
          const involved = excluded.map(id)
          const alert = await raise({ involved })
          for (const one of acts) {
            const done = async (): Promise<void> => {
              if (one.what === 'pass') office.clock.set(office.clock.now() + one.minutes * minute)
              else if (one.what === 'take') await takeAlert(office, alert, id(one.by))
              else if (one.what === 'close')
                await closeAlert(office, alert, id(one.by), { reason: 'helped', note: null })
              else if (one.what === 'see') await seeAlert(office, alert, id(one.by))
              else if (one.what === 'hand-over') await handOverAlert(office, alert, id(one.by), id(one.to))
              else if (one.what === 'worse') await itGotWorse(office, alert)
              else if (one.what === 'over') await itIsOver(office, alert)
              else await withdrawAlert(office, alert)
            }
            await done().catch((error: { code?: string }) => {
              if (error.code === undefined) throw error
            })
            await due.runDue()
          }
          const steps = await alertSteps(office.store.db, alert)
          expect(new Set(steps.map(({ step }) => step)).size).toBe(steps.length)
          const rows = await office.store.db
            .selectFrom('outbox')
            .select('account_id')
            .where('alert_id', '=', alert)
            .execute()
          for (const name of excluded) {
            expect(rows.map((row) => row.account_id)).not.toContain(community.person(name).account)
            expect(steps.flatMap(({ to }) => to)).not.toContain(id(name))
          }
          // Whatever came before, whoever may know of it can end it.
          const someone = names.find((name) => !excluded.includes(name)) as string
          await closeAlert(office, alert, id(someone), { reason: 'other', note: null }).catch(() => {})
          expect((await view(alert)).state).toMatch(/^(closed|withdrawn)$/)
          await recordWhyNoReport(office, alert, id(someone), 'mistake')
          office.clock.set(office.clock.now() + 30 * hour)
          await due.runDue()
          const left = await office.store.db.selectFrom('due').select('id').where('id', '=', alert).execute()
          expect(left).toEqual([])
        },
      ),
      { numRuns: kind === 'sqlite' ? 40 : 12 },
    )
  }, 60_000)
})
