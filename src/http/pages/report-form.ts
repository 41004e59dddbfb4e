/** The report form (C): every field of procedure/report.ts, drawn from that data. */
import { html } from 'hono/html'
import { limits } from '../../procedure/records.ts'
import {
  type FieldGroup,
  fieldGroups,
  fieldsFor,
  type ReportBody,
  type ReportField,
  type ReportKind,
} from '../../procedure/report.ts'
import {
  alertInput,
  eventOption,
  type FieldProblem,
  noticeInput,
  offeredInput,
  type TimeKind,
  type TypedForm,
  timeInputs,
  timeKinds,
} from '../../procedure/typed-report.ts'
import { icon } from './icons.ts'
import { everybodyInvolved } from './involved.ts'
import type { Html } from './page.ts'
import { receiptTemplate } from './receipt.ts'
import { reviewTemplate } from './review.ts'
import { sayField } from './said.ts'
import type { View } from './view.ts'

/** A form with what was typed, and what is wrong with it. */
export interface Filled {
  readonly typed: TypedForm
  /** As far as it was understood. */
  readonly report: Partial<ReportBody>
  readonly problems: readonly FieldProblem[]
}

/**
 * A form in which nothing has been typed. Only an event that was chosen before stands in it.
 *
 * @param alert - token of the alert that the report ends (A4), or null.
 */
export const blank = ({ event, eventWasChosen }: View, alert: string | null = null): Filled => ({
  typed: new URLSearchParams(alert === null ? {} : { [alertInput]: alert }),
  report: event && eventWasChosen ? { event: { id: event.id, name: event.name } } : {},
  problems: [],
})

/** The latest events are offered; what is older can be said in words. */
const mostEvents = 40

const shownFor = (written: ReportKind): readonly ReportField[] =>
  fieldsFor(written).filter((field) => !field.system && field.key !== 'narrative')

/** The whole form, with the pages that follow it as templates for the browser's own code. */
export function reportForm(view: View, filled: Filled): Html {
  const { t, inside, community } = view
  if (!community) return html``
  return html`${formStart(view, inside('report'), filled)}
${problemList(view, filled.problems)}
${narrative(view, filled)}
<p class="soft">${t('form.optional')}</p>
<div class="groups">${fieldGroups.map((group) => fieldGroup(view, group, shownFor('own'), filled))}</div>
${formEnd(view, sealedFor(view))}
</form>
${reviewTemplate(view)}${receiptTemplate(view)}`
}

/** Where the form of a community begins, with what the browser's own code has to know. */
export function formStart({ community }: View, action: string, { typed }: Filled): Html {
  if (!community) return html``
  const alert = textOf(typed, alertInput)
  return html`<form id="report" class="report" method="post" action="${action}" autocomplete="off" novalidate
 data-community="${community.shortName}" data-fingerprint="${community.fingerprint}" data-zone="${community.timeZone}" data-recovery="${String(community.recovery)}">${alert === '' ? '' : html`<input type="hidden" name="${alertInput}" value="${alert}">`}`
}

/** How a form ends: what seals it, the button, and the weaker way where the browser cannot seal. */
export function formEnd({ t }: View, sealed: string): Html {
  return html`<noscript><div class="weaker"><p><b>${t('form.no-js.title')}</b></p><p>${t('form.no-js.text')}</p></div>
<button class="main" type="submit">${t('form.review')}</button></noscript>
<p class="seal needs-script">${icon('lock')}<span>${sealed}</span></p>
<button class="main needs-script" type="submit" disabled data-review>${t('form.review')}</button>
<div class="weaker stuck needs-script" data-stuck><p>${t('form.stuck')}</p><p>${t('form.no-js.text')}</p>
<button class="second" type="submit" name="plain" value="yes">${t('form.no-js.send')}</button></div>
<p class="soft needs-script">${t('form.kept-in-memory')}</p>`
}

const sealedFor = ({ t, community }: View): string =>
  community?.onCall && community.onCall.length > 0
    ? t('form.sealed-for-names', { names: community.onCall.join(', ') })
    : t('form.sealed-for')

/** What is wrong, at the top, each leading to its field. */
export function problemList(view: View, problems: readonly FieldProblem[]): Html {
  if (problems.length === 0) return html``
  return html`<div class="problems" role="alert" tabindex="-1"><p><b>${view.t('error.title')}</b> ${view.t('error.still-here')}</p>
<ul>${problems.map((found) => html`<li><a href="#${found.field}">${problemText(view, found)}</a></li>`)}</ul></div>`
}

