import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { serverOf } from './listen.ts'

test('a connection that rests is kept longer than any proxy in front of it does, and says so', async () => {
  const server = serverOf({ fetch: () => new Response('here') })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const agent = new Agent({ keepAlive: true })
  const { port } = server.address() as AddressInfo
  const asking = request({ host: '127.0.0.1', port, agent }).end()
  const [answer] = await once(asking, 'response')
  answer.resume()
  expect(Number(/timeout=(\d+)/.exec(answer.headers['keep-alive'])?.[1])).toBeGreaterThan(120)
  agent.destroy()
  server.close()
  server.closeAllConnections()
})
