import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a listener does with the next request. */
export type Manner = { readonly status: number; readonly headers?: Record<string, string> } | 'silence'

/** A request as it arrived. */
export interface Heard {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A server of the test's own that keeps what it is sent and answers as it is told. */
export interface Listener {
  readonly origin: string
  readonly heard: Heard[]
  behave(manner: Manner): void
  stop(): Promise<void>
}

/** Opens a listener on a free port of the loopback. */
export async function listen(check: (heard: Heard) => number = () => 200): Promise<Listener> {
  const heard: Heard[] = []
  let manner: Manner | null = null
  const server = createServer((request, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (manner === 'silence') return
      const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) }
      const { status, headers = {} } = manner ?? { status: check(one) }
      if (status < 300) heard.push(one)
      response.writeHead(status, headers).end('words of a server that nobody must keep')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    behave: (next) => {
      manner = next
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A push as the browser that it was for reads it. */
export interface ReadPush {
  readonly id: string
  readonly receipt: string
  readonly tag: string
  readonly title: string
  readonly body: string
  readonly path: string
  readonly rings: boolean
  readonly urgent: boolean
}

/**
 * A push service (RFC 8030) and a browser behind it: it refuses what has no `TTL`, is not `aes128gcm`, or is not signed
 * by the key the browser subscribed with (RFC 8292), and the browser opens what it gets (RFC 8291).
 *
 * @param applicationKey - the server's public key, as given to `pushManager.subscribe`.
 */
export async function openPushService(applicationKey: () => string) {
  const listener = await listen((heard) => statusOf(heard, listener.origin, applicationKey()))
  const keys = createECDH('prime256v1')
  keys.generateKeys()
  const auth = randomBytes(16).toString('base64url')
  return {
    ...listener,
    /** What the browser gives to its page. */
    subscription: (name = 'one') => ({
      endpoint: `${listener.origin}/push/${name}`,
      keys: { p256dh: keys.getPublicKey('base64url'), auth },
    }),
    /** Everything that arrived, opened. */
    read: (): ReadPush[] => listener.heard.map(({ body }) => JSON.parse(opened(body, keys, auth))),
  }
}

/** Opens one message of RFC 8291: a header of RFC 8188 with the sender's key in it, and one record. */
function opened(message: Buffer, keys: ECDH, auth: string): string {
  const salt = message.subarray(0, 16)
  const keyLength = message.readUInt8(20)
  const sender = message.subarray(21, 21 + keyLength)
  const record = message.subarray(21 + keyLength)
  const derived = (secret: Uint8Array, with_: Uint8Array, info: Uint8Array | string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, with_, info, length))
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender])
  const shared = derived(keys.computeSecret(sender), Buffer.from(auth, 'base64url'), info, 32)
  const key = derived(shared, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = derived(shared, salt, 'Content-Encoding: nonce\0', 12)
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
  // After the text comes 2, for the last record, and zeros.
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8')
}

function statusOf({ headers }: Heard, origin: string, applicationKey: string): number {
  if (!/^\d+$/.test(String(headers.ttl)) || headers['content-encoding'] !== 'aes128gcm') return 400
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? '') ?? []
  if (key !== applicationKey) return 403
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  const { aud, exp, sub } = read(claims)
  const inADay = Date.now() / 1000 + 24 * 3600 + 60
  const isRight =
    read(head).alg === 'ES256' && aud === origin && exp < inADay && /^(mailto:|https:)/.test(String(sub))
  return isSigned && isRight ? 201 : 403
}
