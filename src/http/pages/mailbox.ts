import { html } from 'hono/html'
import type { Office } from '../../casework/office.ts'
import type { Routes } from '../endpoint.ts'
import { type InCommunity, inCommunity } from './in-community.ts'
import { answerPage, type Html } from './page.ts'
import type { SiteSettings } from './view.ts'

/** The mailbox behind a receipt code. */
export function addMailboxPages(routes: Routes, office: Office, site: SiteSettings): void {
  routes.page(
    'get',
    '/:community/mailbox',
    'anybody',
    inCommunity(office, site, (c, view) =>
      answerPage(c, view, {
        title: view.t('mailbox.title'),
        content: codeForm(view, null),
        script: 'mailbox',
      }),
    ),
  )
}

function codeForm(view: InCommunity, problem: string | null): Html {
  const { t, inside } = view
  return html`<form class="mailbox" method="post" action="${inside('mailbox')}" autocomplete="off" data-mailbox data-community="${view.community.shortName}">
<h1>${t('mailbox.title')}</h1>
${problem === null ? '' : html`<div class="problems" role="alert"><p>${problem}</p></div>`}
<div class="field"><label for="code">${t('mailbox.code.label')}</label><small id="code-hint">${t('mailbox.code.hint')}</small>
<textarea id="code" name="code" rows="3" class="code" autocapitalize="none" autocorrect="off" spellcheck="false" aria-describedby="code-hint"></textarea></div>
<noscript><div class="weaker"><p>${t('mailbox.no-js')}</p></div><button class="main" type="submit">${t('mailbox.open')}</button></noscript>
<p class="state" role="status" data-state></p>
<button class="main needs-script" type="submit" disabled data-open>${t('mailbox.open')}</button>
<p class="soft">${t('mailbox.lost')}</p>
</form>`
}
