import { createHash, createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { Clock } from '../casework/office.ts'
import { Refused } from '../casework/refused.ts'
import { workIsDone } from '../sealing/work.ts'
import type { Env } from './guard.ts'

const minute = 60_000
const challengeLife = 10 * minute
const difficulty = 17

/** Alerts from one place in a minute, by whichever way: a whole conference may be behind one address. */
export const mostAlerts = 60

export interface Limiter {
  /**
   * Lets `most` requests a minute through from one place. Beyond that a request passes all the same with a proof
   * of work (`Proof-Of-Work: challenge:nonce`), so that nobody honest is ever locked out, even behind the one
   * address of a whole conference; without it, it is refused with a challenge.
   */
  limit(name: string, most: number): MiddlewareHandler<Env>
  /** Counts a request and says whether it is within the limit: for a page, which can ask for no proof but for patience. */
  admits(c: Context, name: string, most: number): boolean
}

/**
 * Counts requests by place. A place is a keyed hash of the address, kept in memory for a minute with a key that
 * is never stored, so that no address can be found again.
 */
export function makeLimiter(clock: Clock, trustProxy: boolean): Limiter {
  const secret = randomBytes(32)
  let counts = new Map<string, number>()
  let window = 0
  const spent = new Map<string, number>()

  const placeOf = (c: Context): string => {
    const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
    return hash('sha256', `${secret.toString('hex')} ${forwarded ?? remoteAddress(c)}`, 'base64')
  }
  const seal = (text: string): string =>
    createHmac('sha256', secret).update(`challenge ${text}`).digest('base64url')
  const challenge = (): string => {
    const text = `${randomBytes(12).toString('base64url')}.${clock.now() + challengeLife}`
    return `${text}.${seal(text)}`
  }
  const proved = (header: string | undefined): boolean => {
    const [given = '', nonce = ''] = header?.split(':') ?? []
    const [random = '', expiry = '', mark = ''] = given.split('.')
    const expected = Buffer.from(seal(`${random}.${expiry}`))
    const found = Buffer.from(mark)
    if (expected.length !== found.length || !timingSafeEqual(expected, found)) return false
    if (Number(expiry) < clock.now() || spent.has(random)) return false
    if (!workIsDone(createHash('sha256').update(`${given}:${nonce}`).digest(), difficulty)) return false
    for (const [old, until] of spent) if (until < clock.now()) spent.delete(old)
    spent.set(random, Number(expiry))
    return true
  }

  const admits: Limiter['admits'] = (c, name, most) => {
    const current = Math.floor(performance.now() / minute)
    if (current !== window) {
      window = current
      counts = new Map()
    }
    const key = `${name} ${placeOf(c)}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count <= most
  }

  return {
    admits,
    limit: (name, most) => async (c, next) => {
      if (!admits(c, name, most) && !proved(c.req.header('proof-of-work')))
        throw new Refused('too-many', { challenge: challenge(), difficulty })
      await next()
    },
  }
}

function remoteAddress(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    return ''
  }
}
