import { proveWork } from '../sealing/work.ts'

/** `fetch`, or what stands for it in a test. */
export type Fetch = (address: string, init?: RequestInit) => Promise<Response>

/** Why nothing moves at the moment; null: it does. */
export type Trouble = 'offline' | 'busy' | 'proof' | null

/** What a request needs of the world. */
export interface Line {
  readonly fetch: Fetch
  /** Resolves after so many milliseconds, or sooner when the connection comes back. */
  wait(milliseconds: number): Promise<void>
  /** Told before each wait, so that a page can say why. */
  trouble(what: Trouble): void
}

/** Nothing answered, or something in between did. Whether the request was carried out is not known. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
}

/** The server refused: what was asked was not done. */
export class RefusedByServer extends Error {
  override name = 'RefusedByServer'
  readonly status: number
  readonly code: string
  /** The server's problem (RFC 9457). */
  readonly problem: Readonly<Record<string, unknown>>
  constructor(status: number, problem: Readonly<Record<string, unknown>>) {
    super(String(problem.code))
    this.status = status
    this.code = String(problem.code)
    this.problem = problem
  }
}

const pauses = [1, 2, 4, 8, 15]

/**
 * Asks the API, again and again while nothing answers, for half a minute. Only for what may be repeated: a
 * GET, a PUT, or a POST with an idempotency key.
 *
 * @throws {NoAnswer} when it gave up; {@link RefusedByServer}.
 */
export async function request(line: Line, address: string, init: RequestInit = {}): Promise<Response> {
  let proof: string | null = null
  for (let attempt = 0; ; attempt += 1) {
    const headers = new Headers(init.headers)
    if (proof !== null) headers.set('proof-of-work', proof)
    proof = null
    const response = await line.fetch(`/api/v1${address}`, { ...init, headers }).catch(() => null)
    if (response?.ok) {
      line.trouble(null)
      return response
    }
    const refused = response && (await refusalOf(response))
    if (refused?.code === 'too-many' && attempt < pauses.length) {
      line.trouble('proof')
      proof = proveWork(String(refused.problem.challenge), Number(refused.problem.difficulty))
      continue
    }
    if (refused && refused.status !== 503) throw refused
    const pause = pauses[attempt]
    if (pause === undefined) throw refused ?? new NoAnswer(address)
    line.trouble(refused ? 'busy' : 'offline')
    await line.wait(pause * 1000)
  }
}

/** The server's own refusal; null for an answer that is not the server's (a proxy's, a captive portal's). */
async function refusalOf(response: Response): Promise<RefusedByServer | null> {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return null
  const problem = await response.json().catch(() => null)
  return problem && new RefusedByServer(response.status, problem)
}

/** The same, for JSON in and out. */
export async function requestJson<Answer>(
  line: Line,
  address: string,
  init: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: unknown } = {},
): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = init
  const response = await request(line, address, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (response.status === 204 ? undefined : await response.json()) as Answer
}

/** The line of a page or worker: the browser's own `fetch`, waiting until the connection is back. */
export const openLine = (trouble: Line['trouble']): Line => ({
  fetch: (address, init) => fetch(address, { ...init, credentials: 'omit', cache: 'no-store' }),
  wait: (milliseconds) =>
    new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer)
        removeEventListener('online', go)
        resolve()
      }
      const timer = setTimeout(go, milliseconds)
      addEventListener('online', go)
    }),
  trouble,
})
