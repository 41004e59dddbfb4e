import { lookup as resolve } from 'node:dns'
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { Outcome } from './mail.ts'

/** A request to an address that a member or a chair gave us. */
export interface Outgoing {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** What came back: the status and how long to wait, never what was said. */
export interface Answered {
  readonly status: number
  /** Milliseconds the server asks us to wait; null: it says nothing. */
  readonly retryAfter: number | null
}

/** Hands over requests to servers that others chose. */
export interface Courier {
  /**
   * Sends a request. Redirects are not followed, and of the answer only the head is read.
   *
   * @throws {NotAllowed} before anything is sent, where the address is not one we call.
   * @throws if there is no answer in time.
   */
  post(request: Outgoing): Promise<Answered>
  close(): void
}

/** An address that is not called: not https, or within the operator's own network. */
class NotAllowed extends Error {
  override name = 'NotAllowed'
}

/** How long an answer may take, milliseconds. */
const patience = 10_000

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** What is not the public internet: an address of our own network must not be reached through us. */
const closed = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(network, prefix)
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  closed.addSubnet(network, prefix, 'ipv6')

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Whether a network address is not of the public internet. */
export const isPrivate = (address: string): boolean => closed.check(address, family(address))

/**
 * Makes a courier.
 *
 * @param reachPrivate - whether addresses of the operator's own network may be called; without encryption only the
 * machine itself.
 */
export function openCourier(reachPrivate: boolean, timeout = patience): Courier {
  // The address is checked where the connection is made, so that a name cannot point elsewhere a moment later.
  const lookup: LookupFunction = (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, [])
      if (!reachPrivate && found.some(({ address }) => isPrivate(address))) return done(new NotAllowed(), [])
      const [first] = found
      if (options.all) done(null, found)
      else done(null, first?.address ?? '', first?.family)
    })
  }
  const settings = { keepAlive: true, maxSockets: 8, lookup }
  const agents = { 'http:': new HttpAgent(settings), 'https:': new HttpsAgent(settings) }

  return {
    async post({ url, headers, body }) {
      const target = new URL(url)
      const host = target.hostname.replace(/^\[|\]$/g, '')
      const isHere = host === 'localhost' || (isIP(host) !== 0 && loopback.check(host, family(host)))
      if (target.protocol !== 'https:' && !(target.protocol === 'http:' && isHere && reachPrivate))
        throw new NotAllowed()
      if (!reachPrivate && (isHere || (isIP(host) !== 0 && isPrivate(host)))) throw new NotAllowed()
      const protocol = target.protocol as 'http:' | 'https:'
      const make = protocol === 'https:' ? httpsRequest : httpRequest
      return new Promise((resolve, reject) => {
        const request = make(
          target,
          {
            method: 'POST',
            agent: agents[protocol],
            signal: AbortSignal.timeout(timeout),
            headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
          },
          (answer) => {
            answer.on('error', () => {})
            answer.resume()
            resolve({
              status: answer.statusCode ?? 0,
              retryAfter: retryAfterOf(answer.headers['retry-after'], answer.headers.date),
            })
          },
        )
        request.on('error', reject)
        request.end(body)
      })
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

const mostPatience = 3_600_000

/** `Retry-After` in milliseconds, of both its forms: seconds, or a date beside the answer's own. At most an hour. */
function retryAfterOf(header: string | undefined, date: string | undefined): number | null {
  if (header === undefined) return null
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.parse(date ?? '')) / 1000
  return Number.isNaN(seconds) ? null : Math.min(Math.max(seconds * 1000, 0), mostPatience)
}

/**
 * Sends a request and says how it ended.
 *
 * @param gone - statuses by which this kind of server says that the address is no more.
 */
export async function deliver(
  courier: Courier,
  request: Outgoing,
  gone: readonly number[] = [],
): Promise<Outcome> {
  let answered: Answered
  try {
    answered = await courier.post(request)
  } catch (error) {
    return error instanceof NotAllowed
      ? { ok: false, again: false, failure: 'private' }
      : { ok: false, again: true, failure: 'connection' }
  }
  const { status, retryAfter } = answered
  if (status >= 200 && status < 300) return { ok: true }
  if (gone.includes(status)) return { ok: false, again: false, failure: 'gone' }
  const after = retryAfter === null ? {} : { after: retryAfter }
  if (status === 429 || status === 408 || status >= 500)
    return { ok: false, again: true, failure: 'busy', ...after }
  if (status === 401 || status === 403) return { ok: false, again: false, failure: 'sign-in' }
  return { ok: false, again: false, failure: 'refused' }
}
