import { expect, test } from 'vitest'
import { listen } from '../../test/support/listeners.ts'
import { deliver, isPrivate, openCourier } from './outgoing.ts'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '::1',
  '::',
  '::ffff:10.1.2.3',
  'fe80::1',
  'fd00::1',
  '64:ff9b::a01:203',
])('%s is of the operator’s own network', (address) => expect(isPrivate(address)).toBe(true))

test.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:1.1.1.1'])(
  '%s is of the internet',
  (address) => expect(isPrivate(address)).toBe(false),
)

test.each([
  'http://127.0.0.1:9/',
  'https://127.0.0.1:9/',
  'https://[::1]:9/',
  'https://0x7f.1:9/',
  'https://localhost:9/',
  'https://[::ffff:127.0.0.1]:9/',
  'http://example.org/',
  'ftp://example.org/',
])('%s is not called', async (url) => {
  const courier = openCourier(false)
  expect(await deliver(courier, { url, headers: {}, body: '' })).toEqual({
    ok: false,
    again: false,
    failure: 'private',
  })
  courier.close()
})

test('a server that says nothing is given up after a while, and it is tried again later', async () => {
  const server = await listen()
  server.behave('silence')
  const courier = openCourier(true, 100)
  const { origin: url } = server
  expect(await deliver(courier, { url, headers: {}, body: '' })).toEqual({
    ok: false,
    again: true,
    failure: 'connection',
  })
  courier.close()
  await server.stop()
})

test.each([
  ['120', 120_000],
  ['Sat, 28 Nov 2026 10:02:00 GMT', 120_000],
  ['999999999', 3_600_000],
  ['soon', undefined],
])('Retry-After: %s', async (header, after) => {
  const server = await listen()
  server.behave({ status: 503, headers: { 'retry-after': header, date: 'Sat, 28 Nov 2026 10:00:00 GMT' } })
  const courier = openCourier(true)
  const { origin: url } = server
  expect(await deliver(courier, { url, headers: {}, body: '' })).toEqual({
    ok: false,
    again: true,
    failure: 'busy',
    ...(after === undefined ? {} : { after }),
  })
  courier.close()
  await server.stop()
})
