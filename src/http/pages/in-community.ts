import type { Context } from 'hono'
import type { Office } from '../../casework/office.ts'
import { publicView } from '../../casework/public-view.ts'
import { Refused } from '../../casework/refused.ts'
import { problemWords } from '../../words/problems.ts'
import type { Env } from '../guard.ts'
import { problemOf, refusalOf } from '../problems.ts'
import { answerPage, mishap } from './page.ts'
import { copyFor, type SiteSettings, type View, viewOf } from './view.ts'

/** A view of a page that is about a community. */
export type InCommunity = View & { readonly community: NonNullable<View['community']> }

/**
 * A page about the community its path names `:community`. Whoever misspelt it gets a page that says so, and
 * whatever else goes wrong is told as a page too, since it is a person who reads it.
 */
export const inCommunity =
  (
    office: Office,
    site: SiteSettings,
    handle: (c: Context<Env>, view: InCommunity) => Promise<Response>,
  ): ((c: Context<Env>) => Promise<Response>) =>
  async (c) => {
    try {
      const community = copyFor(c) ?? (await publicView(office, c.req.param('community') ?? ''))
      try {
        return await handle(c, { ...viewOf(c, site, community), community })
      } catch (error) {
        return answerMishap(c, viewOf(c, site, community), error)
      }
    } catch (error) {
      const view = viewOf(c, site, null)
      if (!(error instanceof Refused && error.code === 'not-found')) return answerMishap(c, view, error)
      return answerPage(
        c,
        view,
        mishap(view, view.t('error.not-found.title'), view.t('error.no-community')),
        404,
      )
    }
  }

/** Answers with a page that says what went wrong. */
function answerMishap(c: Context, view: View, error: unknown): Promise<Response> {
  const refused = refusalOf(error)
  if (refused.code === 'server-error') view.site.failed(error, c.req.routePath)
  const { title } = problemWords(refused.code, refused.values, view.language)
  return answerPage(c, view, mishap(view, title, mishapText(view, error)), problemOf(refused).status)
}

/** What went wrong, in a sentence for whoever reads a page. */
export function mishapText(view: View, error: unknown): string {
  const { code, values } = refusalOf(error)
  if (code === 'unavailable') return view.t('error.busy')
  if (code === 'server-error') return view.t('error.server')
  if (code === 'too-many') return view.t('error.slow-down')
  return problemWords(code, values, view.language).detail
}

/** Answers an address that leads nowhere with a page. */
export function answerNowhere(c: Context, site: SiteSettings): Promise<Response> {
  const view = viewOf(c, site, null)
  return answerPage(
    c,
    view,
    mishap(view, view.t('error.not-found.title'), view.t('error.not-found.text')),
    404,
  )
}
