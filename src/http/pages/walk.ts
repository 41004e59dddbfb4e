import { html } from 'hono/html'
import type { Office } from '../../casework/office.ts'
import {
  type Answer,
  answers,
  everyWay,
  type TriageNode,
  triageNode,
  type Walk,
  walk,
} from '../../procedure/triage.ts'
import type { Routes } from '../endpoint.ts'
import { whichEvent } from './event.ts'
import type { Flowchart } from './flowchart.ts'
import { icon } from './icons.ts'
import { inCommunity } from './in-community.ts'
import { answerPage, type Html } from './page.ts'
import type { SiteSettings, View } from './view.ts'

/** The questions, in the order in which they are counted. */
const questions: readonly string[] = ['harm', 'over', 'handle']

/**
 * What is happening? (A1 to A4) One question on each screen, each answer a plain link. The answers given so far
 * stand in the address and nowhere else.
 */
export function addWalkPages(routes: Routes, office: Office, site: SiteSettings, flowchart: Flowchart): void {
  routes.page(
    'get',
    '/:community',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const walked = walkOf(c.req.query('way'))
      if (walked.at === 'report') return c.redirect(view.inside('report'), 302)
      if (walked.at === 'danger') return c.redirect(addressOf(view, walked), 302)
      const node = triageNode(walked.at)
      const content = node.kind === 'question' ? question(view, node, walked) : screen(view, node, walked)
      return answerPage(c, view, {
        title: view.word(`triage.${walked.at}.title`),
        content: html`${content}${wholeWay(view, walked, flowchart)}`,
      })
    }),
  )

  routes.page(
    'get',
    '/:community/danger',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const walked = walkOf(c.req.query('way') ?? 'yes')
      // Whatever the address says, this page is the way through danger.
      const here = walked.at === 'danger' ? walked : walk(['yes'])
      return answerPage(c, view, { title: view.t('danger.title'), content: danger(view, here) })
    }),
  )
}

/** The walk that an address says, as far as it makes sense. */
export const walkOf = (way: string | undefined): Walk =>
  walk((way ?? '').split('-').flatMap((given): Answer[] => answers.filter((answer) => answer === given)))

/** The addresses of every walk through the flowchart but its end, the report. */
export const everyWalk = (view: View): string[] =>
  everyWay().flatMap((way) => {
    const walked = walk(way)
    return walked.at === 'report' ? [] : [addressOf(view, walked)]
  })

const wayOf = ({ path }: Walk): string => path.map(({ answer }) => answer).join('-')

function addressOf({ inside }: View, walked: Walk): string {
  const way = wayOf(walked)
  if (walked.at === 'report') return inside('report')
  if (walked.at === 'danger') return inside('danger', way === 'yes' ? {} : { way })
  return inside('', way === '' ? {} : { way })
}

const onwards = (walked: Walk, answer: Answer): Walk =>
  walk([...walked.path.map((step) => step.answer), answer])
const backwards = (walked: Walk): Walk => walk(walked.path.slice(0, -1).map((step) => step.answer))

function question(view: View, node: TriageNode, walked: Walk): Html {
  const { t, inside } = view
  const number = questions.indexOf(node.place) + 1
  const first = walked.path.length === 0
  return html`<div class="path" role="img" aria-label="${t('home.step', { number, total: questions.length })}">${questions.map(
    (_, index) => html`<i${index < number ? html` class="on"` : ''}></i>`,
  )}</div>
${first ? whichEvent(view, '') : ''}
<h1>${view.word(`triage.${node.place}.title`)}</h1>
<p class="lead">${view.word(`triage.${node.place}.text`)}</p>
<ul class="answers">${node.answers.map(({ answer, next }) => {
    const alarm = next === 'danger'
    return html`<li><a class="answer${alarm ? ' alarm' : ''}" href="${addressOf(view, onwards(walked, answer))}"><b>${view.word(`triage.${node.place}.${answer}`)}</b> <small>${view.word(`triage.${node.place}.${answer}.hint`)}</small></a></li>`
  })}</ul>
${
  first
    ? html`<p class="soft">${t('home.promise')}</p>
<div class="quiets">
<a class="quiet" href="${inside('report')}">${t('home.straight-to-report')}</a>
<a class="quiet" href="${inside('take')}">${t('take.link')}</a>
<a class="quiet" href="${inside('mailbox')}">${t('home.receipt')}</a>
</div>`
    : html`<div class="quiets">${back(view, walked)}</div>`
}`
}

