/** The device's own store, IndexedDB, for what waits there. */

const name = 'bellwether-kept'
const stores = ['lines', 'bodies', 'keys', 'known'] as const
/** `lines`: what waits, without what is in it; `bodies`: that; `keys`: what they are wrapped with; `known`: public keys. */
type StoreName = (typeof stores)[number]

/**
 * Does something in one transaction.
 *
 * @throws where the browser has no such store (private windows of some), or it is full.
 */
export function onDevice<T>(
  within: readonly StoreName[],
  mode: IDBTransactionMode,
  use: (store: (name: StoreName) => IDBObjectStore) => IDBRequest,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1)
    opening.onupgradeneeded = () => {
      for (const store of stores) opening.result.createObjectStore(store)
    }
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const transaction = database.transaction([...within], mode, { durability: 'strict' })
      const request = use((store) => transaction.objectStore(store))
      transaction.oncomplete = () => {
        database.close()
        resolve(request.result as T)
      }
      transaction.onerror = transaction.onabort = () => {
        database.close()
        reject(transaction.error)
      }
    }
  })
}

/** Remembers something public under a name, if the browser keeps anything. */
export const remember = (key: string, value: unknown): Promise<void> =>
  onDevice<unknown>(['known'], 'readwrite', (store) => store('known').put(value, key)).then(
    () => {},
    () => {},
  )

/** What was remembered under a name; undefined where nothing was. */
export const recall = (key: string): Promise<unknown> =>
  onDevice<unknown>(['known'], 'readonly', (store) => store('known').get(key)).catch(() => undefined)

/**
 * Removes all that is kept on this device, keys included.
 *
 * @returns false where something still waits to be sent: then nothing is removed.
 */
export async function forgetDevice(): Promise<boolean> {
  // Browsers without a store of their own keep nothing.
  if (!('indexedDB' in globalThis)) return true
  const lines = await onDevice<{ state: string }[]>(['lines'], 'readonly', (store) =>
    store('lines').getAll(),
  ).catch(() => [])
  if (lines.some(({ state }) => state === 'waiting')) return false
  await new Promise<void>((resolve, reject) => {
    const removing = indexedDB.deleteDatabase(name)
    removing.onsuccess = () => resolve()
    removing.onerror = removing.onblocked = () => reject(removing.error)
  })
  return true
}
