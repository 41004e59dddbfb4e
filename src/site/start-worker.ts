import { trustedScript } from './trusted-script.ts'

/**
 * Starts one of our own workers.
 *
 * @param address - of the worker's bundle, as the build gives it.
 */
export const startWorker = (address: string): Worker => new Worker(trustedScript(address), { type: 'module' })
