import type { Page } from '@playwright/test'
import { receiptFor } from '../../src/casework/deliveries.ts'
import { loadServerKey } from '../../src/casework/server-key.ts'
import { listen } from '../support/listeners.ts'
import { emailOf, expect, test, w } from './fixtures.ts'

/** Their own page, anew: without a reload, which would lock the keys. */
async function openAccount(page: Page, name: string): Promise<void> {
  const places = page.getByRole('navigation', { name: w('app.places') })
  await places.getByRole('link', { name: w('inbox.title') }).click()
  await places.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { name: w('channels.title') })).toBeVisible()
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
  // The browser’s own push service is on the internet, so its part is played here: everything else is real.
  await mei.evaluate((endpoint) => {
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
  }, `${pushes.origin}/push/mei`)
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
