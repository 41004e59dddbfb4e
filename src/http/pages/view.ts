import type { Context } from 'hono'
import type { PublicView } from '../../casework/public-view.ts'
import { noEvent, numbersAt, onlyOneOn } from '../../procedure/event.ts'
import { type Language, languages, type Playbook } from '../../procedure/playbook.ts'
import type { CommunityEvent } from '../../store/events.ts'
import { en } from '../../words/en/index.ts'
import { es } from '../../words/es/index.ts'
import { say } from '../../words/format.ts'
import type { WordKey, Words } from '../../words/types.ts'
import type { Assets } from './assets.ts'

/** What every public page needs beyond its own words. */
export interface SiteSettings {
  readonly assets: Assets
  /** Origin of every link we make, without a slash at its end. */
  readonly origin: () => string
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Announced on every page. */
  readonly testClock: boolean
  /** Counts a request from one place and says whether it is within so many a minute. */
  readonly admits: (c: Context, name: string, most: number) => boolean
  /** Notes a failure of ours that a page had to tell of. */
  readonly failed: (error: unknown, route: string) => void
}

/** Given with a request of ours for a page that browsers keep: such a page says that it was kept. */
export interface OfflineCopy {
  /** As it is when the page is made: read once for all pages of a set. */
  readonly offlineCopy: PublicView
}

const catalogs: Readonly<Record<Language, Words>> = { en, es }

/** How one request sees the site: in which language, in which community, and how to link onwards. */
export interface View {
  readonly language: Language
  readonly words: Words
  readonly site: SiteSettings
  /** Null on the pages that are about none. */
  readonly community: PublicView | null
  /**
   * The event somebody is at: the one that the address says, `?at=`, or the only one that is on. Null: none, or it is
   * not known which.
   */
  readonly event: CommunityEvent | null
  /** Whether the address says it, be it "none of them": then it is carried along. */
  readonly eventWasChosen: boolean
  /** The numbers to call and the address to read out where they are (A1). */
  readonly numbers: Pick<Playbook, 'phones' | 'venue'> | null
  /** A page that is kept, and shown where there is no connection. */
  readonly offlineCopy: boolean
  /** The same page in the other languages; none where a page answers a form. */
  readonly elsewhere: readonly {
    readonly language: Language
    readonly name: string
    readonly address: string
  }[]
  /** A message in the page's language. */
  t(key: WordKey, values?: Readonly<Record<string, string | number>>): string
  /** A message whose key is put together from data of the procedure; empty if there is none, as some fields have no hint. */
  word(key: string): string
  /** An address of ours, keeping a language that was chosen by hand. */
  to(path: string, query?: Readonly<Record<string, string>>): string
  /** An address in the community at hand, keeping the event that was chosen; '' is its first page. */
  inside(path: string, query?: Readonly<Record<string, string>>): string
  /** An instant in the community's zone, in words, naming the zone. */
  when(instant: number): string
}

/** Makes the view of a request. The language is `?lang`, or the best of `Accept-Language`, or English. */
export function viewOf(c: Context, site: SiteSettings, community: PublicView | null): View {
  const chosen = languages.find((language) => language === c.req.query('lang'))
  const language = chosen ?? accepted(c.req.header('accept-language') ?? '')
  const words = catalogs[language]
  const to: View['to'] = (path, query = {}) => {
    const all = new URLSearchParams({ ...query, ...(chosen ? { lang: chosen } : {}) }).toString()
    return all === '' ? path : `${path}?${all}`
  }
  const at = c.req.query('at')
  const named = community?.events.find(({ slug }) => slug === at) ?? null
  const eventWasChosen = named !== null || at === noEvent
  const event =
    community === null || eventWasChosen ? named : onlyOneOn(community.events, site.now(), community.timeZone)
  const carried = eventWasChosen ? { at: named?.slug ?? noEvent } : {}
  return {
    language,
    words,
    site,
    community,
    event,
    eventWasChosen,
    numbers: community && numbersAt(community.playbook, event),
    offlineCopy: copyFor(c) !== undefined,
    elsewhere: c.req.method === 'GET' ? inOtherLanguages(c, language) : [],
    t: (key, values) => say(words, key, values),
    word: (key) => (Object.hasOwn(words, key) ? say(words, key as WordKey) : ''),
    to,
    inside: (path, query) =>
      to(`/${community?.shortName ?? ''}${path === '' ? '' : `/${path}`}`, { ...query, ...carried }),
    when: (instant) => inWords(instant, language, community?.timeZone ?? 'UTC'),
  }
}

/** The community a page is made of that is kept; undefined for every request from outside. */
export const copyFor = (c: Context): PublicView | undefined =>
  (c.env as Partial<OfflineCopy> | undefined)?.offlineCopy

function inOtherLanguages(c: Context, language: Language): View['elsewhere'] {
  const { pathname, searchParams } = new URL(c.req.url)
  return languages
    .filter((other) => other !== language)
    .map((other) => {
      searchParams.set('lang', other)
      return {
        language: other,
        name: catalogs[other]['language.name'],
        address: `${pathname}?${searchParams}`,
      }
    })
}

/** An instant as somebody would say it: weekday, day, time and zone. */
const inWords = (instant: number, language: string, timeZone: string): string =>
  new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(instant)

/** The language of ours that a browser likes best. */
function accepted(header: string): Language {
  const wishes = header
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';')
      const quality = parameters
        .map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1])
        .find((found) => found !== undefined)
      return { tag, quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { tag } of wishes) {
    const found = languages.find((language) => tag === language || tag.startsWith(`${language}-`))
    if (found) return found
  }
  return 'en'
}
