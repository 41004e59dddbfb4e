import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import { isDuplicate } from './failure.ts'
import { rowId } from './ids.ts'
import { insertions } from './insertions.ts'
import { together } from './together.ts'

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  beforeAll(async () => {
    office = await testOffice(kind)
  })
  afterAll(() => office?.drop())

  const rows = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      upload_id: prefix,
      part: index,
      bytes: Buffer.alloc(300, index),
    }))

  test('rows of any number are inserted as they are, bytes too', async () => {
    for (const count of [0, 1, 3, 4, 5, 21, 64, 65, 150]) {
      const given = rows(`n${count}`, count)
      await office.store.write((tx) => together(tx, insertions(kind, 'upload_part', given)))
      const found = await office.store.db
        .selectFrom('upload_part')
        .selectAll()
        .where('upload_id', '=', `n${count}`)
        .orderBy('part')
        .execute()
      expect(found.map((row) => ({ ...row, bytes: Buffer.from(row.bytes) }))).toEqual(given)
    }
  })

  test('statements run in order, and each has its own answer', async () => {
    const [none, , one] = await office.store.write((tx) => {
      const find = tx.selectFrom('challenge').selectAll().where('id', '=', 'x')
      return together(tx, [find, ...insertions(kind, 'challenge', [{ id: 'x', expires_at: 5 }]), find])
    })
    expect([none, one]).toEqual([[], [{ id: 'x', expires_at: 5 }]])
  })

  test('where one fails, none is kept, and the failure is that one’s', async () => {
    const twice = insertions(kind, 'challenge', [{ id: 'y', expires_at: 5 }])
    const failure = await office.store
      .write((tx) =>
        together(tx, [...twice, ...twice, ...insertions(kind, 'challenge', [{ id: 'z', expires_at: 5 }])]),
      )
      .catch((error) => error)
    expect(isDuplicate(failure)).toBe(true)
    const found = await office.store.db
      .selectFrom('challenge')
      .selectAll()
      .where('id', 'in', ['y', 'z'])
      .execute()
    expect(found).toEqual([])
    // The connection is as good as before, its prepared statements too.
    await office.store.write((tx) => together(tx, twice))
  })
})

test('a row’s id begins with its time, so that rows made together lie together, and is never the same', () => {
  const at = Date.parse('2027-10-28T18:30:00Z')
  const ids = Array.from({ length: 1000 }, () => rowId(at))
  expect(new Set(ids).size).toBe(1000)
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(new Set(ids.map((id) => id.slice(0, 8))).size).toBe(1)
  expect(rowId(at + 1).slice(0, 8)).not.toBe(ids[0]?.slice(0, 8))
  expect(rowId(at + 3_600_000).slice(0, 4)).toBe(ids[0]?.slice(0, 4))
  expect(Buffer.from(ids[0] as string, 'base64url').readUIntBE(0, 6)).toBe(at)
})
