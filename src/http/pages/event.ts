/** Which event somebody is at: chosen by the code on a poster, by the calendar, or by hand. */
import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import type { Office } from '../../casework/office.ts'
import { isOn, noEvent } from '../../procedure/event.ts'
import type { CommunityEvent } from '../../store/events.ts'
import type { Routes } from '../endpoint.ts'
import { inCommunity } from './in-community.ts'
import { answerPage, type Html } from './page.ts'
import type { SiteSettings, View } from './view.ts'

/** Pages from which one can say where one is, and to which one is led back. */
const nexts = ['', 'danger', 'alert', 'take'] as const
type Next = (typeof nexts)[number]

/** Days before an event from which on it can be chosen by hand. */
const ahead = 7

/**
 * `/{community}/at/{event}` is what a poster's code leads to: short enough to be typed, it goes on to the first page
 * with the event in its address. `/{community}/at` is where it is chosen by hand.
 */
export function addEventPages(routes: Routes, office: Office, site: SiteSettings): void {
  routes.page(
    'get',
    '/:community/at',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const { t, to, community } = view
      const next = nexts.find((known) => known === c.req.query('for')) ?? ''
      const way = /^[a-z-]{1,60}$/.exec(c.req.query('way') ?? '')?.[0]
      const path = `/${community.shortName}${next === '' ? '' : `/${next}`}`
      const address = (at: string): string => to(path, { ...(way ? { way } : {}), at })
      const title = t('event.which')
      return answerPage(c, view, {
        title,
        content: html`<h1>${title}</h1><p class="lead">${t('event.which.text')}</p>
<ul class="answers">${eventsAround(view).map(
          ({ slug, name, place }) =>
            html`<li><a class="answer" href="${address(slug)}"><b>${name}</b> ${place === null ? '' : html`<small>${place}</small>`}</a></li>`,
        )}
<li><a class="answer" href="${address(noEvent)}"><b>${t('event.none')}</b> <small>${t('event.none.hint')}</small></a></li></ul>`,
      })
    }),
  )

  routes.page(
    'get',
    '/:community/at/:event',
    'anybody',
    inCommunity(office, site, async (c, { community, to }) => {
      const event = community.events.find(({ slug }) => slug === c.req.param('event'))
      return c.redirect(to(`/${community.shortName}`, event ? { at: event.slug } : {}), 302)
    }),
  )
}

/** The events that are on, and those that begin within a week, the next first. */
export function eventsAround({ community, site }: View): CommunityEvent[] {
  if (!community) return []
  const now = Temporal.Instant.fromEpochMilliseconds(site.now()).toZonedDateTimeISO(community.timeZone)
  const [today, last] = [now.toPlainDate().toString(), now.add({ days: ahead }).toPlainDate().toString()]
  return community.events
    .filter(
      (event) => isOn(event, site.now(), community.timeZone) || (event.to >= today && event.from <= last),
    )
    .toReversed()
}

/** Says at which event the page thinks somebody is, and lets them say otherwise. Empty where there is none to be at. */
export function whichEvent(view: View, next: Next, way = ''): Html {
  const { t, inside, event, eventWasChosen, community, site } = view
  const change = inside('at', { ...(next === '' ? {} : { for: next }), ...(way === '' ? {} : { way }) })
  const line = (text: string, link: string): Html =>
    html`<p class="where"><span>${text}</span> <a class="quiet" href="${change}">${link}</a></p>`
  if (event)
    return line(
      t(next === 'danger' ? 'event.numbers-of' : 'event.here', { event: event.name }),
      t('event.change'),
    )
  const around = eventsAround(view)
  if (eventWasChosen) return around.length > 0 ? line(t('event.none-chosen'), t('event.change-none')) : html``
  const on = around.filter((one) => isOn(one, site.now(), community?.timeZone ?? 'UTC'))
  return on.length > 1
    ? html`<p class="where"><a class="quiet" href="${change}">${t('event.which')}</a></p>`
    : html``
}
