import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Refusal, Refused } from '../casework/refused.ts'
import { BodyError } from '../procedure/records.ts'
import { MalformedEnvelope } from '../sealing/envelope.ts'
import { StoreUnavailable } from '../store/failure.ts'
import { problemWords } from '../words/problems.ts'

const statuses: Record<Refusal, number> = {
  'not-found': 404,
  'not-signed-in': 401,
  'not-allowed': 403,
  'wrong-origin': 403,
  'invalid-input': 400,
  'malformed-envelope': 400,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
  'server-error': 500,
  'key-reused': 422,
  'key-missing': 400,
  'recipients-changed': 409,
  'nobody-to-read': 409,
  'out-of-order': 409,
  'case-changed': 409,
  'impossible-step': 409,
  'file-limit': 413,
  'file-incomplete': 409,
  'part-mismatch': 409,
  'link-used': 410,
  'link-expired': 410,
  'name-taken': 409,
  'address-taken': 409,
  'sign-in-failed': 401,
  'passkey-failed': 401,
  'last-unlocker': 409,
  'last-chair': 409,
  'one-unlocker': 409,
  'directory-refused': 422,
  'directory-changed': 409,
  'playbook-invalid': 422,
  'no-mail-server': 409,
  'nobody-to-alert': 409,
  'alert-taken': 409,
  'alert-ended': 409,
  'roster-changed': 409,
  'event-taken': 409,
}

/** A problem as RFC 9457 has it. `type` is documented in docs/api.md; `detail` is a sentence to act on. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly [member: string]: unknown
}

/** Turns whatever was thrown into what is refused; what nobody foresaw is a `server-error`. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error
  if (error instanceof StoreUnavailable) return new Refused('unavailable')
  if (error instanceof MalformedEnvelope) return new Refused('malformed-envelope', { reason: error.message })
  if (error instanceof BodyError)
    return new Refused('invalid-input', { field: error.field, reason: error.message })
  if (error instanceof HTTPException) {
    if (error.status === 413) return new Refused('too-large')
    if (error.status < 500) return new Refused('invalid-input', { field: '', reason: error.message })
  }
  return new Refused('server-error')
}

/** The problem a refusal is told as. */
export function problemOf({ code, values }: Refused, language = 'en'): Problem {
  const words = problemWords(code, values, language)
  return {
    type: `/docs/api#${code}`,
    title: words.title,
    status: statuses[code],
    detail: words.detail,
    ...values,
    code,
  }
}

/** Answers with a problem. */
export function answerProblem(c: Context, refused: Refused): Response {
  const problem = problemOf(refused)
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  }
  if (problem.status === 503) headers['retry-after'] = '5'
  return c.body(JSON.stringify(problem), problem.status as 400, headers)
}
