/** Reading a report over before it is sent: a page without JavaScript, a template with it. */
import { html } from 'hono/html'
import { limits } from '../../procedure/records.ts'
import { type ReportBody, reportFields } from '../../procedure/report.ts'
import { alertInput, codeInput, noticeInput, offeredInput } from '../../procedure/typed-report.ts'
import { icon } from './icons.ts'
import { everybodyInvolved } from './involved.ts'
import type { Html } from './page.ts'
import { sayField } from './said.ts'
import type { View } from './view.ts'

/** What the browser's own code fills in before it seals. */
export function reviewTemplate(view: View, path: 'report' | 'take' = 'report'): Html {
  const { t } = view
  const taken = path === 'take'
  return html`<template id="review-page"><h1 tabindex="-1">${t('review.title')}</h1>
<p class="lead">${t(taken ? 'take.review.hint' : 'review.hint')}</p>
<dl class="said-list" data-said-list></dl>
<p class="soft" data-anonymous>${t(taken ? 'take.review.anonymous' : 'review.anonymous')}</p>
<div data-everybody>${everybodyInvolved(view)}</div>
<div class="card" data-readers><b>${t('review.who-reads')}</b><p>${t('guide.who.text')}</p><p data-left-out>${t('review.left-out', { names: '{names}' })}</p></div>
<p class="seal">${icon('lock')}<span>${t('review.sealed-here')}</span></p>
<ul class="files" data-progress></ul>
<p class="state" role="status" data-state></p>
<button class="main" type="button" data-send>${t('review.send')}</button>
<p><button class="quiet" type="button" data-change>${t('review.change')}</button></p></template>`
}

/** What a report says, as a list. */
export function saidList(view: View, report: Partial<ReportBody>, notice: string | null): Html {
  const { t, word } = view
  const rows = reportFields.flatMap((field) => {
    const said = sayField(view, field, report)
    return said.length === 0 ? [] : [{ label: word(`report.${field.key}.label`), said: said.join(', ') }]
  })
  if (notice !== null) rows.push({ label: t('form.notify.label'), said: notice })
  return html`<dl class="said-list">${rows.map(({ label, said }) => html`<dt>${label}</dt><dd>${said}</dd>`)}</dl>`
}

/** What the plain path carries from page to page, since it keeps nothing on the server. */
export interface Carried {
  /** Names and values as they were typed. */
  readonly typed: readonly (readonly [string, string])[]
  /** The receipt code, made when this page is; so that sending twice files once (F3). */
  readonly code: string
}

/** The review without JavaScript: the last page before the server seals, and says so. */
export function plainReview(
  view: View,
  report: ReportBody,
  notice: string | null,
  { typed, code }: Carried,
  problem: string | null,
  path: 'report' | 'take' = 'report',
): Html {
  const { t, inside, community } = view
  if (!community) return html``
  const names = (report.involved ?? []).flatMap((id) =>
    community.members.filter((member) => member.id === id).map((member) => member.name),
  )
  const everybody = community.members.length > 0 && names.length === community.members.length
  const nobody = everybody && !community.recovery
  return html`<form class="report" method="post" action="${inside(`${path}/send`)}" enctype="multipart/form-data" autocomplete="off">
${problem === null ? '' : html`<div class="problems" role="alert"><p>${problem} ${t('error.still-here')}</p></div>`}
<h1>${t('review.title')}</h1><p class="lead">${t(path === 'take' ? 'take.review.hint' : 'review.hint')}</p>
${saidList(view, report, notice)}
${report.reporterName === undefined && report.reach === undefined ? html`<p class="soft">${t(path === 'take' ? 'take.review.anonymous' : 'review.anonymous')}</p>` : ''}
${
  everybody
    ? everybodyInvolved(view)
    : html`<div class="card"><b>${t('review.who-reads')}</b><p>${t('guide.who.text')}</p>${names.length > 0 ? html`<p>${t('review.left-out', { names: names.join(', ') })}</p>` : ''}</div>`
}
${typed.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<input type="hidden" name="code" value="${code}">
${
  nobody
    ? ''
    : html`${path === 'take' ? '' : filesChoice(view)}<div class="weaker"><p><b>${t('form.no-js.label')}</b></p><p>${t('form.no-js.text')}</p></div>
<button class="main" type="submit">${t('form.no-js.send')}</button>`
}
<p><button class="quiet" type="submit" formaction="${inside(`${path}/change`)}" formenctype="application/x-www-form-urlencoded" formnovalidate>${t('review.change')}</button></p>
</form>`
}

const filesChoice = ({ t }: View): Html =>
  html`<div class="field"><label for="evidence">${t('report.evidence.label')}</label><small id="evidence-hint">${t('report.evidence.hint', { files: limits.files, megabytes: limits.fileBytes / 1024 / 1024 })}</small>
<input type="file" id="evidence" name="evidence" multiple aria-describedby="evidence-hint"></div>
`

/** Names of the inputs that carry what was typed. */
export const carriedNames: ReadonlySet<string> = new Set([
  ...reportFields
    .filter(({ system, kind }) => !system && kind !== 'files' && kind !== 'time')
    .map(({ key }) => key),
  noticeInput,
  alertInput,
  codeInput,
  offeredInput,
  'when.kind',
  'when.phrase',
  'when.date',
  'when.time',
  'when.fromDate',
  'when.fromTime',
  'when.toDate',
  'when.toTime',
])
