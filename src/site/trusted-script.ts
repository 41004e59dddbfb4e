/** As much of Trusted Types as is needed here; browsers without it need none of it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): {
    createScriptURL(address: string): string
  }
}

const ours = {
  createScriptURL: (given: string): string => {
    const { origin, pathname } = new URL(given, location.origin)
    if (origin !== location.origin || !(pathname === '/sw.js' || pathname.startsWith('/assets/')))
      throw new TypeError('Not a script of ours.')
    return pathname
  },
}
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
const policy = trustedTypes?.createPolicy('bellwether', ours) ?? ours

/**
 * The address of one of our own scripts as the browser trusts it. The pages' policy lets nothing become a script that
 * did not pass here.
 *
 * @throws TypeError for any other address.
 */
export const trustedScript = (address: string): string => policy.createScriptURL(address)
