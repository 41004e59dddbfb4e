import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../test/support/app.ts'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { type Desk, deskOf } from '../../test/support/desk.ts'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import { answerOver, reportOver } from '../../test/support/reporter.ts'
import { answerOf } from '../../test/support/wire.ts'

/** An open stream of events, read as it comes. */
async function listen(desk: Desk) {
  const cut = new AbortController()
  const answer = await desk.ask('/live', { signal: cut.signal })
  let text = ''
  let ended = false
  const reading = (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>)
      text += decoder.decode(chunk)
  })()
    .catch(() => {})
    .finally(() => {
      ended = true
    })
  return {
    answer,
    events: () =>
      [...text.matchAll(/event: case\ndata: (.*)\n\n/g)].map(([, data]) => JSON.parse(data as string)),
    text: () => text,
    ended: () => ended,
    cut: () => cut.abort(),
    over: () => reading,
  }
}

const until = async (what: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !what(); tries += 1) await wait(20)
  expect(what()).toBe(true)
}

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let community: TestCommunity
  const desk = (name: string): Promise<Desk> => deskOf(office, served.send, community, name)

  beforeEach(async () => {
    office = await testOffice(kind)
    served = await serveApp(office, '/nowhere')
    community = await foundCommunity(office)
  })
  afterEach(async () => {
    await served.stop()
    await office.drop()
  })

  test('whoever has the case hears that it changed, and nobody else hears anything (K1)', async () => {
    const pat = await desk('Pat')
    const streams = [await listen(pat), await listen(await desk('Mei')), await listen(await desk('Gus'))]
    const [pats, meis, gus] = streams
    expect(pats?.answer.headers.get('content-type')).toContain('text/event-stream')
    const reporter = await reportOver(served.send, community.shortName, {
      narrative: 'x',
      involved: [community.person('Gus').id],
    })
    await until(() => pats?.events().length === 1)
    await pat.acknowledge(reporter.case)
    await until(() => pats?.events().length === 2)
    expect(pats?.events()).toEqual([
      { case: reporter.case, version: 1 },
      { case: reporter.case, version: 2 },
    ])
    await pat.bring(reporter.case)
    await until(() => meis?.events().length === 1)
    await answerOver(served.send, community.shortName, reporter, { text: 'More.' })
    await until(() => meis?.events().length === 2 && pats?.events().length === 4)
    await wait(100)
    expect(gus?.text()).toBe('retry: 3000\n\n')
    for (const stream of streams) stream.cut()
  })

  test('a session that was ended hears nothing more, and its stream ends', async () => {
    const [pats, sams] = [await listen(await desk('Pat')), await listen(await desk('Sam'))]
    await office.store.write((tx) =>
      tx.deleteFrom('session').where('account_id', '=', community.person('Pat').account).execute(),
    )
    await reportOver(served.send, community.shortName, { narrative: 'x' })
    await until(() => sams.events().length === 1)
    await pats.over()
    expect(pats.events()).toEqual([])
    office.clock.set(office.clock.now() + 31 * 60_000)
    await reportOver(served.send, community.shortName, { narrative: 'x' })
    await sams.over()
    expect(sams.events()).toHaveLength(1)
  })

  test('a member who was removed hears nothing more', async () => {
    const reporter = await reportOver(served.send, community.shortName, { narrative: 'x' })
    const [pats, sams] = [await listen(await desk('Pat')), await listen(await desk('Sam'))]
    await office.store.write((tx) =>
      tx.updateTable('member').set({ left_at: 1 }).where('id', '=', community.person('Pat').id).execute(),
    )
    await (await desk('Sam')).note(reporter.case, 'x')
    await until(() => sams.events().length === 1)
    expect(pats.events()).toEqual([])
    for (const stream of [pats, sams]) stream.cut()
  })

  test('signing out, here or elsewhere, ends the stream at once (K4)', async () => {
    const [here, elsewhere] = [await desk('Pat'), await desk('Pat')]
    const [one, other] = [await listen(here), await listen(elsewhere)]
    await here.ask('/session', { method: 'DELETE' })
    await one.over()
    const lines = await answerOf<{ handle: string; current: boolean }[]>(elsewhere.ask('/sessions'))
    expect(lines.map(({ current }) => current)).toEqual([true])
    await elsewhere.ask(`/sessions/${lines[0]?.handle}`, { method: 'DELETE' })
    await other.over()
    expect([one.ended(), other.ended()]).toEqual([true, true])
  })

  test('nobody signed in: no stream; and the server can end them all', async () => {
    expect((await served.send('/api/v1/live')).status).toBe(401)
    const pats = await listen(await desk('Pat'))
    served.app.close()
    await pats.over()
    expect(pats.ended()).toBe(true)
  })
})
