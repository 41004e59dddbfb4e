import { scriptAddress } from '../scripts.ts'

/** Starts a worker that runs passphrase-worker.ts. */
export const startPassphraseWorker = (): Worker =>
  new Worker(scriptAddress('passphraseWorker'), { type: 'module' })
