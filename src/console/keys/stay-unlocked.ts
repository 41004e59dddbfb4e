import { fromBase64, fromUtf8, toBase64, utf8 } from '../../sealing/bytes.ts'
import type { HeldKeys } from './held.ts'

/** How long a device stays unlocked once somebody has chosen that, milliseconds. */
const stayUnlockedFor = 8 * 60 * 60 * 1000

/** A keyring as a device keeps it: sealed with a key that the browser uses but never gives out. */
export interface KeptKeys {
  readonly account: string
  readonly key: CryptoKey
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly sealed: ArrayBuffer
  /** Epoch milliseconds, by the device's clock. */
  readonly until: number
}

/** Seals a keyring for this device until an instant, with a new key that cannot be taken out of the browser. */
export async function keepKeys({ account, keyring }: HeldKeys, until: number): Promise<KeptKeys> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const text = JSON.stringify({ identity: keyring.identity, signingSeed: toBase64(keyring.signingSeed) })
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: bound(account, until) },
    key,
    utf8(text) as Uint8Array<ArrayBuffer>,
  )
  return { account, key, nonce, sealed, until }
}

/** Opens what a device kept. Throws if it was changed in any way, its end and its owner included. */
export async function openKept({ account, key, nonce, sealed, until }: KeptKeys): Promise<HeldKeys> {
  const bytes = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: bound(account, until) },
    key,
    sealed,
  )
  const { identity, signingSeed } = JSON.parse(fromUtf8(new Uint8Array(bytes)))
  return { account, keyring: { identity, signingSeed: fromBase64(signingSeed) } }
}

const bound = (account: string, until: number): Uint8Array<ArrayBuffer> =>
  utf8(JSON.stringify([account, until])) as Uint8Array<ArrayBuffer>

/** What a device keeps. At most one keyring; an expired one is removed when it is met. */
export interface Device {
  /** Keeps a keyring until {@link stayUnlockedFor} from now. */
  stayUnlocked(held: HeldKeys): Promise<void>
  /** The account's keyring if this device keeps it and its time has not passed. */
  unlocked(account: string): Promise<HeldKeys | null>
  /** Until when this device stays unlocked, or null. */
  until(): Promise<number | null>
  forget(): Promise<void>
}

/**
 * The device's own store, IndexedDB. Where a browser has none (private windows of some), nothing is kept and
 * nothing fails: the keyring is in memory only, as without the choice.
 */
export function makeDevice(now: () => number): Device {
  const device: Device = {
    async stayUnlocked(held) {
      const kept = await keepKeys(held, now() + stayUnlockedFor)
      await inStore('readwrite', (store) => store.put(kept, 'keys')).catch(() => {})
    },
    async unlocked(account) {
      const kept = await readKept()
      if (!kept) return null
      if (kept.until > now() && kept.account === account) return openKept(kept).catch(() => null)
      await device.forget()
      return null
    },
    async until() {
      const kept = await readKept()
      if (!kept) return null
      if (kept.until > now()) return kept.until
      await device.forget()
      return null
    },
    async forget() {
      await inStore('readwrite', (store) => store.delete('keys')).catch(() => {})
    },
  }
  return device
}

const readKept = (): Promise<KeptKeys | null> =>
  inStore<KeptKeys | undefined>('readonly', (store) => store.get('keys')).then(
    (kept) => kept ?? null,
    () => null,
  )

function inStore<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('bellwether', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('device')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const transaction = database.transaction('device', mode)
      const request = use(transaction.objectStore('device'))
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
