import type { Api } from '../api/client.ts'
import { scriptAddress } from '../scripts.ts'

const channelName = 'bellwether.push-channel'

/** Whether this browser can take pushes here. An iPhone can once the console is on its home screen. */
export const pushWorks = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** The channel that this browser was added as; null: none that is known of. */
export const ownChannel = (): string | null => localStorage.getItem(channelName)

/** The worker's registration, once it runs. (`ready` never comes to a page that was opened at `/console` itself.) */
async function registered(): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register(scriptAddress('serviceWorker'), {
    scope: '/console/',
  })
  const starting = registration.installing ?? registration.waiting
  if (registration.active === null && starting !== null)
    await new Promise<void>((resolve, reject) => {
      starting.addEventListener('statechange', () => {
        if (starting.state === 'activated') resolve()
        if (starting.state === 'redundant') reject(new Error('The service worker did not start.'))
      })
    })
  return registration
}

const subscribed = (worker: ServiceWorkerRegistration, pushKey: string): Promise<PushSubscription> =>
  worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })

/** The person did not allow notifications. */
export class NotAllowed extends Error {
  override name = 'NotAllowed'
}

/**
 * Asks to show notifications, and adds this browser to one's channels.
 *
 * @param pushKey - the server's public key.
 * @returns the channel's id.
 * @throws {NotAllowed}
 */
export async function addThisBrowser(api: Api, pushKey: string): Promise<string> {
  if ((await Notification.requestPermission()) !== 'granted') throw new NotAllowed()
  const worker = await registered()
  const former = await worker.pushManager.getSubscription()
  const subscription = await subscribed(worker, pushKey).catch(async (error: unknown) => {
    if (former === null) throw error
    // It was made with another key, by a server that was here before.
    await former.unsubscribe()
    return subscribed(worker, pushKey)
  })
  return tell(api, subscription)
}

/** Takes this browser's subscription back; the server forgets the channel by itself. */
export async function forgetThisBrowser(): Promise<void> {
  localStorage.removeItem(channelName)
  const worker = await navigator.serviceWorker.getRegistration('/console/')
  const subscription = await worker?.pushManager.getSubscription()
  await subscription?.unsubscribe()
}

/** At each launch: browsers change their endpoint without a word, and an update of the worker is fetched. */
export async function renewPush(api: Api, pushKey: () => Promise<string>): Promise<void> {
  if (ownChannel() === null || !pushWorks() || Notification.permission !== 'granted') return
  const worker = await registered()
  const subscription =
    (await worker.pushManager.getSubscription()) ?? (await subscribed(worker, await pushKey()))
  await tell(api, subscription)
}

async function tell(api: Api, subscription: PushSubscription): Promise<string> {
  const { endpoint, keys } = subscription.toJSON()
  const { id } = await api.send<{ id: string }>('POST', '/channels/push', {
    endpoint,
    keys: { p256dh: keys?.p256dh, auth: keys?.auth },
    replaces: ownChannel(),
  })
  localStorage.setItem(channelName, id)
  return id
}
