import { onDevice } from './device.ts'
import { unwrap, type Wrapped, wrap } from './wrap.ts'

/** What waits on this device, without what is in it: all that its writer still sees of it (B6). */
export interface KeptLine {
  /** Its idempotency key too. */
  readonly id: string
  /** Whose it is: the public pages of a community, or an account of the console. */
  readonly desk: string
  /** What it is, in the words of its desk. */
  readonly what: string
  /** Epoch milliseconds. */
  readonly keptAt: number
  readonly state: 'waiting' | 'sending' | 'sent' | 'refused'
  /** False: the browser keeps nothing, and it is gone when the page is closed. */
  readonly isSafe: boolean
}

/** A sealed request, ready to be sent as it is. */
export interface Sealed {
  readonly id: string
  readonly what: string
  readonly path: string
  /** JSON. */
  readonly body: string
}

/** How handing one over ended; `later`: nobody answered, or nobody who could say whether it was taken. */
export type Delivered = 'sent' | 'refused' | 'later'

/** What waits at one desk, and goes out by itself. */
export interface Keeper {
  /** Keeps a request until it is delivered. Resolves once it is safe, as far as the browser lets it be. */
  keep(sealed: Sealed): Promise<void>
  /** Tries to deliver everything that waits. Several windows follow one another. */
  send(): Promise<void>
  lines(): Promise<KeptLine[]>
  /** Removes a line that is settled. */
  forget(id: string): Promise<void>
}

type Row = Omit<KeptLine, 'isSafe'> & { readonly path: string; readonly settledAt: number | null }

const day = 24 * 60 * 60_000
const lockName = 'bellwether-kept'

/**
 * Opens what waits at a desk.
 *
 * @param deliver - sends one request; the id is its idempotency key, so that sending it twice is one deed.
 * @param changed - called whenever {@link Keeper.lines} may have changed, here or in another window.
 */
export function openKeeper(
  desk: string,
  deliver: (sealed: Sealed) => Promise<Delivered>,
  changed: () => void,
  now: () => number,
): Keeper {
  /** For browsers that keep nothing. */
  const inMemory = new Map<string, { row: Row; body: string }>()
  let inHand: string | null = null
  let sending: Promise<void> | null = null
  const windows = new BroadcastChannel('bellwether-kept')
  windows.onmessage = changed
  const tell = (): void => {
    windows.postMessage(desk)
    changed()
  }

  async function rows(): Promise<Row[]> {
    const kept = await onDevice<Row[]>(['lines'], 'readonly', (store) => store('lines').getAll()).catch(
      () => [],
    )
    const all = [...kept, ...[...inMemory.values()].map(({ row }) => row)]
    return all.filter((row) => row.desk === desk).sort((a, b) => a.keptAt - b.keptAt)
  }

  async function settle(row: Row, state: 'sent' | 'refused'): Promise<void> {
    const settled: Row = { ...row, state, settledAt: now() }
    const held = inMemory.get(row.id)
    if (held) inMemory.set(row.id, { row: settled, body: '' })
    else
      await onDevice(['lines', 'bodies'], 'readwrite', (store) => {
        store('bodies').delete(row.id)
        return store('lines').put(settled, row.id)
      })
  }

  async function bodyOf({ id }: Row): Promise<string | null> {
    const held = inMemory.get(id)
    if (held) return held.body
    const wrapped = await onDevice<Wrapped | undefined>(['bodies'], 'readonly', (store) =>
      store('bodies').get(id),
    )
    return wrapped ? unwrap(wrapped) : null
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      // Read again each time: another window may have sent it meanwhile.
      const row = (await rows()).find(({ state }) => state === 'waiting')
      if (!row) return
      const body = await bodyOf(row).catch(() => null)
      inHand = row.id
      tell()
      const { id, what, path } = row
      const ended =
        body === null ? 'refused' : await deliver({ id, what, path, body }).catch(() => 'later' as const)
      inHand = null
      if (ended === 'later') return tell()
      await settle(row, ended)
      tell()
    }
  }

  return {
    async keep({ id, what, path, body }) {
      const row: Row = { id, desk, what, path, keptAt: now(), state: 'waiting', settledAt: null }
      try {
        const wrapped = await wrap(body)
        await onDevice(['lines', 'bodies'], 'readwrite', (store) => {
          store('bodies').put(wrapped, id)
          return store('lines').put(row, id)
        })
      } catch {
        inMemory.set(id, { row, body })
      }
      tell()
    },
    send() {
      sending ??= ('locks' in navigator ? navigator.locks.request(lockName, sendAll) : sendAll()).finally(
        () => {
          sending = null
        },
      )
      return sending
    },
    async lines() {
      const all = await rows()
      const old = all.filter(
        ({ settledAt, state }) => state === 'sent' && settledAt !== null && settledAt < now() - day,
      )
      for (const { id } of old) await this.forget(id)
      return all
        .filter((row) => !old.includes(row))
        .map(({ id, what, keptAt, state }) => ({
          id,
          desk,
          what,
          keptAt,
          state: id === inHand ? 'sending' : state,
          isSafe: !inMemory.has(id),
        }))
    },
    async forget(id) {
      inMemory.delete(id)
      await onDevice(['lines', 'bodies'], 'readwrite', (store) => {
        store('bodies').delete(id)
        return store('lines').delete(id)
      }).catch(() => {})
      tell()
    },
  }
}

/** How often what waits is tried again while a page is open, milliseconds. */
const tryEvery = 20_000

/**
 * Sends what waits now, whenever the connection comes back or the page is looked at again, and now and then.
 *
 * @returns how to stop.
 */
export function sendByItself(keeper: Keeper): () => void {
  const go = (): void => void keeper.send().catch(() => {})
  const look = async (): Promise<void> => {
    if ((await keeper.lines()).some(({ state }) => state === 'waiting')) go()
  }
  go()
  const timer = setInterval(() => void look(), tryEvery)
  addEventListener('online', go)
  globalThis.document?.addEventListener('visibilitychange', go)
  return () => {
    clearInterval(timer)
    removeEventListener('online', go)
    globalThis.document?.removeEventListener('visibilitychange', go)
  }
}
