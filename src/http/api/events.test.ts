import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { letIn, type MadeMember, setUp } from '../../../test/support/browser.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { setupToken } from '../../casework/setup-link.ts'
import type { EventLine } from './events.ts'

describe.each(storeKinds)('events of a community on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let chair: MadeMember
  let sam: MadeMember
  let outsider: MadeMember
  const at = '/communities/chipy/events'
  const day = {
    slug: 'autumn-day',
    name: 'Autumn day',
    place: 'The Harbor',
    address: ['2 Pier Rd', 'Use the back door'],
    from: '2027-10-30',
    to: '2027-10-31',
    phones: { emergency: null, security: '312 555 0199', nonEmergency: null, committee: null },
    primary: null,
    secondary: null,
  }
  const list = async () => (await chair.browser.call<EventLine[]>('GET', at)).body
  const deeds = async () =>
    (await office.store.db.selectFrom('log').select('deed').where('deed', 'like', 'event-%').execute()).length

  beforeAll(async () => {
    office = await testOffice(kind)
    served = await serveApp(office, tmpdir())
    const found = async (name: string, shortName: string) =>
      setUp(served.send, (await setupToken(office, { always: true })) as string, {
        name,
        shortName,
        now: office.clock.now(),
      })
    const { founder, community } = await found('Pat', 'chipy')
    chair = founder
    sam = await letIn(served.send, chair, { id: community, shortName: 'chipy' }, 'Sam', {
      now: office.clock.now(),
    })
    outsider = (await found('Zed', 'elsewhere')).founder
  })
  afterAll(async () => {
    await served?.stop()
    await office?.drop()
  })

  it('are made by a chair, seen by members, changed, and put away, each in the log', async () => {
    const made = await chair.browser.call<{ id: string }>('POST', at, { event: day })
    expect(made.status).toBe(201)
    const { id } = made.body
    expect(await list()).toEqual([{ ...day, id, archived: false }])
    expect((await sam.browser.call<EventLine[]>('GET', at)).body).toHaveLength(1)
    const changed = { ...day, slug: 'fall-day', address: ['3 Pier Rd'] }
    expect((await chair.browser.call('PUT', `${at}/${id}`, { event: changed, archived: false })).status).toBe(
      204,
    )
    expect(await list()).toEqual([{ ...changed, id, archived: false }])
    expect((await chair.browser.call('PUT', `${at}/${id}`, { event: changed, archived: true })).status).toBe(
      204,
    )
    expect(await list()).toEqual([{ ...changed, id, archived: true }])
    expect(await deeds()).toBe(3)
  })

  it('keep their address to themselves, also when put away', async () => {
    const again = await chair.browser.call<{ code: string }>('POST', at, {
      event: { ...day, slug: 'fall-day' },
    })
    expect([again.status, again.body.code]).toEqual([409, 'event-taken'])
    const other = await chair.browser.call<{ id: string }>('POST', at, { event: day })
    const moved = await chair.browser.call<{ code: string }>('PUT', `${at}/${other.body.id}`, {
      event: { ...day, slug: 'fall-day' },
      archived: false,
    })
    expect(moved.body.code).toBe('event-taken')
  })

  it('are refused with the field that is wrong', async () => {
    const refusal = async (wrong: object) =>
      (await chair.browser.call<{ code: string; field: string }>('POST', at, { event: { ...day, ...wrong } }))
        .body
    expect(await refusal({ to: '2027-01-01' })).toMatchObject({ code: 'invalid-input', field: 'to' })
    expect(await refusal({ primary: outsider.id })).toMatchObject({
      code: 'invalid-input',
      field: 'primary',
    })
    await office.store.write((tx) => tx.deleteFrom('unlocker').where('kind', '=', 'recovery').execute())
    expect(await refusal({ slug: 'other', primary: sam.id })).toMatchObject({ code: 'one-unlocker' })
  })

  it('of another community are not found', async () => {
    const [{ id }] = (await list()) as [EventLine]
    const answer = await outsider.browser.call('PUT', `/communities/elsewhere/events/${id}`, {
      event: day,
      archived: false,
    })
    expect(answer.status).toBe(404)
  })
})
