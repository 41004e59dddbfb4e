import { html } from 'hono/html'
import type { Html } from './page.ts'
import type { View } from './view.ts'

/** The way out where everybody on the committee is involved (J4). */
export function everybodyInvolved({ t, community }: View): Html {
  if (!community) return html``
  const { recovery, name, contact } = community
  return html`<div class="weaker"><p><b>${t('form.involved.all-title')}</b></p>
<p>${t(recovery ? 'form.involved.all' : 'form.involved.nobody', { community: name })}</p>
${
  contact.organizersEmail
    ? html`<p>${t('form.involved.organizers')} <a href="mailto:${contact.organizersEmail}">${contact.organizersEmail}</a></p>`
    : ''
}</div>`
}
