import type { Context } from 'hono'
import { itGotWorse } from '../../casework/it-got-worse.ts'
import { itIsOver } from '../../casework/it-is-over.ts'
import type { Office } from '../../casework/office.ts'
import { raiseAlert } from '../../casework/raise-alert.ts'
import { raisedAlert } from '../../casework/raised-alert.ts'
import { Refused } from '../../casework/refused.ts'
import { sealWords } from '../../casework/seal-words.ts'
import { withdrawAlert } from '../../casework/withdraw-alert.ts'
import { alertLimits } from '../../procedure/alert.ts'
import { alertToken } from '../../procedure/typed-report.ts'
import { newId } from '../../sealing/bytes.ts'
import { alertById } from '../../store/alerts.ts'
import type { Routes } from '../endpoint.ts'
import type { Env } from '../guard.ts'
import { problemOf, refusalOf } from '../problems.ts'
import { mostAlerts } from '../rate.ts'
import { alertOf } from '../visitor.ts'
import { alertForm, nobodyToCall, type TypedAlert } from './alert-form.ts'
import { type Addition, additions, liveAlert, liveTitle } from './alert-live.ts'
import { type InCommunity, inCommunity, mishapText } from './in-community.ts'
import { answerPage } from './page.ts'
import { readFields } from './plain-form.ts'
import type { SiteSettings } from './view.ts'

/** Seconds after which a page without JavaScript renews itself. */
const renewEvery = 5

/**
 * Calling somebody now (D). With JavaScript the browser seals the words and calls through the API, so that it can say
 * what is the matter when there is no connection. Without, the same form does it, and the server seals the words.
 */
export function addAlertPages(routes: Routes, office: Office, site: SiteSettings): void {
  routes.page(
    'get',
    '/:community/alert',
    'anybody',
    inCommunity(office, site, (c, view) => answerForm(c, view, nothingTyped(), null)),
  )

  routes.page(
    'post',
    '/:community/alert',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const typed = typedIn(await readFields(c))
      try {
        if (!site.admits(c, 'alerts', mostAlerts)) throw new Refused('too-many')
        await raise(office, view, typed)
      } catch (error) {
        return answerRefusal(c, view, typed, error)
      }
      return c.redirect(view.inside(`alert/${typed.token}`), 303)
    }),
  )

  routes.page(
    'get',
    '/:community/alert/:token',
    'raiser',
    inCommunity(office, site, (c, view) => answerLive(c, view, office)),
  )

  routes.page(
    'post',
    '/:community/alert/:token',
    'raiser',
    inCommunity(office, site, async (c, view) => {
      const given = (await readFields(c)).get('what')
      const what = additions.find((one) => one === given)
      if (what) await add[what](office, alertOf(c.get('visitor')))
      return c.redirect(view.inside(`alert/${c.req.param('token')}`), 303)
    }),
  )
}

const add: Readonly<Record<Addition, (office: Office, alert: string) => Promise<void>>> = {
  worse: itGotWorse,
  over: itIsOver,
  withdraw: withdrawAlert,
}

const nothingTyped = (): TypedAlert & { readonly offered: readonly string[] } => ({
  token: newId(),
  place: '',
  words: '',
  involved: [],
  offered: [],
})

type Typed = ReturnType<typeof nothingTyped>

/** What was typed, cut to what a call holds: nobody is sent back to shorten their words. */
function typedIn(fields: URLSearchParams): Typed {
  return {
    token: alertToken(fields.get('token')) ?? newId(),
    place: fields.get('place') ?? '',
    words: (fields.get('words') ?? '').toWellFormed().trim().slice(0, alertLimits.words),
    involved: fields.getAll('involved'),
    offered: (fields.get('offered') ?? '').split(' '),
  }
}

/** Calls. Words that cannot be sealed, because the committee is changing, are sealed again, once. */
async function raise(office: Office, { community, event }: InCommunity, typed: Typed): Promise<void> {
  for (let again = false; ; again = true) {
    const words = typed.words === '' ? null : await sealWords(office, community.shortName, typed.words, typed)
    try {
      await raiseAlert(office, {
        community: community.id,
        token: typed.token,
        event: event?.id ?? null,
        place: typed.place,
        words,
        involved: typed.involved,
        offered: typed.offered,
      })
      return
    } catch (error) {
      if (again || !(error instanceof Refused && error.code === 'recipients-changed')) throw error
    }
  }
}

function answerForm(
  c: Context<Env>,
  view: InCommunity,
  typed: TypedAlert,
  problem: string | null,
  status = 200,
): Promise<Response> {
  const content = alertForm(view, typed, problem)
  return answerPage(c, view, { title: view.t('alert.title'), content, script: 'alert' }, status)
}

/** Nobody was called, and why; with the numbers, and all that was typed (D3). */
function answerRefusal(c: Context<Env>, view: InCommunity, typed: Typed, error: unknown): Promise<Response> {
  const refused = refusalOf(error)
  const { status } = problemOf(refused)
  if (refused.code === 'server-error') view.site.failed(error, c.req.routePath)
  if (refused.code === 'nobody-to-alert')
    return answerPage(c, view, { title: view.t('alert.nobody.title'), content: nobodyToCall(view) }, status)
  const why = refused.code === 'too-many' ? view.t('alert.too-many') : mishapText(view, error)
  return answerForm(c, view, typed, `${why} ${view.t('alert.not-called')}`, status)
}

async function answerLive(c: Context<Env>, view: InCommunity, office: Office): Promise<Response> {
  const row = await alertById(office.store.db, alertOf(c.get('visitor')))
  if (!row) throw new Refused('not-found')
  const alert = await raisedAlert(office, row)
  const at = { token: c.req.param('token') ?? '', wordsUnsent: c.req.query('words') === 'unsent' }
  const isOn = alert.state === 'open' || alert.state === 'taken'
  return answerPage(c, view, {
    title: liveTitle(view, alert),
    content: liveAlert(view, alert, at),
    script: 'alert-live',
    ...(isOn ? { renew: renewEvery } : {}),
  })
}