function screen(view: View, node: TriageNode, walked: Walk): Html {
  const { t } = view
  const text = html`<p class="lead">${view.word(`triage.${node.place}.text`)}</p>`
  return html`<h1>${view.word(`triage.${node.place}.title`)}</h1>
${node.place === 'find-help' ? findHelp(view, text) : text}
${node.answers.map(
  ({ answer }) =>
    html`<a class="main" href="${addressOf(view, onwards(walked, answer))}"><b>${view.word(`triage.${node.place}.${answer}`)}</b> <small>${view.word(`triage.${node.place}.${answer}.hint`)}</small></a>`,
)}
<p class="soft">${t('path.report-later')}</p>
<div class="quiets">${back(view, walked)}</div>`
}

/** The ways there are to reach somebody now (D3): the numbers the community publishes, and the people around. */
function findHelp({ t, community, numbers, inside }: View, text: Html): Html {
  if (!community || !numbers) return text
  const { phones } = numbers
  const committee = phones.committee ?? community.contact.phone
  const names = community.onCall ?? []
  return html`<a class="main now" href="${inside('alert')}">${icon('alert')}<b>${t('alert.button')}</b></a>
${names.length > 0 ? html`<p class="card"><small>${t('find-help.on-call.label')}</small><br><b class="read">${names.join(', ')}</b></p>` : ''}
${committee ? call(committee, t('find-help.call'), committee, 'calm') : ''}
${phones.security ? call(phones.security, t('danger.security'), phones.security, 'calm') : ''}
<p class="lead">${t('find-help.ask-staff')}</p>
<p class="soft">${t('error.call-instead', { phone: phones.emergency })}</p>`
}

/** Get security or the police first (A1). No form, nothing stored. */
function danger(view: View, walked: Walk): Html {
  const { t, numbers, inside } = view
  if (!numbers) return html``
  const { phones, venue } = numbers
  return html`<h1>${t('danger.title')}</h1>
${call(phones.emergency, t('danger.emergency', { phone: phones.emergency }), t('danger.emergency.label'), 'loud')}
${phones.security ? call(phones.security, t('danger.security'), phones.security, 'clear') : ''}
${phones.nonEmergency ? call(phones.nonEmergency, t('danger.police'), phones.nonEmergency, 'clear') : ''}
${
  venue.address.length > 0 || venue.name
    ? html`<p class="card"><small>${t('danger.address')}</small><br><b class="read">${[
        venue.name,
        ...venue.address,
      ]
        .filter((line) => line !== null)
        .map((line, index) => (index === 0 ? line : html`<br>${line}`))}</b></p>`
    : ''
}
${whichEvent(view, 'danger', wayOf(walked))}
<p class="lead">${t('danger.stay')}</p>
<a class="main" href="${addressOf(view, onwards(walked, 'called'))}">${t('danger.called')}</a>
<a class="second" href="${inside('alert')}">${t('alert.title')}</a>
<p class="soft">${t('danger.nothing-kept')}</p>
<div class="quiets">${back(view, walked)}</div>`
}

/** A number to be tapped. */
export const call = (phone: string, what: string, aside: string, voice: 'loud' | 'clear' | 'calm'): Html =>
  html`<a class="call ${voice}" href="tel:${phone.replace(/[^\d+*#]/g, '')}">${icon('phone')}<b>${what}</b> <span>${aside}</span></a>`

const back = (view: View, walked: Walk): Html =>
  html`<a class="quiet" href="${addressOf(view, backwards(walked))}">${view.t('page.back')}</a>`

/** The flowchart with the way so far (A5), one tap away. */
function wholeWay(view: View, walked: Walk, flowchart: Flowchart): Html {
  return html`<details class="whole"><summary>${view.t('guide.picture.title')}</summary>
<div class="flowchart">${flowchart(view.language, walked, view.t('guide.picture.alt'))}</div>
<p><a class="quiet" href="${view.inside('guide', { way: wayOf(walked) })}">${view.t('home.guide')}</a></p></details>`
}
