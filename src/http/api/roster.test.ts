import { tmpdir } from 'node:os'
import ICAL from 'ical.js'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { letIn, type MadeMember, setUp } from '../../../test/support/browser.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { reportOver } from '../../../test/support/reporter.ts'
import { startDue } from '../../casework/due.ts'
import { setupToken } from '../../casework/setup-link.ts'
import { newId } from '../../sealing/bytes.ts'
import { readCommittee } from '../../store/committee.ts'
import type { RosterAnswer } from './roster.ts'

const minute = 60_000
const day = 24 * 60 * minute
const begin = Date.parse('2027-01-01T12:00-06:00')

describe.each(storeKinds)('the roster on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let number = 0

  beforeAll(async () => {
    office = await testOffice(kind)
    served = await serveApp(office, tmpdir())
  })
  afterAll(async () => {
    await served?.stop()
    await office?.drop()
  })

  /** A community of Pat (chair), Sam, Kim and an organizer, at noon on New Year's Day 2027 in Chicago. */
  async function somewhere() {
    office.clock.set(begin)
    const shortName = `c${++number}`
    const now = office.clock.now()
    const { founder: pat, community } = await setUp(
      served.send,
      (await setupToken(office, { always: true })) as string,
      { name: `Pat${number}`, shortName, now },
    )
    const place = { id: community, shortName }
    const sam = await letIn(served.send, pat, place, `Sam${number}`, { now })
    const kim = await letIn(served.send, pat, place, `Kim${number}`, { now })
    const olu = await letIn(served.send, pat, place, `Olu${number}`, { now, standing: 'organizer' })
    const call = <T = { code?: string }>(by: MadeMember, method: string, path: string, body?: unknown) =>
      by.browser.call<T>(method, `/communities/${shortName}/${path}`, body)
    const rule = (changes: object = {}, by = pat) =>
      call(by, 'PUT', 'roster/rule', {
        rule: {
          kind: 'monthly',
          order: [pat.id, sam.id, kim.id],
          start: '2027-01-01',
          handOverTime: '18:00',
          handOverDay: { day: 1 },
          ...changes,
        },
      })
    const override = (changes: object, by = pat) =>
      call(by, 'POST', 'roster/overrides', {
        id: newId(),
        from: office.clock.now(),
        to: null,
        primary: null,
        secondary: null,
        why: 'on holiday',
        ...changes,
      })
    const roster = async (by = pat, span = '') => (await call<RosterAnswer>(by, 'GET', `roster${span}`)).body
    /** Who is on call, as the server takes it for reports and alerts. */
    const pair = async (at = office.clock.now()) => {
      const found = (await readCommittee(office.store.db, community, at))?.pair
      const names = new Map(
        [pat, sam, kim].map((one) => [one.id, one === pat ? 'pat' : one === sam ? 'sam' : 'kim']),
      )
      return found
        ? [found.primary, found.secondary].flatMap((id) => names.get(id ?? '') ?? []).join('+')
        : '-'
    }
    const notices = async (member: MadeMember) => {
      const { account_id } = await office.store.db
        .selectFrom('member')
        .select('account_id')
        .where('id', '=', member.id)
        .executeTakeFirstOrThrow()
      const rows = await office.store.db
        .selectFrom('outbox')
        .select('notice')
        .where('account_id', '=', account_id)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(({ notice }) => notice)
    }
    return { id: community, shortName, pat, sam, kim, olu, call, rule, override, roster, pair, notices }
  }

  describe('by rule (G1)', () => {
    it('goes round from its first day on; until then whoever is on call stays', async () => {
      const { rule, override, pair, sam, kim, roster, olu } = await somewhere()
      expect(await pair()).toBe('-')
      await override({ primary: sam.id, secondary: kim.id, why: null })
      expect((await rule({ start: '2027-02-01' })).status).toBe(204)
      expect(await pair()).toBe('sam+kim')
      expect(await pair(Date.parse('2027-02-01T17:59-06:00'))).toBe('sam+kim')
      expect(await pair(Date.parse('2027-02-01T18:00-06:00'))).toBe('pat+sam')
      expect(await pair(Date.parse('2027-03-01T18:00-06:00'))).toBe('sam+kim')
      const { now, shifts, rule: set } = await roster(olu)
      expect(now).toMatchObject({ primary: sam.id, to: Date.parse('2027-02-01T18:00-06:00') })
      expect(shifts).toHaveLength(13)
      expect(set?.rule).toMatchObject({ kind: 'monthly', zone: 'America/Chicago' })
    })

    it('a new one leaves the past as it was; moving house moves the hand-overs with the clock', async () => {
      const { pat, rule, pair, call, roster } = await somewhere()
      await rule()
      office.clock.set(Date.parse('2027-03-15T12:00Z'))
      // A session lasts half an hour; here it is as if they had just signed in.
      await office.store.write((tx) =>
        tx.updateTable('session').set({ seen_at: office.clock.now() }).execute(),
      )
      expect((await rule({ order: [pat.id], start: '2027-03-20' })).status).toBe(204)
      expect(await pair(Date.parse('2027-02-10'))).toBe('sam+kim')
      expect(await pair(Date.parse('2027-03-19'))).toBe('kim+pat')
      expect(await pair(Date.parse('2027-03-21'))).toBe('pat')
      const from = Date.parse('2027-01-02')
      const past = await roster(pat, `?from=${from}&to=${office.clock.now()}`)
      expect(past.shifts.map(({ turn }) => turn)).toEqual(['2027-01-01', '2027-02-01', '2027-03-01'])
      await call(pat, 'PATCH', 'settings', { timeZone: 'Europe/Madrid' })
      expect((await roster()).handOvers[0]?.at).toBe(Date.parse('2027-03-20T18:00+01:00'))
    })

    it('a hand-over is moved by hand, with the reason sealed in the store', async () => {
      const { pat, rule, call, pair, sam, notices, roster } = await somewhere()
      await rule()
      const move = { instead: '2027-02-01', date: '2027-02-04', time: '19:00', why: 'the meeting is later' }
      expect((await call(pat, 'POST', 'roster/hand-overs', move)).status).toBe(204)
      expect(await pair(Date.parse('2027-02-04T18:59-06:00'))).toBe('pat+sam')
      expect(await pair(Date.parse('2027-02-04T19:00-06:00'))).toBe('sam+kim')
      expect((await roster()).moved).toMatchObject([{ ...move, setBy: pat.id }])
      expect(await notices(sam)).toContain('roster-changed')
      const rows = JSON.stringify(await office.store.db.selectFrom('moved_hand_over').selectAll().execute())
      expect(rows).not.toContain('the meeting')
      for (const [wrong, code] of [
        [{ ...move, instead: '2027-02-02' }, 'roster-changed'],
        [{ ...move, date: '2026-12-31' }, 'invalid-input'],
        [{ ...move, date: '2027-02-30' }, 'invalid-input'],
        [{ ...move, why: ' ' }, 'invalid-input'],
      ] as const)
        expect((await call(pat, 'POST', 'roster/hand-overs', wrong)).body.code).toBe(code)
    })

    it('is refused where it makes no sense', async () => {
      const { rule, pat, sam, olu } = await somewhere()
      for (const wrong of [
        { start: '2026-12-31' },
        { start: '2029-06-01' },
        { handOverTime: '24:00' },
        { handOverDay: { day: 32 } },
        { handOverDay: { nth: 6, weekday: 1 } },
        { order: [pat.id, pat.id] },
        { order: [olu.id] },
        { kind: 'event', handOverDates: ['2027-02-30'] },
      ])
        expect((await rule(wrong)).body).toMatchObject({ code: 'invalid-input' })
      expect((await rule({}, sam)).body.code).toBe('not-allowed')
    })

    it('takes nobody in with fewer than two ways to open their keyring', async () => {
      const { rule, override, kim } = await somewhere()
      await office.store.write((tx) =>
        tx
          .deleteFrom('unlocker')
          .where('kind', '=', 'recovery')
          .where('account_id', 'in', tx.selectFrom('member').select('account_id').where('id', '=', kim.id))
          .execute(),
      )
      const refused = { status: 409, body: { code: 'one-unlocker', member: kim.id } }
      expect(await rule()).toMatchObject(refused)
      expect(await override({ primary: kim.id })).toMatchObject(refused)
    })
  })

  describe('by hand (G5)', () => {
    it('other people for a while, with a reason; taken back, what was', async () => {
      const { rule, override, pair, kim, roster, pat, sam, call, notices } = await somewhere()
      await rule()
      const from = Date.parse('2027-01-10')
      expect((await override({ from, to: from + 2 * day, primary: kim.id })).status).toBe(204)
      expect(await pair(from)).toBe('kim+sam')
      expect(await pair(from + 2 * day)).toBe('pat+sam')
      expect(await notices(kim)).toEqual(['roster-changed'])
      const [set] = (await roster()).overrides
      expect(set).toMatchObject({ why: 'on holiday', setBy: pat.id })
      expect((await call(sam, 'DELETE', `roster/overrides/${set?.id}`)).body.code).toBe('not-allowed')
      expect((await call(pat, 'DELETE', `roster/overrides/${set?.id}`)).status).toBe(204)
      expect(await pair(from)).toBe('pat+sam')
    })

    it('who is no chair steps in themselves, and puts nobody else on call', async () => {
      const { rule, override, pair, sam, kim, olu } = await somewhere()
      await rule()
      const to = office.clock.now() + 3 * day
      const from = office.clock.now() + 1 * day
      expect((await override({ from, to, primary: sam.id }, kim)).body.code).toBe('not-allowed')
      expect((await override({ from, primary: kim.id }, kim)).body.code).toBe('not-allowed')
      expect((await override({ from, to, primary: kim.id }, olu)).body.code).toBe('not-allowed')
      expect((await override({ from, to, primary: kim.id }, kim)).status).toBe(204)
      expect(await pair(from)).toBe('kim+sam')
    })

    it('is refused where it makes no sense, and the same sent again is one', async () => {
      const { rule, override, pat, sam, olu, roster } = await somewhere()
      await rule()
      const from = office.clock.now() + 1 * day
      for (const wrong of [
        { from, to: from, primary: sam.id },
        { from, to: from - 1, primary: sam.id },
        { from, primary: sam.id, secondary: sam.id },
        { from },
        { from, primary: olu.id },
        { from, primary: newId() },
        { from, to: from + day, primary: sam.id, why: null },
      ])
        expect((await override(wrong)).body).toMatchObject({ code: 'invalid-input' })
      expect((await override({ from: { handOver: '2027-02-02' }, primary: sam.id })).body.code).toBe(
        'roster-changed',
      )
      const same = { id: newId(), from, to: from + day, primary: sam.id }
      for (const status of [204, 204]) expect((await override(same, pat)).status).toBe(status)
      expect((await roster()).overrides.filter(({ id }) => id === same.id)).toHaveLength(1)
    })

    it('turns are swapped when the other accepts, and only theirs', async () => {
      const { rule, pair, pat, sam, kim, call, roster, notices } = await somewhere()
      await rule()
      const offer = (changes: object = {}, by = sam) => {
        const body = { id: newId(), to: kim.id, gives: '2027-02-01', takes: '2027-03-01', why: 'a wedding' }
        return call(by, 'POST', 'roster/swaps', { ...body, ...changes })
      }
      const answer = (by: MadeMember, id: string, given: string) =>
        call(by, 'POST', `roster/swaps/${id}/answer`, { answer: given })
      for (const wrong of [{ gives: '2027-03-01' }, { takes: '2027-04-01' }, { gives: '2027-02-02' }])
        expect((await offer(wrong)).body.code).toBe('roster-changed')
      expect((await offer({ to: sam.id })).body.code).toBe('invalid-input')
      const id = newId()
      for (const status of [204, 204]) expect((await offer({ id })).status).toBe(status)
      expect(await notices(kim)).toEqual(['swap-offered'])
      expect(await pair(Date.parse('2027-02-10'))).toBe('sam+kim')
      for (const by of [pat, sam]) expect((await answer(by, id, 'accepted')).body.code).toBe('not-allowed')
      expect((await answer(kim, id, 'withdrawn')).body.code).toBe('not-allowed')
      expect((await answer(kim, id, 'accepted')).status).toBe(204)
      expect((await answer(kim, id, 'accepted')).status).toBe(204)
      expect((await answer(kim, id, 'declined')).body.code).toBe('roster-changed')
      expect(await pair(Date.parse('2027-02-10'))).toBe('kim+pat')
      expect(await pair(Date.parse('2027-03-10'))).toBe('sam+pat')
      expect(await notices(sam)).toEqual(['swap-answered'])
      const [half] = (await roster()).overrides
      expect((await call(kim, 'DELETE', `roster/overrides/${half?.id}`)).body.code).toBe('not-allowed')
      expect((await call(pat, 'DELETE', `roster/overrides/${half?.id}`)).status).toBe(204)
      expect(await pair(Date.parse('2027-02-10'))).toBe('sam+kim')
      expect(await pair(Date.parse('2027-03-10'))).toBe('kim+pat')
    })

    it('an offer that does not fit any more is not accepted; declined or withdrawn, nothing changes', async () => {
      const { rule, pair, sam, kim, call, override } = await somewhere()
      await rule()
      const offered = async () => {
        const id = newId()
        await call(sam, 'POST', 'roster/swaps', {
          id,
          to: kim.id,
          gives: '2027-02-01',
          takes: null,
          why: 'x',
        })
        return id
      }
      const answer = (by: MadeMember, id: string, given: string) =>
        call(by, 'POST', `roster/swaps/${id}/answer`, { answer: given })
      const [one, two, three] = [await offered(), await offered(), await offered()]
      expect((await answer(kim, one, 'declined')).status).toBe(204)
      expect((await answer(sam, two, 'withdrawn')).status).toBe(204)
      expect((await answer(kim, two, 'accepted')).body.code).toBe('roster-changed')
      expect(await pair(Date.parse('2027-02-10'))).toBe('sam+kim')
      await override({ from: { handOver: '2027-02-01' }, primary: kim.id })
      expect((await answer(kim, three, 'accepted')).body.code).toBe('roster-changed')
    })
  })

  describe('gaps (G5)', () => {
    it('are told once to the chair and whom they concern, by themselves, and again when they open again', async () => {
      const { pat, sam, kim, rule, override, notices, id } = await somewhere()
      const due = startDue(office, pino({ level: 'silent' }))
      const gaps = async (member: MadeMember) => (await notices(member)).filter((one) => one === 'roster-gap')
      const pass = async (days: number) => {
        office.clock.set(office.clock.now() + days * day)
        await office.store.write((tx) =>
          tx.updateTable('session').set({ seen_at: office.clock.now() }).execute(),
        )
        await due.runDue()
      }
      await due.runDue()
      expect(await gaps(pat)).toEqual([])
      await pass(1)
      expect([await gaps(pat), await gaps(sam)]).toEqual([['roster-gap'], []])
      for (const days of [1, 1, 30]) await pass(days)
      expect(await gaps(pat)).toHaveLength(1)
      // One member alone: there is no secondary, which is told once.
      await rule({ order: [sam.id], start: '2027-02-05' })
      await override({ primary: sam.id, secondary: kim.id, why: null })
      await pass(1)
      expect([await gaps(pat), await gaps(sam), await gaps(kim)]).toMatchObject([
        { length: 2 },
        { length: 1 },
        {},
      ])
      await pass(1)
      expect(await gaps(sam)).toHaveLength(1)
      await rule({ start: '2027-02-10' })
      await pass(1)
      const told = () =>
        office.store.db.selectFrom('told_gap').selectAll().where('community_id', '=', id).execute()
      expect((await told()).filter(({ ends_at }) => ends_at > office.clock.now() + 10 * day)).toEqual([])
      await rule({ order: [sam.id], start: '2027-02-15' })
      await pass(1)
      expect((await gaps(sam)).length).toBeGreaterThan(1)
      await due.stop()
    })
  })

  describe('K2: whoever is passed over for a case', () => {
    it('sees the same roster, feed and gaps as if there were none', async () => {
      const { pat, sam, rule, call, shortName, notices } = await somewhere()
      await rule()
      office.clock.set(Date.parse('2027-01-02'))
      await office.store.write((tx) =>
        tx.updateTable('session').set({ seen_at: office.clock.now() }).execute(),
      )
      const { body } = await call<{ path: string }>(pat, 'POST', 'roster/calendar')
      const seen = async () => ({
        roster: (await call(pat, 'GET', 'roster')).body,
        onCall: (await call(pat, 'GET', 'on-call')).body,
        members: (await call(pat, 'GET', 'members')).body,
        feed: await (await served.send(body.path)).text(),
        notices: await notices(pat),
      })
      const before = await seen()
      await reportOver(served.send, shortName, { narrative: 'He shouted.', involved: [pat.id] })
      expect(await notices(sam)).toEqual(['report-new'])
      const due = startDue(office, pino({ level: 'silent' }))
      await due.runDue()
      await due.stop()
      expect(await seen()).toEqual(before)
    })
  })

  describe('a member’s calendar (G5)', () => {
    const read = async (path: string) => {
      const answer = await served.send(path)
      if (answer.status !== 200) return { status: answer.status, text: '', events: [] }
      const text = await answer.text()
      const calendar = new ICAL.Component(ICAL.parse(text))
      const events = calendar.getAllSubcomponents('vevent').map((component) => {
        const event = new ICAL.Event(component)
        return {
          uid: event.uid,
          from: event.startDate.toJSDate().toISOString(),
          to: event.endDate.toJSDate().toISOString(),
          zone: event.startDate.zone.tzid,
          summary: event.summary,
          sequence: event.sequence,
          stamp: String(component.getFirstPropertyValue('dtstamp')),
          status: String(component.getFirstPropertyValue('status')),
          description: event.description,
        }
      })
      return { status: 200, text, events }
    }

    it('has their own turns in UTC, and each change replaces what it changes', async () => {
      const { rule, override, pat, sam, kim, call } = await somewhere()
      await rule()
      const { path } = (await call<{ path: string }>(sam, 'POST', 'roster/calendar')).body
      const first = await read(path)
      expect(first.text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H')
      expect(first.events[0]).toMatchObject({
        from: '2027-01-02T00:00:00.000Z',
        to: '2027-02-02T00:00:00.000Z',
        zone: 'UTC',
        status: 'CONFIRMED',
        description: `With Pat${number}.`,
      })
      expect(first.events[1]).toMatchObject({
        from: '2027-02-02T00:00:00.000Z',
        description: `With Kim${number}.`,
      })
      expect(new Set(first.events.map(({ uid }) => uid)).size).toBe(first.events.length)
      expect((await read(path)).text).toBe(first.text)

      office.clock.set(office.clock.now() + minute)
      const move = { instead: '2027-02-01', date: '2027-02-04', time: '18:00', why: 'x' }
      await call(pat, 'POST', 'roster/hand-overs', move)
      const moved = await read(path)
      expect(moved.events.map(({ uid }) => uid)).toEqual(first.events.map(({ uid }) => uid))
      expect(moved.events[1]?.from).toBe('2027-02-05T00:00:00.000Z')
      expect(moved.events[1]?.sequence).toBe((first.events[1]?.sequence ?? 0) + 60)
      expect(moved.events[1]?.stamp).not.toBe(first.events[1]?.stamp)
      expect(moved.events[3]).toEqual(first.events[3])

      office.clock.set(office.clock.now() + minute)
      await override({ from: { handOver: '2027-02-01' }, primary: kim.id, secondary: pat.id })
      const gone = (await read(path)).events.find(({ uid }) => uid === first.events[1]?.uid)
      expect(gone).toMatchObject({ status: 'CANCELLED' })
      expect(gone?.sequence).toBeGreaterThan(moved.events[1]?.sequence ?? 0)
    })

    it('is behind a secret link that ends, and of which only a hash is kept', async () => {
      const { rule, sam, call } = await somewhere()
      await rule()
      const make = async () => (await call<{ path: string }>(sam, 'POST', 'roster/calendar')).body.path
      const first = await make()
      expect(first).toMatch(/^\/feeds\/[\w-]{43}\.ics$/)
      const second = await make()
      expect([(await read(first)).status, (await read(second)).status]).toEqual([404, 200])
      const rows = JSON.stringify(await office.store.db.selectFrom('calendar_feed').selectAll().execute())
      expect(rows).not.toContain(second.slice(7, 50))
      expect((await call<{ madeAt: number }>(sam, 'GET', 'roster/calendar')).body.madeAt).toBe(
        office.clock.now(),
      )
      expect((await call(sam, 'DELETE', 'roster/calendar')).status).toBe(204)
      expect((await read(second)).status).toBe(404)
      const third = await make()
      await office.store.write((tx) =>
        tx.updateTable('member').set({ left_at: office.clock.now() }).where('id', '=', sam.id).execute(),
      )
      expect((await read(third)).status).toBe(404)
    })

    it('speaks the language of the console it was made in', async () => {
      const { rule, sam, call, shortName } = await somewhere()
      await rule()
      const { path } = (await call<{ path: string }>(sam, 'POST', 'roster/calendar')).body
      expect((await read(`${path}?language=es`)).events[1]?.summary).toMatch(/^De guardia ·/)
      expect(shortName).toMatch(/^c\d+$/)
    })
  })

  it('G5: who is on call and until when is published where the playbook says so', async () => {
    const { rule, pat, call, shortName } = await somewhere()
    await rule()
    office.clock.set(Date.parse('2027-01-02'))
    await office.store.write((tx) => tx.updateTable('session').set({ seen_at: office.clock.now() }).execute())
    const published = async () =>
      (await pat.browser.call('GET', `/communities/${shortName}`)).body as Record<string, unknown>
    expect(await published()).toMatchObject({ onCall: null, nextHandOver: null })
    await call(pat, 'PUT', 'playbook', { playbook: { publicRoster: true } })
    expect(await published()).toMatchObject({
      onCall: [`Pat${number}`, `Sam${number}`],
      nextHandOver: Date.parse('2027-02-01T18:00-06:00'),
    })
    const page = await (await served.send(`/${shortName}/guide`)).text()
    expect(page).toContain('Monday, February 1')
  })
})
