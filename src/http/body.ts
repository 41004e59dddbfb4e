import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refused } from '../casework/refused.ts'
import type { Env } from './guard.ts'

/**
 * Refuses bodies that are too large (`too-large`): unread where their length is announced, and otherwise as soon as
 * they have grown too long.
 *
 * @param most - the most bytes, by path.
 */
export function limitBody(most: (path: string) => number): MiddlewareHandler<Env> {
  const tooLarge = (): never => {
    throw new Refused('too-large')
  }
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const maxSize = most(c.req.path)
    const announced = c.req.header('content-length')
    // Node reads no more than was announced. To count it here would turn it into a web stream first, which costs
    // more than everything else that HTTP does for a report.
    if (announced === undefined || c.req.header('transfer-encoding') !== undefined)
      return bodyLimit({ maxSize, onError: tooLarge })(c, next)
    if (Number(announced) > maxSize) tooLarge()
    return next()
  }
}
