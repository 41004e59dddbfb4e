import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { randomBytes, toBase64Url } from '../../sealing/bytes.ts'
import { prfInput } from '../../sealing/unlocker.ts'

export type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON }

/** A passkey's answer. The PRF result unlocks and never leaves the browser; null: this device gives none. */
export interface PasskeyAssertion {
  readonly assertion: AuthenticationResponseJSON
  readonly prf: Uint8Array | null
}

export interface NewPasskey {
  readonly attestation: RegistrationResponseJSON
  readonly prf: Uint8Array | null
}

/** Whether the browser can use passkeys at all. */
export const passkeysWork = (): boolean => typeof globalThis.PublicKeyCredential === 'function'

/** The browser's extension input: bytes, which JSON options cannot carry. */
const withPrf = <T extends { extensions?: object }>(options: T): T => ({
  ...options,
  extensions: { ...options.extensions, prf: { eval: { first: prfInput() } } },
})

/** The PRF result in what the browser answered: 32 bytes, or null. */
export function prfResult(extensions: object): Uint8Array | null {
  const { prf } = extensions as { prf?: { results?: { first?: ArrayBuffer | Uint8Array } } }
  const first = prf?.results?.first
  if (first === undefined) return null
  const bytes = new Uint8Array(first as ArrayBuffer)
  return bytes.length === 32 ? bytes : null
}

/** The answer as it may be sent: without the PRF result, which is a key. */
export function withoutPrf<T extends { clientExtensionResults: object }>(answer: T): T {
  const { prf: _, ...rest } = answer.clientExtensionResults as { prf?: unknown }
  return { ...answer, clientExtensionResults: rest }
}

/** Asks for a passkey: one prompt that signs in and, where the device can, unlocks. Throws if it is cancelled. */
export async function askPasskey(options: PublicKeyCredentialRequestOptionsJSON): Promise<PasskeyAssertion> {
  const answer = await startAuthentication({ optionsJSON: withPrf(options) })
  return { assertion: withoutPrf(answer), prf: prfResult(answer.clientExtensionResults) }
}

/**
 * Asks one of these passkeys to unlock, without the server: nobody needs the assertion, so its challenge is our own.
 *
 * @param credentialIds - base64url.
 */
export const askPasskeyToUnlock = (credentialIds: readonly string[]): Promise<PasskeyAssertion> =>
  askPasskey({
    challenge: toBase64Url(randomBytes(32)),
    allowCredentials: credentialIds.map((id) => ({ id, type: 'public-key' })),
    userVerification: 'required',
  })

/**
 * Makes a passkey. Many devices answer the PRF only when a passkey is used, not when it is made: then it is used
 * once, at once. Throws if making it is cancelled; if only the second prompt is, the passkey signs in but does not
 * unlock.
 */
export async function makePasskey(options: PublicKeyCredentialCreationOptionsJSON): Promise<NewPasskey> {
  const answer = await startRegistration({ optionsJSON: withPrf(options) })
  const { prf } = answer.clientExtensionResults as { prf?: { enabled?: boolean } }
  const result =
    prfResult(answer.clientExtensionResults) ??
    (prf?.enabled === true
      ? await askPasskeyToUnlock([answer.id]).then(
          (used) => used.prf,
          () => null,
        )
      : null)
  return { attestation: withoutPrf(answer), prf: result }
}

/** Whether the person closed the prompt, or let it time out, which browsers do not tell apart. */
export const wasCancelled = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')