function problemText({ t }: View, { problem, length = 0, max = 0 }: FieldProblem): string {
  switch (problem) {
    case 'missing':
      return t('error.narrative-missing')
    case 'too-long':
      return t('error.too-long', { length, max })
    case 'bad-time':
      return t('error.bad-time')
    case 'time-order':
      return t('error.time-order')
    case 'bad-address':
      return t('error.bad-address')
    case 'committee-changed':
      return t('site.problem.committee-changed')
  }
}

export const textOf = (typed: TypedForm, name: string): string => {
  const value = typed.get(name)
  return typeof value === 'string' ? value : ''
}

export const wrong = ({ problems }: Filled, field: string): boolean =>
  problems.some((found) => found.field === field)

function narrative({ t }: View, filled: Filled): Html {
  return html`<h1><label for="narrative">${t('report.narrative.label')}</label></h1>
<textarea id="narrative" name="narrative" rows="7" aria-describedby="narrative-hint"${wrong(filled, 'narrative') ? html` aria-invalid="true"` : ''}>${textOf(filled.typed, 'narrative')}</textarea>
<p class="soft" id="narrative-hint">${t('report.narrative.hint')}</p>`
}

/**
 * A closed group of fields.
 *
 * @param shown - the fields of the form; those of the group are taken.
 * @param more - what stands below them.
 */
export function fieldGroup(
  view: View,
  group: FieldGroup,
  shown: readonly ReportField[],
  filled: Filled,
  more: Html | '' = '',
): Html {
  const fields = shown.filter((field) => field.group === group)
  if (fields.length === 0) return html``
  const said = [
    ...fields.flatMap((field) => sayField(view, field, filled.report)),
    ...(group === 'you' ? [textOf(filled.typed, noticeInput)] : []),
  ].filter((text) => text !== '')
  const problem =
    fields.some(({ key }) => wrong(filled, key)) || (group === 'you' && wrong(filled, noticeInput))
  return html`<details data-group${said.length > 0 ? html` class="said"` : ''}${problem ? html` open` : ''}><summary><span><b>${group === 'what' ? view.t('report.circumstances.label') : view.word(`report.group.${group}`)}</b><small data-said>${said.join(' · ')}</small></span><span class="add">${view.t('form.add')}</span><span class="change">${view.t('form.change')}</span></summary>
<div class="fields">${fields.map((field) => input(view, field, filled))}${group === 'you' ? noticeField(view, filled) : ''}${more}</div></details>`
}

/** One field, as its kind is filled in. */
export function input(view: View, field: ReportField, filled: Filled): Html {
  switch (field.kind) {
    case 'text':
    case 'long':
      return textField(view, field, filled)
    case 'choice':
      return field.choices?.length === 1 ? checkField(view, field, filled) : choiceField(view, field, filled)
    case 'time':
      return timeField(view, filled)
    case 'files':
      return filesField(view, field)
    case 'members':
      return membersField(view, field, filled)
    case 'event':
      return eventField(view, field, filled)
  }
}

const label = ({ word }: View, key: string): string => word(`report.${key}.label`)
const hint = ({ word }: View, key: string): string => word(`report.${key}.hint`)

function textField(view: View, { key, kind }: ReportField, filled: Filled): Html {
  const help = hint(view, key)
  const value = textOf(filled.typed, key)
  const described = help === '' ? '' : html` aria-describedby="${key}-hint"`
  const invalid = wrong(filled, key) ? html` aria-invalid="true"` : ''
  return html`<div class="field"><label for="${key}">${label(view, key)}</label>${help === '' ? '' : html`<small id="${key}-hint">${help}</small>`}
${
  kind === 'long'
    ? html`<textarea id="${key}" name="${key}" rows="3"${described}${invalid}>${value}</textarea>`
    : html`<input id="${key}" name="${key}" type="text" value="${value}"${described}${invalid}>`
}</div>`
}

function choiceField(view: View, { key, choices = [] }: ReportField, { typed }: Filled): Html {
  const chosen = textOf(typed, key)
  const help = hint(view, key)
  const option = (value: string, text: string) =>
    html`<label class="pill"><input type="radio" name="${key}" value="${value}"${value === chosen ? html` checked` : ''}> <span>${text}</span></label>`
  return html`<fieldset class="field" id="${key}"><legend>${label(view, key)}</legend>${help === '' ? '' : html`<small>${help}</small>`}
<div class="pills">${choices.map((choice) => option(choice, view.word(`report.choice.${choice}`)))}${option('', view.word('report.not-said'))}</div></fieldset>`
}

function checkField(view: View, { key, choices: [value = ''] = [] }: ReportField, { typed }: Filled): Html {
  return html`<div class="field"><label class="check"><input type="checkbox" id="${key}" name="${key}" value="${value}" data-yes="${view.t('report.choice.yes')}"${textOf(typed, key) === value ? html` checked` : ''}> <span>${label(view, key)}<small>${hint(view, key)}</small></span></label></div>`
}

