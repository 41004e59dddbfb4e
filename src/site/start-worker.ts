/** As much of Trusted Types as is needed here; browsers without it need none of it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): {
    createScriptURL(address: string): string
  }
}

/**
 * Starts one of our own workers. The pages' policy lets nothing become a script that did not pass here.
 *
 * @param address - of the worker's bundle, as the build gives it.
 */
export function startWorker(address: string): Worker {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  const createScriptURL = (given: string): string => {
    const { origin, pathname } = new URL(given, location.origin)
    if (origin !== location.origin || !pathname.startsWith('/assets/'))
      throw new TypeError('Not a worker of ours.')
    return pathname
  }
  const policy = trustedTypes?.createPolicy('bellwether', { createScriptURL })
  return new Worker((policy ?? { createScriptURL }).createScriptURL(address), { type: 'module' })
}
