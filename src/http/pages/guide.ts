import { html } from 'hono/html'
import type { Office } from '../../casework/office.ts'
import { triage } from '../../procedure/triage.ts'
import type { Routes } from '../endpoint.ts'
import type { Flowchart } from './flowchart.ts'
import { inCommunity } from './in-community.ts'
import { answerPage, type Html } from './page.ts'
import type { SiteSettings, View } from './view.ts'
import { walkOf } from './walk.ts'

/** How this works: the flowchart, who reads what, what happens by when, and what the server cannot see. */
export function addGuidePages(
  routes: Routes,
  office: Office,
  site: SiteSettings,
  flowchart: Flowchart,
): void {
  routes.page(
    'get',
    '/:community/guide',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const { t, community, inside } = view
      const { times, quorum, codeOfConduct, publicRoster } = community.playbook
      const { contact, onCall, nextHandOver } = community
      const phone = view.numbers?.phones.committee ?? contact.phone
      const content = html`<h1>${t('guide.title')}</h1>
<section id="picture"><h2>${t('guide.picture.title')}</h2>
<div class="flowchart">${flowchart(view.language, walkOf(c.req.query('way')), t('guide.picture.alt'))}</div>
<details class="whole"><summary>${t('guide.picture.in-words')}</summary>${inWords(view)}</details>
<p><a class="main" href="${inside('')}">${t('guide.begin')}</a></p></section>
<section><h2>${t('guide.who.title')}</h2><p>${t('guide.who.text')}</p><ul>
<li>${t('guide.who.unanswered', { hours: times.openToAllHours })}</li>
<li>${t('guide.who.involved')}</li>
<li>${t('guide.who.everybody')}</li></ul></section>
<section><h2>${t('guide.next.title')}</h2><ol>
<li>${t('guide.next.answer', { hours: times.acknowledgeHours })}</li>
<li>${t('guide.next.committee')}</li>
<li>${t('guide.next.contact')}</li>
<li>${t('guide.next.decision', { quorum })}</li>
<li>${t('guide.next.resolved', { days: times.resolveDays })}</li></ol>
<p>${t('guide.next.nothing')}</p><p>${t('guide.next.on-file')}</p></section>
<section><h2>${t('guide.roster.title')}</h2><p>${
        publicRoster && onCall && onCall.length > 0
          ? t('guide.roster.now', { names: onCall.join(', ') })
          : t(publicRoster ? 'guide.roster.nobody' : 'guide.roster.not-public')
      }</p>${nextHandOver === null ? '' : html`<p>${t('guide.roster.next', { time: view.when(nextHandOver) })}</p>`}</section>
<section><h2>${t('guide.server.title')}</h2>
<p>${t('guide.server.sealed')}</p><p>${t('guide.server.sees')}</p><p>${t('guide.server.no-tracking')}</p>
<p>${t('guide.server.trust')}</p>
${
  community.fingerprint
    ? html`<p class="card"><small>${t('guide.server.fingerprint')}</small><br><b class="code">${community.fingerprint}</b></p>`
    : ''
}</section>
<section><h2>${t('guide.no-js.title')}</h2><p>${t('guide.no-js.text')}</p><p>${t('guide.no-js.mail')}</p></section>
<section><h2>${t('guide.device.title')}</h2><p>${t('guide.device.text')}</p></section>
<section class="needs-script" id="kept"><h2>${t('offline.title')}</h2><p>${t('offline.text')}</p><p>${t('offline.history')}</p>
<button class="second" type="button" data-remove data-done="${t('offline.removed')}" data-failed="${t('offline.not-removed')}" data-waiting="${t('offline.waiting')}">${t('offline.remove')}</button>
<p class="state" role="status" data-remove-state></p></section>
<section><h2>${t('guide.contact.title')}</h2><ul>
${contact.email ? html`<li>${t('guide.contact.mail', { address: '' })}<a href="mailto:${contact.email}">${contact.email}</a></li>` : ''}
${phone ? html`<li>${t('guide.contact.phone', { phone: '' })}<a href="tel:${phone.replace(/[^\d+*#]/g, '')}">${phone}</a></li>` : ''}
<li>${t('guide.contact.person')}</li></ul>
${codeOfConduct ? html`<p><a href="${codeOfConduct}" rel="noreferrer noopener">${t('page.code-of-conduct')}</a></p>` : ''}</section>`
      return answerPage(c, view, { title: t('guide.title'), content, wide: true })
    }),
  )
}

/** The flowchart as a list: the same data as the picture (A5). */
function inWords({ word }: View): Html {
  return html`<dl class="in-words">${triage.map(
    ({ place, answers }) => html`<dt>${word(`triage.${place}.title`)}</dt>
<dd>${word(`triage.${place}.text`)}${
      answers.length === 0
        ? ''
        : html`<ul>${answers.map(
            ({ answer, next }) =>
              html`<li><b>${word(`triage.${place}.${answer}`)}</b> → ${word(`triage.${next}.title`)}</li>`,
          )}</ul>`
    }</dd>`,
  )}</dl>`
}