/** "Approximate" is real (C): in words, a date with or without a time, or between two. */
function timeField(view: View, filled: Filled): Html {
  const { t, language, community } = view
  const { typed } = filled
  const kind = timeKinds.find((known) => known === textOf(typed, 'when.kind')) ?? 'phrase'
  const pill = (value: TimeKind) =>
    html`<label class="pill"><input type="radio" name="when.kind" value="${value}"${value === kind ? html` checked` : ''}> <span>${t(value === 'phrase' ? 'report.when.phrase' : value === 'exact' ? 'report.when.exact' : 'report.when.range')}</span></label>`
  const pair = ([date, time]: readonly [string, string], what: string) =>
    html`<div class="moment" role="group" aria-label="${what}"><span aria-hidden="true">${what}</span><input type="date" name="${date}" value="${textOf(typed, date)}" aria-label="${what}: ${t('form.when.date')}"><input type="time" name="${time}" value="${textOf(typed, time)}" aria-label="${what}: ${t('form.when.time')}"></div>`
  const zone = new Intl.DateTimeFormat(language, {
    timeZone: community?.timeZone ?? 'UTC',
    timeZoneName: 'longGeneric',
  })
    .formatToParts(0)
    .find(({ type }) => type === 'timeZoneName')?.value
  return html`<fieldset class="field when" id="when"><legend>${t('report.when.label')}</legend><small>${t('report.when.hint')}</small>
<div class="pills">${timeKinds.map(pill)}</div>
<div class="when-phrase"><input type="text" name="when.phrase" value="${textOf(typed, 'when.phrase')}" aria-label="${t('report.when.phrase')}"${wrong(filled, 'when') ? html` aria-invalid="true"` : ''}></div>
<div class="when-exact">${pair(timeInputs.exact, t('report.when.exact'))}</div>
<div class="when-range">${pair(timeInputs.from, t('report.when.from'))}${pair(timeInputs.to, t('report.when.to'))}</div>
<small class="when-zone">${t('form.when.zone', { zone: zone ?? '' })}</small></fieldset>`
}

/** Which event was it? Said inside the sealed report alone. Preset only where the address said it. */
function eventField(view: View, { key }: ReportField, { report }: Filled): Html {
  const events = view.community?.events ?? []
  const named = [...(report.event ? [report.event] : []), ...events.slice(0, mostEvents)]
  const offered = named.filter(({ id }, index) => named.findIndex((other) => other.id === id) === index)
  if (offered.length === 0) return html``
  return html`<div class="field"><label for="${key}">${label(view, key)}</label><small id="${key}-hint">${hint(view, key)}</small>
<select id="${key}" name="${key}" aria-describedby="${key}-hint"><option value="">${view.t('report.not-said')}</option>${offered.map(
    ({ id, name }) =>
      html`<option value="${eventOption({ id, name })}"${id === report.event?.id ? html` selected` : ''}>${name}</option>`,
  )}</select></div>`
}

function filesField(view: View, { key }: ReportField): Html {
  const { t } = view
  return html`<noscript><p class="field">${t('form.files-later')}</p></noscript>
<div class="field needs-script" id="${key}"><label class="second pick">${icon('file')}<span>${t('form.add-file')}</span><input type="file" multiple data-files aria-describedby="${key}-hint"></label>
<small id="${key}-hint">${t('report.evidence.hint', { files: limits.files, megabytes: limits.fileBytes / 1024 / 1024 })}</small>
<ul class="files" data-file-list></ul></div>`
}

function membersField(view: View, { key }: ReportField, { report }: Filled): Html {
  const { community } = view
  const members = community?.members ?? []
  return html`<fieldset class="field members" id="${key}"><legend>${label(view, key)}</legend><small>${hint(view, key)}</small>
<div data-members>${members.map(
    ({ id, name }) =>
      html`<label class="check"><input type="checkbox" name="${key}" value="${id}"${report.involved?.includes(id) ? html` checked` : ''}> <span>${name}</span></label>`,
  )}</div>
<input type="hidden" name="${offeredInput}" value="${members.map(({ id }) => id).join(' ')}">
<div class="everybody">${everybodyInvolved(view)}</div></fieldset>`
}

function noticeField(view: View, filled: Filled): Html {
  const { t, word } = view
  return html`<div class="field"><label for="${noticeInput}">${word('report.notify.label') || t('form.notify.label')}</label><small id="${noticeInput}-hint">${word('report.notify.hint') || t('form.notify.hint')}</small>
<input id="${noticeInput}" name="${noticeInput}" type="email" inputmode="email" value="${textOf(filled.typed, noticeInput)}" aria-describedby="${noticeInput}-hint"${wrong(filled, noticeInput) ? html` aria-invalid="true"` : ''}></div>`
}
