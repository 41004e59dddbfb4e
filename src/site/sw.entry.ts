/**
 * The service worker of the public pages: after one visit, the pages that lead to help open without a connection (A1).
 * It keeps what the server put into a set for everybody, and nothing that was typed, sent or answered: no other answer
 * ever enters a cache. With a connection the server's pages come first.
 */
import type { OfflineSet } from './api.ts'
import type { ToKeep } from './keep-offline.ts'

/** As much of a service worker's world as is needed here. */
interface ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}
interface WorkerScope {
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
  addEventListener(
    type: 'message',
    listener: (event: ExtendableEvent & { readonly data: ToKeep }) => void,
  ): void
}

const scope = globalThis as unknown as WorkerScope
// As in keep-offline.ts, written out: this file must be one.
const prefix = 'offline '
/** Where in a set stands when it was kept and of which build it is. */
const about = '/offline-about'
/** Stands for a page of a community that was not kept. */
const nothing = 'offline-nothing'

const hour = 3_600_000
const fresh = hour
/** A set that was not renewed for so long is taken away: it says that somebody was here. */
const longest = 60 * 24 * hour
/** Milliseconds after which a kept page is shown while the server has not answered. */
const patience = 4000
/** What the server's own pages carry, and a kept one has to. */
const carried = [
  'content-security-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'x-robots-tag',
]

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()))
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))
scope.addEventListener('message', (event) => event.waitUntil(keep(event.data).catch(() => {})))

scope.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (/^\/(api|console|setup|set-up)(\/|$)/.test(url.pathname)) return
  if (request.mode === 'navigate') event.respondWith(page(request, url))
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg')
    event.respondWith(find(url.pathname).then((kept) => kept ?? fetch(request)))
})

const find = (address: string): Promise<Response | undefined> => caches.match(address, { ignoreVary: true })

/** Keeps a set of pages with what they are made of, unless it was kept within the hour from the same build. */
async function keep({ set, build }: ToKeep): Promise<void> {
  const cache = await caches.open(prefix + set)
  const before = await cache.match(about)
  if (before) {
    const { at, build: old } = (await before.json()) as { at: number; build: string }
    if (old === build && Date.now() - at < fresh) return
  }
  const answer = await fetch(set, { credentials: 'omit', cache: 'no-store' })
  if (!answer.ok) return
  const { language, pages, assets } = (await answer.json()) as OfflineSet
  await cache.addAll(assets)
  const at = Date.now()
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(at)
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  for (const name of carried) {
    const value = answer.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  await Promise.all(
    pages.map(([address, html]) =>
      cache.put(
        key(new URL(address, location.origin)),
        new Response(html.replace('{kept}', when), { headers }),
      ),
    ),
  )
  await cache.put(about, new Response(JSON.stringify({ at, build })))
  // What an older build was made of goes only now, when nothing kept needs it any more.
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url)
    if (pathname.startsWith('/assets/') && !assets.includes(pathname)) await cache.delete(url)
  }
  await forgetOld(at)
}

async function forgetOld(now: number): Promise<void> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(prefix)) continue
    const known = await (await caches.open(name)).match(about)
    const { at } = known ? ((await known.json()) as { at: number }) : { at: now }
    if (now - at > longest) await caches.delete(name)
  }
}

/** A page: from the server; kept, where it does not answer, not soon enough, or is not able to. */
async function page(request: Request, url: URL): Promise<Response> {
  const kept = await keptPage(url)
  const asked = fetch(request)
  if (!kept) return asked.catch(async (error) => (await insteadOf(url)) ?? Promise.reject(error))
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept.clone()), patience))
  return Promise.race([asked.then((answer) => (answer.status >= 500 ? kept : answer)), late]).catch(
    () => kept,
  )
}

/** An address as it stands in a cache: only what makes a page another one, in one order. */
function key({ pathname, searchParams }: URL, without: readonly string[] = []): string {
  const query = new URLSearchParams()
  for (const name of ['at', 'lang', 'way']) {
    const value = searchParams.get(name)
    if (value !== null && !without.includes(name)) query.set(name, value)
  }
  const text = query.toString()
  return text === '' ? pathname : `${pathname}?${text}`
}

/** The kept page that is nearest to what was asked for: a guide without the way in it, the page in another language. */
async function keptPage(url: URL): Promise<Response | undefined> {
  const guide = url.pathname.endsWith('/guide') ? ['way'] : []
  for (const without of [guide, [...guide, 'lang'], [...guide, 'at'], [...guide, 'at', 'lang']]) {
    const found = await find(key(url, without))
    if (found) return found
  }
  return undefined
}

/** Without a connection: what a poster's address leads to, the only community, or what there is instead. */
async function insteadOf(url: URL): Promise<Response | undefined> {
  const [, community, at, event] = url.pathname.split('/')
  if (at === 'at' && event !== undefined) return Response.redirect(`/${community}?at=${event}`, 302)
  const firsts = (await caches.keys())
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.split('/')[1])
  if (community === '' && firsts[0] !== undefined) return Response.redirect(`/${firsts[0]}`, 302)
  return keptPage(new URL(`/${community}/${nothing}${url.search}`, url.origin))
}
