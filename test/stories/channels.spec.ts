import type { Page } from '@playwright/test'
import { receiptFor } from '../../src/casework/deliveries.ts'
import { loadServerKey } from '../../src/casework/server-key.ts'
import { listen } from '../support/listeners.ts'
import type { WaysIn } from '../support/ways-in.ts'
import { emailOf, expect, test, unlock, w } from './fixtures.ts'

/** Their own page, anew: without a reload, which would lock the keys. */
async function openAccount(page: Page, name: string): Promise<void> {
  const places = page.getByRole('navigation', { name: w('app.places') })
  await places.getByRole('link', { name: w('inbox.title') }).click()
  await places.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { name: w('channels.title') })).toBeVisible()
}

/**
 * Has a page take pushes at an address of ours. The browser’s own push service is on the internet, so its part is played
 * here: everything else is real.
 */
function takePushesAt(endpoint: string): void {
  const subscription = {
    toJSON: () => ({
      endpoint,
      keys: {
        p256dh: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
    }),
    unsubscribe: async () => true,
  }
  PushManager.prototype.subscribe = async () => subscription as unknown as PushSubscription
  PushManager.prototype.getSubscription = async () => null
  // Chromium without windows grants notifications when it is asked, and says “denied” here all the same.
  Object.defineProperty(Notification, 'permission', { get: () => 'granted' })
}

test('channels: a member adds ntfy and quiet hours, tries each, and sees in the log how it fared', async ({
  server,
  asMember,
}) => {
  const ntfy = await listen()
  const mei = await asMember('Mei')
  await openAccount(mei, 'Mei')
  await expect(mei.getByText(w('channels.too-few'))).toBeVisible()
  const name = w('channels.mail', { email: emailOf('Mei') })
  await mei.getByRole('button', { name: w('channels.test.named', { name }) }).click()
  await expect(mei.getByText(w('channels.test.sent'))).toBeVisible()
  await server.mail.arrived(emailOf('Mei'), 1)

  await mei.getByRole('button', { name: w('channels.ntfy.add') }).click()
  await mei.getByLabel(w('channels.ntfy.server')).fill(ntfy.origin)
  await mei.getByLabel(w('channels.ntfy.topic')).fill('mei-rings-9f3k')
  await mei.getByRole('button', { name: w('app.save'), exact: true }).click()
  await expect(mei.getByText(w('channels.too-few'))).toHaveCount(0)
  expect(ntfy.heard).toHaveLength(1)
  expect(JSON.parse(String(ntfy.heard[0]?.body))).toMatchObject({ topic: 'mei-rings-9f3k' })

  await mei.getByText(w('quiet.on')).click()
  await mei.getByRole('button', { name: w('quiet.save') }).click()
  await expect(mei.getByText(w('app.saved'))).toBeVisible()
  await openAccount(mei, 'Mei')
  await expect(mei.getByLabel(w('quiet.from'))).toHaveValue('1320')
  await expect(mei.getByText(w('deliveries.state.sent'), { exact: true })).toHaveCount(2)
  await ntfy.stop()
})

test('channels: a push shows on the device, and the log says that it is there, and that it was seen', async ({
  server,
  asMember,
}) => {
  const mei = await asMember('Mei')
  const context = mei.context()
  await context.grantPermissions(['notifications'], { origin: server.origin })
  const pushes = await listen()
  await mei.evaluate(takePushesAt, `${pushes.origin}/push/mei`)
  await openAccount(mei, 'Mei')
  await mei.getByRole('button', { name: w('channels.push.add') }).click()
  await expect(mei.getByText(w('account.this-one'))).toHaveCount(2)
  await expect.poll(() => pushes.heard.length).toBe(1)

  const id = await mei.evaluate(
    async () => (await (await fetch('/api/v1/deliveries')).json())[0].id as string,
  )
  const receipt = receiptFor(await loadServerKey(undefined, server.dataDir), id)
  const devtools = await context.newCDPSession(mei)
  const worker = new Promise<string>((resolve) =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first) resolve(first.registrationId)
    }),
  )
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: server.origin,
    registrationId: await worker,
    data: JSON.stringify({
      id,
      receipt,
      tag: id,
      title: 'Test',
      body: '',
      path: '/console/account',
      rings: true,
      urgent: false,
    }),
  })
  await expect
    .poll(async () => {
      await openAccount(mei, 'Mei')
      return mei.getByText(w('deliveries.state.delivered'), { exact: true }).count()
    })
    .toBe(1)
  await mei.evaluate((fragment) => {
    location.hash = fragment
  }, `seen-${id}`)
  await expect
    .poll(async () => {
      await openAccount(mei, 'Mei')
      return mei.getByText(w('deliveries.state.seen'), { exact: true }).count()
    })
    .toBe(1)
  await pushes.stop()
})

test('channels: a browser that changed its endpoint is found there after its next launch, as the same channel', async ({
  server,
  asMember,
  ways,
}) => {
  const mei = await asMember('Mei')
  await mei.context().grantPermissions(['notifications'], { origin: server.origin })
  const pushes = await listen()
  await mei.evaluate(takePushesAt, `${pushes.origin}/push/first`)
  await openAccount(mei, 'Mei')
  await mei.getByRole('button', { name: w('channels.push.add') }).click()
  await expect(mei.getByText(w('account.this-one'))).toHaveCount(2)
  await expect.poll(() => pushes.heard.map(({ path }) => path)).toEqual(['/push/first'])

  await mei.addInitScript(takePushesAt, `${pushes.origin}/push/second`)
  const renewed = mei.waitForResponse((response) => response.url().endsWith('/api/v1/channels/push'))
  await mei.reload()
  await unlock(mei, (ways.Mei as WaysIn).passphrase)
  expect((await renewed).status()).toBe(201)
  await openAccount(mei, 'Mei')
  const tests = mei.getByRole('button', { name: /^Test .*(Chrome|Chromium|browser)/i })
  await expect(tests).toHaveCount(1)
  await tests.click()
  await expect.poll(() => pushes.heard.map(({ path }) => path)).toEqual(['/push/first', '/push/second'])
  await pushes.stop()
})
