import address from './passphrase-worker.ts?worker&url'

interface ScriptPolicy {
  createScriptURL(url: string): string
}

/** The one policy that the page allows (Trusted Types): our own worker is the only script it lets through. */
const policy: ScriptPolicy = (
  globalThis as { trustedTypes?: { createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy } }
).trustedTypes?.createPolicy('bellwether', {
  createScriptURL(url) {
    if (url !== address) throw new TypeError('This script is not ours.')
    return url
  },
}) ?? { createScriptURL: (url) => url }

/** Starts a worker that runs passphrase-worker.ts. */
export const startPassphraseWorker = (): Worker =>
  new Worker(policy.createScriptURL(address), { type: 'module' })
