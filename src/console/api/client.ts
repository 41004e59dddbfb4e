import type { ProblemCode } from '../../words/problems.ts'

/** A problem the server answered with (RFC 9457). Its sentence comes from words/problems.ts, by `code`. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ProblemCode
  readonly status: number
  /** What the sentence shows, and what a caller can act on. */
  readonly values: Readonly<Record<string, string | number>>
  constructor(code: ProblemCode, status: number, values: Readonly<Record<string, string | number>>) {
    super(code)
    this.code = code
    this.status = status
    this.values = values
  }
}

/** The request did not reach the server, or its answer did not come back. */
export class NoConnection extends Error {
  override name = 'NoConnection'
}

/** Whether trying the same request again may help: no connection, or the server is not able to for now. */
export const mayWorkLater = (error: unknown): boolean =>
  error instanceof NoConnection || (error instanceof Problem && error.status >= 500)

export interface SendOptions {
  /** Idempotency key: the same key and body are one deed, however often they are sent. */
  readonly key?: string
  /** `Setup …`; signed-in requests carry the session's cookie instead. */
  readonly authorization?: string
}

/** The API under `/api/v1`. Every method throws {@link Problem} or {@link NoConnection}. */
export interface Api {
  get<T>(path: string): Promise<T>
  send<T = undefined>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    options?: SendOptions,
  ): Promise<T>
  /** Sealed bytes as they arrive. */
  stream(path: string): Promise<ReadableStream<Uint8Array>>
}

/** How long an answer may take, milliseconds. Files take as long as they take. */
const patience = 30_000

/**
 * The API of a server.
 *
 * @param send - the browser's `fetch`.
 * @param onSignedOut - called when an answer says that nobody is signed in any more.
 */
export function makeApi(send: typeof fetch, onSignedOut: () => void): Api {
  const request = async (path: string, given: RequestInit): Promise<Response> => {
    const init: RequestInit = { ...given, cache: 'no-store', credentials: 'same-origin' }
    const answer = await send(`/api/v1${path}`, init).catch(() => {
      throw new NoConnection()
    })
    if (answer.ok) return answer
    const problem = await problemOf(answer)
    if (problem.code === 'not-signed-in') onSignedOut()
    throw problem
  }
  return {
    get: async (path) => read(await request(path, { signal: AbortSignal.timeout(patience) })),
    async send(method, path, body, { key, authorization } = {}) {
      const headers: Record<string, string> = {}
      if (key !== undefined) headers['idempotency-key'] = key
      if (authorization !== undefined) headers.authorization = authorization
      const init: RequestInit = { method, headers, signal: AbortSignal.timeout(patience) }
      if (body !== undefined) {
        init.body = JSON.stringify(body)
        headers['content-type'] = 'application/json'
      }
      return read(await request(path, init))
    },
    async stream(path) {
      const { body } = await request(path, {})
      if (body === null) throw new NoConnection()
      return body
    },
  }
}

async function read<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T
  try {
    return (await answer.json()) as T
  } catch {
    throw new NoConnection()
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  const told = (await answer.json().catch(() => ({}))) as Record<string, unknown>
  const { code, type, title, status, detail, ...rest } = told
  const values = Object.fromEntries(
    Object.entries(rest).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  )
  // A proxy in between answers in its own way, without our code.
  const fallback: ProblemCode = answer.status >= 500 ? 'unavailable' : 'server-error'
  return new Problem(typeof code === 'string' ? (code as ProblemCode) : fallback, answer.status, values)
}

/** A path with its parts escaped: `path`/cases/${id}``. */
export const path = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  String.raw(parts, ...values.map(encodeURIComponent))
