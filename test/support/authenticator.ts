import {
  createHash,
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

/** The options of the server, as far as a device looks at them. */
interface Options {
  readonly challenge: string
  readonly rp?: { readonly id?: string }
  readonly rpId?: string
  readonly excludeCredentials?: readonly { readonly id: string }[]
  readonly extensions: { readonly prf: { readonly eval: { readonly first: string } } }
}

/** What a test lets a device do otherwise than an honest one. */
export interface Twist {
  /** The origin the browser says it is at. */
  readonly origin?: string
  /** Whether it asked who is there. */
  readonly verified?: boolean
  /** A counter of its own instead of the next. */
  readonly counter?: number
  /** Whether it tells its make, with a maker's certificate, though nobody asked. */
  readonly tellsMake?: boolean
}

/** A passkey in a device made of software, which speaks the real format. */
export interface Passkey {
  readonly id: string
  /** Answers a challenge. */
  assert(options: unknown, twist?: Twist): AuthenticationResponseJSON
  /** What PRF gives for the salt in the options, 32 bytes; null where the device has none. */
  prf(options: unknown): Uint8Array | null
}

/** A device that makes passkeys at an origin. */
export interface Authenticator {
  /** Throws if it holds one of the passkeys that the options exclude. */
  create(options: unknown, twist?: Twist): { passkey: Passkey; attestation: RegistrationResponseJSON }
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()

/** A device in front of somebody who is at `origin`. */
export function makeAuthenticator(origin: string, { hasPrf = true } = {}): Authenticator {
  const held = new Set<string>()
  const clientData = (type: string, options: Options, twist: Twist): Buffer =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: options.challenge,
        origin: twist.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const authData = (rpId: string, flags: number, counter: number, more: Uint8Array): Buffer => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, more])
  }

  function passkeyOf(id: string, rpId: string, key: KeyObject): Passkey {
    const secret = randomBytes(32)
    let counter = 0
    return {
      id,
      assert(given, twist = {}) {
        const options = given as Options
        counter = twist.counter ?? counter + 1
        const flags = twist.verified === false ? 0x01 : 0x05
        const data = authData(rpId, flags, counter, Buffer.alloc(0))
        const client = clientData('webauthn.get', options, twist)
        return {
          id,
          rawId: id,
          type: 'public-key',
          clientExtensionResults: {},
          response: {
            authenticatorData: base64url(data),
            clientDataJSON: base64url(client),
            signature: base64url(sign('sha256', Buffer.concat([data, sha256(client)]), key)),
          },
        }
      },
      prf: (given) =>
        hasPrf
          ? new Uint8Array(
              createHmac('sha256', secret)
                .update(Buffer.from((given as Options).extensions.prf.eval.first, 'base64url'))
                .digest(),
            )
          : null,
    }
  }

  return {
    create(given, twist = {}) {
      const options = given as Options
      if (options.excludeCredentials?.some(({ id }) => held.has(id)))
        throw new Error('This device has a passkey here already.')
      const rpId = options.rp?.id ?? ''
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const id = randomBytes(20)
      const cose = cbor(
        new Map<number, unknown>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      )
      const flags = twist.verified === false ? 0x41 : 0x45
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose])
      const data = authData(rpId, flags, 0, attested)
      const client = clientData('webauthn.create', options, twist)
      const statement = (): ReadonlyMap<string, unknown> =>
        new Map<string, unknown>([
          ['alg', -7],
          ['sig', sign('sha256', Buffer.concat([data, sha256(client)]), maker.key)],
          ['x5c', [maker.certificate]],
        ])
      const object = cbor(
        new Map<string, unknown>([
          ['fmt', twist.tellsMake ? 'packed' : 'none'],
          ['attStmt', twist.tellsMake ? statement() : new Map()],
          ['authData', data],
        ]),
      )
      held.add(base64url(id))
      return {
        passkey: passkeyOf(base64url(id), rpId, privateKey),
        attestation: {
          id: base64url(id),
          rawId: base64url(id),
          type: 'public-key',
          clientExtensionResults: {},
          response: {
            attestationObject: base64url(object),
            clientDataJSON: base64url(client),
            transports: ['internal'],
          },
        },
      }
    },
  }
}

/** A maker of devices, invented: a key, and a certificate for it such as attestations carry. */
const maker = {
  key: createPrivateKey({
    format: 'der',
    type: 'pkcs8',
    key: Buffer.from(
      'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgvAXLNIKgUMNcg1kPAn2HDqMBnIm3Rk6eSFddnzc76ByhRANCAAQh' +
        'Ezxt2IbQ1sGP5OWyUpEe4SXucm6xOniLOZWOdCBf9Rl47fS/KuE1/cSD2zk9i8XN6vF321zLjq1hzBCAYA6I',
      'base64',
    ),
  }),
  certificate: Buffer.from(
    'MIIB2zCCAYCgAwIBAgIUaNBguaHJIarMXwr5HtvB3/mZWW4wCgYIKoZIzj0EAwIwVTELMAkGA1UEBhMCVVMxEDAOBgNVBAoMB0V4' +
      'YW1wbGUxIjAgBgNVBAsMGUF1dGhlbnRpY2F0b3IgQXR0ZXN0YXRpb24xEDAOBgNVBAMMB0V4YW1wbGUwIBcNMjAwMTAxMDAwMDAw' +
      'WhgPMjEyNjEwMzAwMjQ0MjJaMFUxCzAJBgNVBAYTAlVTMRAwDgYDVQQKDAdFeGFtcGxlMSIwIAYDVQQLDBlBdXRoZW50aWNhdG9y' +
      'IEF0dGVzdGF0aW9uMRAwDgYDVQQDDAdFeGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEIRM8bdiG0NbBj+TlslKRHuEl' +
      '7nJusTp4izmVjnQgX/UZeO30vyrhNf3Eg9s5PYvFzerxd9tcy46tYcwQgGAOiKMsMCowCQYDVR0TBAIwADAdBgNVHQ4EFgQUEkcD' +
      'AQIhsC+WIwnDFsW0Pw16sikwCgYIKoZIzj0EAwIDSQAwRgIhAOzw4opNyJgfADeGMgovkO4l8D7ChAQI5oEcItI4H6ZXAiEA6nw8' +
      'eKFeHarM3TWXXoDqnMGzhjLQVwlKBWcI8gWSrJQ=',
    'base64',
  ),
}

/** As much of CBOR (RFC 8949) as an attestation needs. */
function cbor(value: unknown): Buffer {
  const head = (major: number, length: number): Buffer => {
    if (length < 24) return Buffer.from([(major << 5) | length])
    if (length < 256) return Buffer.from([(major << 5) | 24, length])
    return Buffer.from([(major << 5) | 25, length >> 8, length & 255])
  }
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)])
  if (value instanceof Map)
    return Buffer.concat([
      head(5, value.size),
      ...[...value].flatMap(([key, held]) => [cbor(key), cbor(held)]),
    ])
  throw new Error('This test does not need such a value.')
}
