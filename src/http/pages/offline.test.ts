import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { foundCommunity, type TestCommunity } from '../../../test/support/community.ts'
import { type TestOffice, testOffice } from '../../../test/support/office.ts'
import { EventDetails } from '../../procedure/event.ts'
import { everyWay, walk } from '../../procedure/triage.ts'
import { newId } from '../../sealing/bytes.ts'
import { keepEvent } from '../../store/events.ts'
import type { OfflineSet } from './offline.ts'

let office: TestOffice
let served: ServedApp
let community: TestCommunity
beforeAll(async () => {
  office = await testOffice('sqlite')
  community = await foundCommunity(office)
  served = await serveApp(office, tmpdir())
})
afterAll(async () => {
  await served.stop()
  await office.drop()
})

const setOf = async (query = ''): Promise<OfflineSet> =>
  (await (await served.send(`/chipy/offline${query}`)).json()) as OfflineSet

test('A1: a set holds every screen of the walk, each saying that it was kept, and all that they load', async () => {
  const { pages, assets } = await setOf()
  const addresses = pages.map(([address]) => address)
  for (const way of everyWay().filter((given) => !['report', 'danger'].includes(walk(given).at)))
    expect(addresses).toContain(way.length === 0 ? '/chipy' : `/chipy?way=${way.join('-')}`)
  for (const path of ['danger', 'danger?way=unsure', 'report', 'guide'])
    expect(addresses).toContain(`/chipy/${path}`)
  expect(addresses.filter((address) => /mailbox|send|change/.test(address))).toEqual([])
  for (const [address, text] of pages) expect(text, address).toContain('{kept}')
  for (const [, text] of pages)
    for (const [address] of text.matchAll(/\/assets\/[\w.-]+/g)) expect(assets).toContain(address)
  // What seals, and what that loads, too: the form works without a connection.
  expect(assets.some((address) => address.includes('report.worker'))).toBe(true)
  expect(assets.some((address) => address.includes('/words-'))).toBe(true)
})

test('a page from outside never says that it was kept, whatever a request claims', async () => {
  const answer = await served.send('/chipy?offlineCopy=true', { headers: { offlineCopy: 'true' } })
  expect(await answer.text()).not.toContain('{kept}')
})

test('a set is as new as what is set: a new number is in it at once', async () => {
  await setOf('?at=day')
  const day = EventDetails.parse({
    slug: 'day',
    name: 'Day',
    from: '2020-01-01',
    to: '2099-01-01',
    phones: { security: '312 555 0177' },
  })
  await office.store.write((tx) =>
    keepEvent(tx, community.id, { ...day, id: newId(), archived: false }, office.clock.now()),
  )
  const { pages } = await setOf('?at=day')
  const danger = pages.find(([address]) => address === '/chipy/danger?at=day')
  expect(danger?.[1]).toContain('tel:3125550177')
})
