/** How a client without a browser talks to a server: a path, and what fetch takes. */
export type Send = (path: string, init?: RequestInit) => Promise<Response>

/** A client of the server at an origin, which talks as our own pages do. */
export const wireTo =
  (origin: string): Send =>
  (path, init = {}) => {
    const headers = new Headers(init.headers)
    if (init.method !== undefined && init.method !== 'GET' && !headers.has('origin'))
      headers.set('origin', origin)
    return fetch(origin + path, { redirect: 'manual', ...init, headers })
  }

/** The JSON of an answer. Throws with status and text if it is not one of success. */
export async function answerOf<T>(answer: Response | Promise<Response>): Promise<T> {
  const response = await answer
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** What fetch takes to send JSON. */
export const json = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
