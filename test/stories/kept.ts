import type { Page } from '@playwright/test'

/** Everything that this browser keeps in IndexedDB for the origin, as text: what could be read in it. */
export const keptIn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const all: unknown[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      for (const store of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve, reject) => {
          const request = database.transaction(store).objectStore(store).getAll()
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
        all.push(name, store, rows)
      }
      database.close()
    }
    const seen = (_: string, value: unknown): unknown => {
      if (value instanceof ArrayBuffer) return `bytes ${new TextDecoder('latin1').decode(value)}`
      if (value instanceof Uint8Array) return `bytes ${new TextDecoder('latin1').decode(value)}`
      return value
    }
    return JSON.stringify(all, seen)
  })
