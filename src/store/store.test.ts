import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type StoreKind, storeKinds } from '../../test/support/office.ts'
import { type FreshDatabase, freshDatabase } from '../../test/support/postgres.ts'
import { StoreUnavailable } from './failure.ts'
import { openStore } from './open.ts'
import type { Store, Tx } from './store.ts'

/** Something small to write. */
const put = (tx: Tx, id: string): Promise<unknown> =>
  tx.insertInto('challenge').values({ id, expires_at: 7 }).execute()

class Mistake extends Error {}

describe.each(storeKinds)('on %s', (kind: StoreKind) => {
  let folder: string
  let database: FreshDatabase | null
  let store: Store
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bellwether-store-'))
    database = kind === 'postgres' ? await freshDatabase() : null
    store = await open()
  })
  afterAll(async () => {
    await store?.close()
    await database?.drop()
    await rm(folder, { recursive: true })
  })
  beforeEach(async () => {
    await store.write(async (tx) => void (await tx.deleteFrom('challenge').execute()))
  })

  const open = (): Promise<Store> => openStore(database?.url, folder)
  const kept = async (from = store): Promise<string[]> =>
    (await from.db.selectFrom('challenge').select('id').execute()).map(({ id }) => id).sort()

  test('a deed that fails keeps nothing, and those that arrive with it are kept', async () => {
    const results = await Promise.allSettled([
      store.write((tx) => put(tx, 'a')),
      store.write(async (tx) => {
        await put(tx, 'b')
        throw new Mistake()
      }),
      store.write((tx) => put(tx, 'c')),
      // The database refuses it.
      store.write(async (tx) => {
        await put(tx, 'd')
        await put(tx, 'd')
      }),
      store.write((tx) => put(tx, 'e')),
    ])
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(Mistake)
    expect(await kept()).toEqual(['a', 'c', 'e'])
  })

  test('a deed that fails by itself alone keeps nothing', async () => {
    await expect(
      store.write(async (tx) => {
        await put(tx, 'a')
        throw new Mistake()
      }),
    ).rejects.toThrow(Mistake)
    expect(await kept()).toEqual([])
    expect(await store.write((tx) => put(tx, 'b').then(() => 'answer'))).toBe('answer')
    expect(await kept()).toEqual(['b'])
  })

  test('what was written is seen at once by whoever reads, in another process too', async () => {
    const other = await open()
    await store.write((tx) => put(tx, 'a'))
    expect(await kept()).toEqual(['a'])
    expect(await kept(other)).toEqual(['a'])
    await other.close()
  })

  test('inputs that arrive together are taken together, each with its own answer', async () => {
    const sizes: number[] = []
    const gathered = store.gather(async (tx, inputs: readonly string[]) => {
      sizes.push(inputs.length)
      for (const id of inputs) await put(tx, id)
      return inputs.map((id) => id.toUpperCase())
    })
    const ids = Array.from({ length: 20 }, (_, index) => String.fromCharCode(97 + index))
    expect(await Promise.all(ids.map(gathered))).toEqual(ids.map((id) => id.toUpperCase()))
    expect(sizes.length).toBeLessThan(ids.length)
    expect(await kept()).toEqual(ids)
  })

  test('one bad input among many fails alone', async () => {
    const gathered = store.gather(async (tx, inputs: readonly string[]) => {
      for (const id of inputs) await put(tx, id)
      if (inputs.includes('c')) throw new Mistake()
      return inputs
    })
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map(gathered))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(await kept()).toEqual(['a', 'b', 'd'])
  })

  test('more at once than fit into one batch all get their answer, in the order they came', async () => {
    const sizes: number[] = []
    const order: string[] = []
    const gathered = store.gather(async (_, inputs: readonly string[]) => {
      sizes.push(inputs.length)
      order.push(...inputs)
      return inputs
    })
    const ids = Array.from({ length: 300 }, (_, index) => String(index))
    expect(await Promise.all(ids.map(gathered))).toEqual(ids)
    expect(order).toEqual(ids)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(128)
  })

  test('a store that is away is asked once for all that arrived together', async () => {
    let asked = 0
    const gathered = store.gather(async (_, inputs: readonly string[]): Promise<readonly string[]> => {
      if (inputs.length > 0) asked += 1
      throw new StoreUnavailable('away')
    })
    const results = await Promise.allSettled(['a', 'b', 'c'].map(gathered))
    expect(results.every((one) => one.status === 'rejected' && one.reason instanceof StoreUnavailable)).toBe(
      true,
    )
    expect(asked).toBe(1)
  })

  test('what is published is heard, by other processes on PostgreSQL too, until nobody listens', async () => {
    const other = await open()
    const heard = new Map<string, string[]>()
    const stop = (kind === 'postgres' ? other : store).subscribe((topic, payload) => {
      heard.set(topic, [...(heard.get(topic) ?? []), payload])
    })
    const about = (topic: string) => expect.poll(() => heard.get(topic)?.toSorted() ?? [], { timeout: 5000 })
    await expect
      .poll(() => store.publish('ready', '').then(() => heard.has('ready')), { timeout: 5000 })
      .toBe(true)
    const payloads = ['', 'one two', 'three', '{"case":"ä"}']
    await Promise.all(payloads.map((payload) => store.publish('case', payload)))
    await about('case').toEqual(payloads)
    stop()
    await store.publish('case', 'late')
    await new Promise((resolve) => setTimeout(resolve, 100))
    await about('case').toEqual(payloads)
    await other.close()
  })

  test('closing finishes the writes in hand, and then says that the store is away', async () => {
    const closing = await open()
    const writes = ['a', 'b', 'c'].map((id) => closing.write((tx) => put(tx, id)))
    await closing.close()
    await Promise.all(writes)
    expect(await kept()).toEqual(['a', 'b', 'c'])
    await expect(closing.write((tx) => put(tx, 'd'))).rejects.toThrow(StoreUnavailable)
    await expect(closing.ready()).rejects.toThrow(StoreUnavailable)
    await expect(store.ready()).resolves.toBeUndefined()
  })
})

test('on SQLite nothing is written past the transactions', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-store-'))
  const store = await openStore(undefined, folder)
  await expect(store.db.insertInto('challenge').values({ id: 'a', expires_at: 1 }).execute()).rejects.toThrow(
    /readonly|read-only/,
  )
  await store.close()
  await rm(folder, { recursive: true })
})
