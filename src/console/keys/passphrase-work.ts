import type { PassphraseCost, Unlocker } from '../../sealing/unlocker.ts'

/** What the worker is asked, and what it answers. */
export interface PassphraseTask {
  readonly passphrase: string
  readonly cost: PassphraseCost
}
export type PassphraseAnswer =
  | { readonly done: number }
  | { readonly unlocker: Unlocker }
  | { readonly failed: string }

/**
 * Works out the unlocker of a passphrase, slowly by intention, away from the page.
 *
 * @param start - starts a worker that runs passphrase-worker.ts.
 * @param onProgress - told how much is done, from 0 to 1.
 * @throws if the cost is not one that Argon2id takes.
 */
export function workOutPassphrase(
  start: () => Worker,
  task: PassphraseTask,
  onProgress: (done: number) => void,
): Promise<Unlocker> {
  return new Promise((resolve, reject) => {
    const worker = start()
    worker.onmessage = ({ data }: MessageEvent<PassphraseAnswer>) => {
      if ('done' in data) return onProgress(data.done)
      worker.terminate()
      if ('unlocker' in data) resolve(data.unlocker)
      else reject(new Error(data.failed))
    }
    worker.onerror = () => {
      worker.terminate()
      reject(new Error('The passphrase could not be worked on.'))
    }
    worker.postMessage(task)
  })
}
