import { randomBytes, timingSafeEqual } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import { toBase64Url } from '../sealing/bytes.ts'
import { prfInput } from '../sealing/unlocker.ts'
import type { UnlockerTable } from '../store/schema.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** Where the passkeys belong: the origin in people's address bar. */
export interface Place {
  origin(): string
}

/** A challenge waiting for its answer. The server keeps nothing of it until it is answered. */
export interface Challenge {
  readonly id: string
  readonly expiresAt: number
}

const challengeLife = 5 * 60 * 1000

/** EdDSA, ES256, RS256: what every device and every server that shares the store can do. */
const algorithms = [-8, -7, -257]

const hostOf = ({ origin }: Place): string => new URL(origin()).hostname

/**
 * The salt for the PRF extension in the options' JSON form: base64url, as WebAuthn's own
 * `parseCreationOptionsFromJSON` takes it. A browser without that must turn `prf.eval.first` into bytes itself.
 * What comes out of PRF opens the keyring and stays in the browser.
 */
export interface WithPrf {
  readonly extensions: { readonly prf: { readonly eval: { readonly first: string } } }
}

const prf = () => ({ prf: { eval: { first: toBase64Url(prfInput()) } } })

/** A new challenge: 16 random bytes and its end, vouched for by the server's key, so that it need not be kept. */
function newChallenge({ clock, serverKey }: Office): Challenge & { readonly bytes: Uint8Array<ArrayBuffer> } {
  const expiresAt = clock.now() + challengeLife
  const bytes = Buffer.alloc(38)
  randomBytes(16).copy(bytes)
  bytes.writeUIntBE(expiresAt, 16, 6)
  mark(serverKey, bytes).copy(bytes, 22)
  return { id: bytes.toString('base64url'), expiresAt, bytes: new Uint8Array(bytes) }
}

const mark = (serverKey: Office['serverKey'], bytes: Buffer): Buffer =>
  Buffer.from(serverKey.disguise(`passkey-challenge ${bytes.toString('hex', 0, 22)}`), 'hex').subarray(0, 16)

/** A challenge of ours that is still good, by its id. Throws `passkey-failed` otherwise. */
function challengeOf({ clock, serverKey }: Office, id: string): Challenge {
  const bytes = Buffer.from(id, 'base64url')
  if (bytes.length !== 38 || bytes.toString('base64url') !== id) throw new Refused('passkey-failed')
  const expiresAt = bytes.readUIntBE(16, 6)
  if (!timingSafeEqual(mark(serverKey, bytes), bytes.subarray(22)) || expiresAt <= clock.now())
    throw new Refused('passkey-failed')
  return { id, expiresAt }
}

/**
 * What a browser needs to make a passkey: discoverable, with verification of the person, and with PRF if it can.
 *
 * @param known - passkeys the person has already, so that one device is not asked twice.
 */
export async function creationOptions(
  office: Office,
  place: Place,
  person: { readonly name: string; readonly email: string },
  known: readonly Pick<UnlockerTable, 'credential_id' | 'transports'>[],
): Promise<{ challenge: string; options: PublicKeyCredentialCreationOptionsJSON & WithPrf }> {
  const { id, bytes } = newChallenge(office)
  const options = await generateRegistrationOptions({
    rpName: 'Bellwether',
    rpID: hostOf(place),
    userName: person.email,
    userDisplayName: person.name,
    challenge: bytes,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout: challengeLife,
    excludeCredentials: known.flatMap(({ credential_id, transports }) =>
      credential_id === null ? [] : [{ id: credential_id, transports: transportsOf(transports) }],
    ),
  })
  return { challenge: id, options: { ...options, extensions: { credProps: true, ...prf() } as never } }
}

/** What a browser needs to sign in with whichever passkey the person picks, which unlocks in the same prompt. */
export async function requestOptions(
  office: Office,
  place: Place,
): Promise<{ challenge: string; options: PublicKeyCredentialRequestOptionsJSON & WithPrf }> {
  const { id, bytes } = newChallenge(office)
  const options = await generateAuthenticationOptions({
    rpID: hostOf(place),
    challenge: bytes,
    userVerification: 'required',
    timeout: challengeLife,
  })
  return { challenge: id, options: { ...options, extensions: prf() as never } }
}

/** A passkey as it is kept. */
export type Passkey = Pick<UnlockerTable, 'credential_id' | 'public_key' | 'counter' | 'transports'>

/**
 * Checks a new passkey.
 *
 * @returns it, and the challenge to be spent in the transaction that keeps it.
 * @throws {Refused} `passkey-failed`.
 */
export async function checkNewPasskey(
  office: Office,
  place: Place,
  challengeId: string,
  attestation: RegistrationResponseJSON,
): Promise<{ passkey: Passkey; challenge: Challenge }> {
  const challenge = challengeOf(office, challengeId)
  const verified = await verifyRegistrationResponse({
    response: withoutCertificates(attestation),
    expectedChallenge: challenge.id,
    expectedOrigin: place.origin(),
    expectedRPID: hostOf(place),
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(refuse)
  if (!verified.verified) throw new Refused('passkey-failed')
  const { id, publicKey, counter, transports } = verified.registrationInfo.credential
  return {
    passkey: {
      credential_id: id,
      public_key: publicKey,
      counter,
      transports: transports ? JSON.stringify(transports) : null,
    },
    challenge,
  }
}

/**
 * Checks the answer of a passkey to a challenge.
 *
 * @returns its new counter, and the challenge to be spent in the transaction that signs in.
 * @throws {Refused} `passkey-failed`, also where its counter went back: then it was copied.
 */
export async function checkAssertion(
  office: Office,
  place: Place,
  challengeId: string,
  assertion: AuthenticationResponseJSON,
  passkey: Passkey,
): Promise<{ counter: number; challenge: Challenge }> {
  const challenge = challengeOf(office, challengeId)
  const verified = await verifyAuthenticationResponse({
    response: assertion,
    expectedChallenge: challenge.id,
    expectedOrigin: place.origin(),
    expectedRPID: hostOf(place),
    requireUserVerification: true,
    credential: {
      id: passkey.credential_id as string,
      publicKey: new Uint8Array(passkey.public_key as Uint8Array),
      counter: passkey.counter,
      transports: transportsOf(passkey.transports),
    },
  }).catch(refuse)
  if (!verified.verified) throw new Refused('passkey-failed')
  return { counter: verified.authenticationInfo.newCounter, challenge }
}

const refuse = (): never => {
  throw new Refused('passkey-failed')
}

const transportsOf = (json: string | null): string[] => (json === null ? [] : JSON.parse(json))

/**
 * Lets through what is asked for: no attestation, or one by the new key itself. Any other tells what make of device
 * somebody has, which is nobody's business, and checking it may ask that maker's servers.
 */
function withoutCertificates(attestation: RegistrationResponseJSON): RegistrationResponseJSON {
  try {
    const object = Buffer.from(attestation.response.attestationObject, 'base64url')
    const decoded = decodeAttestationObject(new Uint8Array(object))
    const format = decoded.get('fmt')
    if (format === 'none') return attestation
    if (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined) return attestation
  } catch {
    // Refused below.
  }
  throw new Refused('passkey-failed')
}
