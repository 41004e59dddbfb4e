import { StoreUnavailable } from './failure.ts'
import type { Deed, Tx } from './store.ts'

interface Waiting<I, O> {
  readonly input: I
  resolve(output: O): void
  reject(error: unknown): void
}

const mostAtOnce = 128

/**
 * {@link Store.gather} on top of {@link Store.write}: while one batch is being committed, the next one collects.
 */
export function gatherer<I, O>(
  write: <T>(deed: Deed<T>) => Promise<T>,
  deed: (tx: Tx, inputs: readonly I[]) => Promise<readonly O[]>,
): (input: I) => Promise<O> {
  let waiting: Waiting<I, O>[] = []
  let working = false

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostAtOnce)
      waiting = waiting.slice(mostAtOnce)
      await commit(batch)
    }
    working = false
  }

  async function commit(batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const outputs = await write((tx) =>
        deed(
          tx,
          batch.map(({ input }) => input),
        ),
      )
      batch.forEach(({ resolve }, index) => {
        resolve(outputs[index] as O)
      })
    } catch (error) {
      // A store that is away is away for each of them.
      if (batch.length === 1 || error instanceof StoreUnavailable)
        for (const { reject } of batch) reject(error)
      else for (const one of batch) await commit([one])
    }
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject })
      if (working) return
      working = true
      // Requests parsed in the same turn of the loop join the first batch.
      setImmediate(work)
    })
}
