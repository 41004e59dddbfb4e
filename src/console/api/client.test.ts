import { describe, expect, it, vi } from 'vitest'
import { makeApi, mayWorkLater, NoConnection, Problem, path } from './client.ts'

const answering = (status: number, body: unknown) =>
  vi.fn(async () => new Response(body === null ? null : JSON.stringify(body), { status }))

describe('the API', () => {
  it('sends JSON with the idempotency key, and reads the answer', async () => {
    const send = answering(201, { id: 'x' })
    const api = makeApi(send as never, () => {})
    expect(await api.send('POST', '/cases/a/records', { kind: 'note' }, { key: 'k'.repeat(22) })).toEqual({
      id: 'x',
    })
    const [address, init] = send.mock.calls[0] as unknown as [string, RequestInit]
    expect(address).toBe('/api/v1/cases/a/records')
    expect(init.headers).toMatchObject({
      'idempotency-key': 'k'.repeat(22),
      'content-type': 'application/json',
    })
    expect(init.body).toBe('{"kind":"note"}')
  })

  it('throws what was refused, with the values its sentence shows', async () => {
    const told = { type: 't', title: 't', status: 409, detail: 'd', code: 'case-changed', version: 3 }
    const error = await makeApi(answering(409, told) as never, () => {})
      .get('/x')
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ code: 'case-changed', status: 409, values: { version: 3 } })
    expect(mayWorkLater(error)).toBe(false)
  })

  it('tells when nobody is signed in any more, and of nothing else', async () => {
    const signedOut = vi.fn()
    const told = (code: string) => ({ title: '', detail: '', code })
    await makeApi(answering(401, told('sign-in-failed')) as never, signedOut)
      .get('/x')
      .catch(() => {})
    expect(signedOut).not.toHaveBeenCalled()
    await makeApi(answering(401, told('not-signed-in')) as never, signedOut)
      .get('/x')
      .catch(() => {})
    expect(signedOut).toHaveBeenCalledOnce()
  })

  it('knows what may work later: no connection, a proxy’s page, a server that cannot for now', async () => {
    const failing = makeApi((async () => Promise.reject(new TypeError('failed'))) as never, () => {})
    const error = await failing.get('/x').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NoConnection)
    expect(mayWorkLater(error)).toBe(true)
    const proxy = makeApi((async () => new Response('<html>', { status: 502 })) as never, () => {})
    const page = await proxy.get('/x').catch((thrown: unknown) => thrown)
    expect(page).toMatchObject({ code: 'unavailable' })
    expect(mayWorkLater(page)).toBe(true)
  })

  it('escapes what it puts into a path', () => {
    expect(path`/cases/${'a/../b'}/log`).toBe('/cases/a%2F..%2Fb/log')
  })
})
