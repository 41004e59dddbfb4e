/** The console's service worker: shows what is pushed, says that it is here, and leads to it with one tap. */

/** As much of a service worker's world as is used here; the types of a page know none of it. */
interface Worker {
  readonly location: Location
  readonly registration: ServiceWorkerRegistration
  readonly clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Window[]>
    openWindow(url: string): Promise<unknown>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listen: (event: Lasting) => void): void
  addEventListener(
    type: 'push',
    listen: (event: Lasting & { readonly data: { json(): unknown } | null }) => void,
  ): void
  addEventListener(
    type: 'notificationclick',
    listen: (event: Lasting & { readonly notification: Notification }) => void,
  ): void
}
interface Lasting {
  waitUntil(done: Promise<unknown>): void
}
interface Window {
  readonly url: string
  focus(): Promise<unknown>
  postMessage(message: unknown): void
}

const worker = self as unknown as Worker

interface Pushed {
  readonly id: string
  readonly receipt: string
  readonly tag: string
  readonly title: string
  readonly body: string
  /** Within the console. */
  readonly path: string
  readonly rings: boolean
  readonly urgent: boolean
}

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))

worker.addEventListener('push', (event) => {
  const pushed = event.data?.json() as Pushed | undefined
  if (pushed !== undefined) event.waitUntil(Promise.all([show(pushed), acknowledge(pushed)]))
})

worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(lead(String(event.notification.data)))
})

function show({ tag, title, body, path, rings, urgent }: Pushed): Promise<void> {
  // `renotify` and `vibrate` are not in every list of options, and are passed over where they are not known.
  const options: NotificationOptions & { renotify: boolean; vibrate?: number[] } = {
    body,
    tag,
    data: path,
    icon: '/console/icon-192.png',
    badge: '/console/icon-192.png',
    silent: !rings,
    requireInteraction: urgent,
    renotify: rings,
    ...(urgent ? { vibrate: [400, 200, 400, 200, 400] } : {}),
  }
  return worker.registration.showNotification(title, options)
}

/** Without a session: the receipt is enough. Where it does not get through, the log stays at “sent”. */
async function acknowledge({ id, receipt }: Pushed): Promise<void> {
  await fetch(`/api/v1/deliveries/${encodeURIComponent(id)}/delivered`, {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ receipt }),
  }).catch(() => undefined)
}

/** To the window that is open, so that an unlocked console stays unlocked; or to a new one. */
async function lead(path: string): Promise<void> {
  const target = new URL(path, worker.location.origin)
  if (target.origin !== worker.location.origin || !target.pathname.startsWith('/console')) return
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = windows.find((window) => new URL(window.url).pathname.startsWith('/console'))
  if (open === undefined) {
    await worker.clients.openWindow(target.href)
    return
  }
  await open.focus()
  open.postMessage({ kind: 'lead', path: `${target.pathname}${target.hash}` })
}
