import { html } from 'hono/html'
import type { Office } from '../../casework/office.ts'
import { allCommunities } from '../../store/communities.ts'
import type { Routes } from '../endpoint.ts'
import { answerPage } from './page.ts'
import { type SiteSettings, viewOf } from './view.ts'

/** `/` leads to the only community, or lists them. */
export function addCommunitiesPages(routes: Routes, { store }: Office, site: SiteSettings): void {
  routes.page('get', '/', 'anybody', async (c) => {
    const view = viewOf(c, site, null)
    const communities = await allCommunities(store.db)
    const [first] = communities
    if (first && communities.length === 1) return c.redirect(view.to(`/${first.short_name}`), 302)
    const title = view.t('communities.title')
    return answerPage(c, view, {
      title,
      content: first
        ? html`<h1>${title}</h1>
<ul class="answers">${communities.map(
            ({ name, short_name }) =>
              html`<li><a class="answer" href="${view.to(`/${short_name}`)}"><b>${name}</b></a></li>`,
          )}</ul>`
        : html`<h1>${view.t('communities.none')}</h1><p>${view.t('communities.none.text')}</p>`,
    })
  })
}
