/** What happens to a call, as whoever raised it sees it (D1). */
import { html } from 'hono/html'
import type { RaisedAlert } from '../../casework/raised-alert.ts'
import { alertInput } from '../../procedure/typed-report.ts'
import { numbers } from './alert-form.ts'
import type { InCommunity } from './in-community.ts'
import type { Html } from './page.ts'

/** What somebody can add to their call. */
export const additions = ['worse', 'over', 'withdraw'] as const
export type Addition = (typeof additions)[number]

/** The address of a call, and what was said when it was sent. */
export interface CallAt {
  readonly token: string
  /** The browser could not seal the words, so they were not sent. */
  readonly wordsUnsent: boolean
}

/** The title of the page: how it stands, in a few words. */
export function liveTitle({ t }: InCommunity, { state, reach, takenBy }: RaisedAlert): string {
  if (state === 'closed') return t('alert.live.closed')
  if (state === 'withdrawn') return t('alert.live.withdrawn')
  if (state === 'taken')
    return takenBy === null ? t('alert.live.taken.nobody') : t('alert.live.taken', { name: takenBy })
  return t(reach === 'nobody' ? 'alert.live.unreached' : 'alert.live.open')
}

/**
 * The live page. It is made here alone: a browser with JavaScript fetches it again and again and puts what changed in
 * place of what it shows.
 */
export function liveAlert(view: InCommunity, alert: RaisedAlert, at: CallAt): Html {
  const { t, inside } = view
  const isOn = alert.state === 'open' || alert.state === 'taken'
  return html`<div id="alert-live" class="step" data-on="${String(isOn)}">
<div class="problems" role="alert" data-stale hidden><p>${t('alert.live.stale')}</p></div>
<section class="step" data-part="head" aria-live="polite"><h1>${liveTitle(view, alert)}</h1>
${notices(view, alert)}
<ol class="live">${happened(view, alert)}</ol></section>
<section class="step" data-part="said">${said(view, alert, at)}</section>
${numbers(view, t(isOn ? 'alert.numbers.also' : 'alert.numbers'))}
<section class="step" data-part="actions">${isOn ? actions(view, alert, at) : ended(view, at)}</section>
<noscript>${isOn ? html`<p class="soft">${t('alert.live.refresh')}</p>` : ''}</noscript>
<p class="soft">${t('alert.live.keep')}</p>
<p class="soft"><a class="quiet" href="${inside('danger')}">${t('alert.danger')}</a></p></div>`
}

/** D3: whatever keeps help from coming is said at once. */
function notices({ t }: InCommunity, { state, reach, calls }: RaisedAlert): Html {
  if (state === 'taken') return html`<p class="lead">${t('alert.live.taken.text')}</p>`
  if (state !== 'open') return html``
  if (reach === 'nobody') return html`<div class="problems"><p>${t('alert.live.unreached.text')}</p></div>`
  return html`${reach === 'everybody' ? html`<p class="lead">${t('alert.live.everybody')}</p>` : ''}${
    calls === 'failing' ? html`<div class="problems"><p>${t('alert.live.failing')}</p></div>` : ''
  }`
}

/** The steps of a call: those that are done, the one at hand, and what comes next and when. */
function happened(view: InCommunity, alert: RaisedAlert): Html {
  const { t } = view
  const time = (at: number) => timeOf(view, at)
  const line = (is: 'done' | 'now' | 'next', text: string, at: number | null): Html =>
    html`<li class="${is}"${is === 'now' ? html` aria-current="step"` : ''}><span>${text}</span>${at === null ? '' : html` <small>${time(at)}</small>`}</li>`
  const isOpen = alert.state === 'open'
  const isSeen = alert.seenAt !== null || alert.takenAt !== null
  const isSent = alert.calls === 'sent' || isSeen
  return html`${line('done', t('alert.live.raised'), alert.raisedAt)}
${isSent ? line('done', t('alert.live.sent'), null) : isOpen && alert.reach !== 'nobody' ? line('now', t('alert.live.sending'), null) : ''}
${isSeen ? line('done', t('alert.live.seen'), alert.seenAt ?? alert.takenAt) : isOpen && isSent ? line('now', t('alert.live.not-seen'), null) : ''}
${alert.worseAt === null ? '' : line('done', t('alert.live.worse'), alert.worseAt)}
${
  alert.takenAt === null
    ? isOpen && isSeen
      ? line('now', t('alert.live.not-taken'), null)
      : ''
    : line(
        'done',
        alert.takenBy === null
          ? t('alert.live.taken.nobody')
          : t('alert.live.on-the-way', { name: alert.takenBy }),
        alert.takenAt,
      )
}
${alert.overAt === null ? '' : line('done', t('alert.live.over'), alert.overAt)}
${alert.endedAt === null ? '' : line('done', t(alert.state === 'withdrawn' ? 'alert.live.withdrawn' : 'alert.live.closed'), alert.endedAt)}
${alert.next === null ? '' : line('next', t(`alert.live.next.${alert.next.kind}`, { time: time(alert.next.at) }), null)}`
}

function said({ t }: InCommunity, { place, hasWords }: RaisedAlert, { wordsUnsent }: CallAt): Html {
  return html`${place === null ? '' : html`<p class="card"><small>${t('alert.live.place')}</small><br><b class="read">${place}</b></p>`}
${hasWords ? html`<p class="soft">${t('alert.live.words-sealed')}</p>` : ''}
${wordsUnsent && !hasWords ? html`<div class="problems"><p>${t('alert.live.words-unsent')}</p></div>` : ''}`
}

function actions(view: InCommunity, { overAt }: RaisedAlert, { token }: CallAt): Html {
  const { t, inside } = view
  const form = (what: Addition, button: Html): Html =>
    html`<form method="post" action="${inside(`alert/${token}`)}" data-add><input type="hidden" name="what" value="${what}">${button}</form>`
  return html`${form('worse', html`<button class="second worse" type="submit"><b>${t('alert.live.worse.button')}</b> <small>${t('alert.live.worse.hint')}</small></button>`)}
${overAt === null ? form('over', html`<button class="second" type="submit">${t('alert.live.over.button')}</button>`) : ''}
${form('withdraw', html`<button class="quiet" type="submit">${t('alert.live.withdraw.button')}</button>`)}`
}

/** A4: every path ends in the offer to report. */
function ended({ t, inside }: InCommunity, { token }: CallAt): Html {
  return html`<a class="main" href="${inside('report', { [alertInput]: token })}"><b>${t('alert.live.report')}</b> <small>${t('alert.live.report.hint')}</small></a>
<p><a class="quiet" href="${inside('alert')}">${t('alert.again')}</a></p>`
}

/** The time of day in the community's zone. */
const timeOf = ({ language, community }: InCommunity, at: number): string =>
  new Intl.DateTimeFormat(language, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: community.timeZone,
  }).format(at)
