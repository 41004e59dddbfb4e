import passphraseWorker from './keys/passphrase-worker.ts?worker&url'

/** Addresses of every script that the page starts by itself. */
const ours = { passphraseWorker, serviceWorker: '/console/sw.js' }

interface ScriptPolicy {
  createScriptURL(url: string): string
}

/** The one policy that the page allows (Trusted Types): our own scripts are the only ones it lets through. */
const policy: ScriptPolicy = (
  globalThis as { trustedTypes?: { createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy } }
).trustedTypes?.createPolicy('bellwether', {
  createScriptURL(url) {
    if (!Object.values(ours).includes(url)) throw new TypeError('This script is not ours.')
    return url
  },
}) ?? { createScriptURL: (url) => url }

/** The address of a script of ours, as the browser takes it. */
export const scriptAddress = (script: keyof typeof ours): string => policy.createScriptURL(ours[script])
