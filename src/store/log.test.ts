import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import { newId } from '../sealing/bytes.ts'
import { appendLog, holdLog, type LogEntry, linkLog, startLog, verifyLog } from './log.ts'

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  beforeAll(async () => {
    office = await testOffice(kind)
  })
  afterAll(() => office?.drop())

  const entry = (community: string, deed: string): LogEntry => ({
    community,
    at: 1_800_000_000_000,
    case: null,
    actor: 'server',
    deed,
    detail: { of: deed },
  })
  const begun = async (entries = 0): Promise<string> => {
    const community = newId()
    await office.store.write((tx) => startLog(tx, community))
    const all = Array.from({ length: entries }, (_, index) => entry(community, `deed ${index + 1}`))
    for (let done = 0; done < entries; done += 500)
      await office.store.write((tx) => appendLog(tx, all.slice(done, done + 500)))
    return community
  }
  const verify = (community: string) => verifyLog(office.store.db, community)

  test('N3: a log is whole from its first entry on, however long', async () => {
    expect(await verify(await begun())).toMatchObject({ ok: true, entries: 0 })
    const community = await begun(3)
    const before = await verify(community)
    expect(before).toMatchObject({ ok: true, entries: 3 })
    await office.store.write((tx) => appendLog(tx, [entry(community, 'more')]))
    const after = await verify(community)
    expect(after).toMatchObject({ ok: true, entries: 4 })
    expect(after).not.toEqual({ ...before, entries: 4 })
    expect(await verify(await begun(2100))).toMatchObject({ ok: true, entries: 2100 })
  })

  test('entries of several communities at once each go to their own', async () => {
    const [one, two] = [await begun(1), await begun(2)]
    await office.store.write((tx) => appendLog(tx, [entry(two, 'c'), entry(one, 'b'), entry(two, 'd')]))
    expect(await verify(one)).toMatchObject({ ok: true, entries: 2 })
    expect(await verify(two)).toMatchObject({ ok: true, entries: 4 })
  })

  test('a deed that chains its entries itself leaves the same log', async () => {
    const community = await begun(2)
    await office.store.write(async (tx) => {
      const end = await holdLog(tx, kind, community).executeTakeFirstOrThrow()
      const { rows, head } = linkLog(end, [entry(community, 'c'), entry(community, 'd')])
      await tx.insertInto('log').values(rows).execute()
      await tx.updateTable('log_head').set(head).where('community_id', '=', community).execute()
    })
    await office.store.write((tx) => appendLog(tx, [entry(community, 'e')]))
    expect(await verify(community)).toMatchObject({ ok: true, entries: 5 })
  })

  test('deeds at the same time never fork it', async () => {
    const community = await begun()
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        office.store.write((tx) => appendLog(tx, [entry(community, `at once ${index}`)])),
      ),
    )
    expect(await verify(community)).toMatchObject({ ok: true, entries: 20 })
  })

  test('whatever is changed, taken out, added, moved or cut off shows, and where', async () => {
    const broken = async (
      change: (of: string) => Parameters<typeof office.store.write>[0],
    ): Promise<unknown> => {
      const community = await begun(5)
      await office.store.write(change(community))
      return verify(community)
    }
    for (const column of ['actor', 'deed', 'detail', 'hash'] as const)
      expect(
        await broken((community) => async (tx) => {
          await tx
            .updateTable('log')
            .set({ [column]: 'x' })
            .where('community_id', '=', community)
            .where('seq', '=', 3)
            .execute()
        }),
      ).toEqual({ ok: false, at: 3 })
    expect(
      await broken((community) => async (tx) => {
        await tx.deleteFrom('log').where('community_id', '=', community).where('seq', '=', 2).execute()
      }),
    ).toEqual({ ok: false, at: 2 })
    expect(
      await broken((community) => async (tx) => {
        await tx.deleteFrom('log').where('community_id', '=', community).where('seq', '=', 5).execute()
      }),
    ).toEqual({ ok: false, at: 5 })
    expect(
      await broken((community) => async (tx) => {
        for (const [from, to] of [
          [2, 99],
          [3, 2],
          [99, 3],
        ] as const)
          await tx
            .updateTable('log')
            .set({ seq: to })
            .where('community_id', '=', community)
            .where('seq', '=', from)
            .execute()
      }),
    ).toEqual({ ok: false, at: 2 })
    expect(
      await broken((community) => async (tx) => {
        const { rows } = linkLog({ seq: 5, hash: 'x' }, [entry(community, 'added')])
        await tx.insertInto('log').values(rows).execute()
      }),
    ).toEqual({ ok: false, at: 6 })
    expect(
      await broken((community) => async (tx) => {
        await tx.deleteFrom('log').where('community_id', '=', community).execute()
        await tx.deleteFrom('log_head').where('community_id', '=', community).execute()
      }),
    ).toEqual({ ok: false, at: 1 })
  })
})
