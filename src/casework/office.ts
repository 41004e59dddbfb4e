import type { Store } from '../store/store.ts'
import type { ServerKey } from './server-key.ts'

/** The one source of the present instant, in epoch milliseconds. */
export interface Clock {
  now(): number
}

/** What every deed works with. */
export interface Office {
  readonly store: Store
  readonly clock: Clock
  /** Seals what the server itself must be able to open again: addresses to notify. */
  readonly serverKey: ServerKey
  /** Whether letters reach somebody. Without a mail server they are files in a folder, and nobody is called by them (D3). */
  readonly hasMail: boolean
}
