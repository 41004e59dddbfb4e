/** A page to print and hang up: a code that leads here, and the numbers for when that is not enough. */
import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import type { Office } from '../../casework/office.ts'
import type { Routes } from '../endpoint.ts'
import { inCommunity } from './in-community.ts'
import { answerPage, type Html } from './page.ts'
import type { SiteSettings } from './view.ts'

/** The poster of a community, or, with `?at=`, of one of its events. It holds nothing that the pages do not show anybody. */
export function addPosterPages(routes: Routes, office: Office, site: SiteSettings): void {
  routes.page(
    'get',
    '/:community/poster',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const { t, community } = view
      // The poster of a community hangs there all year, whatever happens to be on today.
      const event = view.eventWasChosen ? view.event : null
      const { phones, venue } = event && view.numbers ? view.numbers : community.playbook
      const address = `${site.origin()}/${community.shortName}${event ? `/at/${event.slug}` : ''}`
      const lines = [venue.name, ...venue.address].filter((line) => line !== null)
      const number = (label: string, phone: string | null): Html =>
        phone === null ? html`` : html`<div><dt>${label}</dt><dd>${phone}</dd></div>`
      const content = html`<p class="soft how">${t('poster.how')}</p>
<article class="poster">
<p class="of">${community.name}${event ? html`<br>${event.name}` : ''}</p>
<h1>${t('poster.scan')}</h1>
<div class="qr" role="img" aria-label="${t('poster.code')}">${code(address)}</div>
<p>${t('poster.or-open')}<br><b class="address">${breakable(address.replace(/^https?:\/\//, ''))}</b></p>
<p class="lead">${t('poster.what')}</p>
<section><h2>${t('poster.danger')}</h2>
<dl>${number(t('poster.emergency'), phones.emergency)}${number(t('poster.security'), phones.security)}${number(t('poster.police'), phones.nonEmergency)}${number(t('poster.committee'), phones.committee ?? community.contact.phone)}</dl>
${lines.length > 0 ? html`<p><small>${t('poster.address')}</small><br><b>${lines.join(', ')}</b></p>` : ''}</section>
${community.fingerprint ? html`<p class="soft print">${t('poster.fingerprint')}<br><b class="code">${community.fingerprint}</b></p>` : ''}
</article>`
      return answerPage(c, view, { title: t('poster.title'), content, style: 'poster', wide: true })
    }),
  )
}

/** An address that breaks after its slashes, where a narrow page has to break it. */
const breakable = (address: string) =>
  address.split('/').map((part, index) => (index === 0 ? part : html`/<wbr>${part}`))

/** A code for cameras as inline SVG, with room for a sticker's worth of damage. Black on white in any light. */
const code = (text: string) => raw(renderSVG(text, { ecc: 'M', border: 4 }))
