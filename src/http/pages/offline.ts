/** What a browser keeps of the public pages, so that they open without a connection (A1). */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { html } from 'hono/html'
import type { Office } from '../../casework/office.ts'
import type { Routes } from '../endpoint.ts'
import { encodings } from './assets.ts'
import { eventsAround } from './event.ts'
import { type InCommunity, inCommunity } from './in-community.ts'
import { answerPage, type Html } from './page.ts'
import type { OfflineCopy, SiteSettings } from './view.ts'
import { everyWalk } from './walk.ts'

/** A set of pages, for the service worker of the public pages. */
export interface OfflineSet {
  readonly language: string
  /** Address and whole page. `{kept}` in one stands for when it was kept. */
  readonly pages: readonly (readonly [address: string, html: string])[]
  /** Addresses of all that these pages load. */
  readonly assets: readonly string[]
}

/** Pages besides the walk; one that a community does not have is left out. */
const others = ['report', 'alert', 'take', 'guide', 'at', 'offline-nothing']
/** As many of the events around as have their first page and their numbers in a set. */
const mostEvents = 5
/** Sets held in memory. */
const mostSets = 200

const compress = promisify(brotliCompress)
type Packed = { readonly plain: string; readonly br: Uint8Array<ArrayBuffer> }

/**
 * `/sw.js`, and for each community the set of pages that it keeps: the same for everybody, made from the pages as they
 * are, and nothing that is anybody's own. A set is made once for as long as nothing in it changes.
 */
export function addOfflinePages(routes: Routes, office: Office, site: SiteSettings): void {
  const sets = new Map<string, Promise<Packed>>()

  routes.page('get', '/sw.js', 'anybody', (c) => {
    const worker = site.assets.files.get(site.assets.address('src/site/sw.entry.ts'))
    if (!worker) return c.notFound()
    return c.body(worker.plain, 200, { 'content-type': worker.type })
  })

  routes.page(
    'get',
    '/:community/offline',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const made = digest([view.community, view.inside(''), view.language, view.event?.id, around(view)])
      let packing = sets.get(made)
      if (!packing) {
        const [oldest] = sets.keys()
        if (sets.size >= mostSets && oldest !== undefined) sets.delete(oldest)
        packing = pack(routes, view)
        sets.set(made, packing)
        packing.catch(() => sets.delete(made))
      }
      const { plain, br } = await packing
      const headers = { 'content-type': 'application/json', vary: 'accept-encoding, accept-language' }
      return encodings(c).has('br')
        ? c.body(br, 200, { ...headers, 'content-encoding': 'br' })
        : c.body(plain, 200, headers)
    }),
  )

  routes.page(
    'get',
    '/:community/offline-nothing',
    'anybody',
    inCommunity(office, site, (c, view) =>
      answerPage(c, view, { title: view.t('offline.nothing.title'), content: nothingKept(view) }),
    ),
  )
}

const around = (view: InCommunity): string[] => eventsAround(view).map(({ id }) => id)
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')

/** Asks for each page as a browser would, and puts the answers together. */
async function pack(routes: Routes, view: InCommunity): Promise<Packed> {
  const { site, language, inside, to, community } = view
  const events = eventsAround(view)
    .slice(0, mostEvents)
    .flatMap(({ slug: at }) => [
      to(`/${community.shortName}`, { at }),
      to(`/${community.shortName}/danger`, { at }),
    ])
  const addresses = new Set([...everyWalk(view), ...others.map((path) => inside(path)), ...events])
  const copy: OfflineCopy = { offlineCopy: community }
  const pages: [string, string][] = []
  for (const address of addresses) {
    const answer = await routes.app.request(address, { headers: { 'accept-language': language } }, copy)
    // A secret that a form was given stays with whom it was given to: this copy is everybody's.
    if (answer.status === 200)
      pages.push([address, (await answer.text()).replace(/(name="token" value=")[^"]*/g, '$1')])
  }
  const loaded = pages.flatMap(([, text]) => text.match(/\/assets\/[\w.-]+/g) ?? [])
  const set: OfflineSet = { language, pages, assets: ['/icon.svg', ...site.assets.closure(loaded)] }
  const plain = JSON.stringify(set)
  return { plain, br: new Uint8Array(await compress(plain)) }
}

/** What is shown without a connection in place of a page that was not kept. */
function nothingKept({ t, inside }: InCommunity): Html {
  return html`<h1>${t('offline.nothing.title')}</h1><p class="lead">${t('offline.nothing.text')}</p>
<ul class="answers"><li><a class="answer alarm" href="${inside('danger')}"><b>${t('danger.title')}</b></a></li>
<li><a class="answer" href="${inside('')}"><b>${t('guide.begin')}</b></a></li>
<li><a class="answer" href="${inside('report')}"><b>${t('home.straight-to-report')}</b></a></li></ul>`
}
