import { Hono } from 'hono'
import { beforeEach, expect, test, vi } from 'vitest'
import { testClock } from '../clock.ts'
import { proveWork } from '../sealing/work.ts'
import type { Env } from './guard.ts'
import { answerProblem, refusalOf } from './problems.ts'
import { makeLimiter } from './rate.ts'

const most = 3
let now = 0
beforeEach(() => {
  now = 1_000_000_000
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  return () => vi.restoreAllMocks()
})

function limited({ trustProxy = true } = {}) {
  const clock = testClock()
  const app = new Hono<Env>()
  const limiter = makeLimiter(clock, trustProxy)
  app.post('/report', limiter.limit('reports', most), (c) => c.text('taken'))
  app.post('/upload', limiter.limit('uploads', most), (c) => c.text('taken'))
  app.onError((error, c) => answerProblem(c, refusalOf(error)))
  const call = async (
    from: string,
    path = '/report',
    proof?: string,
  ): Promise<{ status: number; challenge: string; difficulty: number }> => {
    const answer = await app.request(path, {
      method: 'POST',
      headers: { 'x-forwarded-for': from, ...(proof !== undefined && { 'proof-of-work': proof }) },
    })
    return answer.status === 200
      ? { status: 200, challenge: '', difficulty: 0 }
      : { status: answer.status, ...(await answer.json()) }
  }
  const spend = async (from: string): Promise<void> => {
    for (let times = 0; times < most; times += 1) expect((await call(from)).status).toBe(200)
  }
  return { call, spend, clock }
}

test('as many as are allowed pass from one place, then the next is asked for work', async () => {
  const { call, spend } = limited()
  await spend('10.0.0.1')
  expect(await call('10.0.0.1')).toMatchObject({
    status: 429,
    code: 'too-many',
    challenge: expect.any(String),
  })
})

test('another place, another route and another minute are counted apart', async () => {
  const { call, spend } = limited()
  await spend('10.0.0.1')
  expect((await call('10.0.0.2')).status).toBe(200)
  expect((await call('10.0.0.1', '/upload')).status).toBe(200)
  expect((await call('10.0.0.1')).status).toBe(429)
  now += 60_000
  expect((await call('10.0.0.1')).status).toBe(200)
})

test('nobody is locked out: whoever does the work passes, once for each challenge', async () => {
  const { call, spend } = limited()
  await spend('10.0.0.1')
  for (let times = 0; times < 2; times += 1) {
    const { challenge, difficulty } = await call('10.0.0.1')
    const proof = proveWork(challenge, difficulty)
    expect((await call('10.0.0.1', '/report', proof)).status).toBe(200)
    expect((await call('10.0.0.1', '/report', proof)).status).toBe(429)
  }
}, 60_000)

test('work for nothing, for a challenge of one’s own, or that came too late does not count', async () => {
  const { call, spend, clock } = limited()
  await spend('10.0.0.1')
  const { challenge, difficulty } = await call('10.0.0.1')
  for (const proof of [
    '',
    ':',
    'x:1',
    `${challenge}:`,
    `${challenge}:x`,
    proveWork('made.up.challenge', difficulty),
  ])
    expect((await call('10.0.0.1', '/report', proof)).status).toBe(429)
  const [random, expiry, mark] = challenge.split('.')
  const longer = proveWork(`${random}.${Number(expiry) + 1}.${mark}`, difficulty)
  expect((await call('10.0.0.1', '/report', longer)).status).toBe(429)
  const proof = proveWork(challenge, difficulty)
  clock.set(clock.now() + 11 * 60_000)
  expect((await call('10.0.0.1', '/report', proof)).status).toBe(429)
}, 60_000)

test('only a trusted proxy says where somebody is, and of what it says only the last is its own', async () => {
  const trusting = limited()
  await trusting.spend('10.9.9.9, 10.0.0.1')
  expect((await trusting.call('10.8.8.8, 10.0.0.1')).status).toBe(429)
  const distrusting = limited({ trustProxy: false })
  await distrusting.spend('10.0.0.1')
  expect((await distrusting.call('10.0.0.2')).status).toBe(429)
})
