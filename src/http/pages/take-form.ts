/** The form for whoever writes down what another person says (B): the report form's fields, addressed to the taker. */
import { html } from 'hono/html'
import { supportKeys } from '../../procedure/records.ts'
import { type FieldGroup, fieldsFor, type ReportField } from '../../procedure/report.ts'
import { codeInput } from '../../procedure/typed-report.ts'
import type { Html } from './page.ts'
import {
  type Filled,
  fieldGroup,
  formEnd,
  formStart,
  input,
  problemList,
  textOf,
  wrong,
} from './report-form.ts'
import { reviewTemplate } from './review.ts'
import type { View } from './view.ts'

/** What stands open on the form, and so in no group. */
const open: ReadonlySet<string> = new Set(['narrative', 'nothingDone', 'evidence', ...supportKeys])
const fields = fieldsFor('taken').filter(({ key, system }) => !system && !open.has(key))
const groups: readonly FieldGroup[] = [
  'who',
  'when',
  'where',
  'what',
  'others',
  'help',
  'handled',
  'you',
  'taker',
  'committee',
]

const fieldOf = (key: string): ReportField =>
  fieldsFor('taken').find((field) => field.key === key) as ReportField

/** The same view in the words for a taker, wherever they differ. */
export function forTaker<V extends View>(view: V): V {
  return { ...view, word: (key: string) => view.word(key.replace(/^report\./, 'take.')) || view.word(key) }
}

/** The whole form, with the pages that follow it as templates for the browser's own code. */
export function takeForm(given: View, filled: Filled): Html {
  const view = forTaker(given)
  const { t, inside, community, language } = view
  if (!community) return html``
  const offered = {
    ...view,
    word: (key: string) => (key === 'report.not-said' ? t('take.not-asked') : view.word(key)),
  }
  return html`<div class="taking">${formStart(view, inside('take'), filled)}
${problemList(view, filled.problems)}
<h1><label for="narrative">${t('take.narrative.label')}</label></h1>
<textarea id="narrative" name="narrative" rows="7" aria-describedby="narrative-hint"${wrong(filled, 'narrative') ? html` aria-invalid="true"` : ''}>${textOf(filled.typed, 'narrative')}</textarea>
<p class="soft" id="narrative-hint">${t('take.narrative.hint')} ${t('take.optional')}</p>
<details class="guidance" open><summary>${t('take.guidance')}</summary><ul>${community.playbook.takerGuidance[
    language
  ].map((line) => html`<li>${line}</li>`)}</ul></details>
${input(view, fieldOf('nothingDone'), filled)}
<div class="supports" role="group" aria-labelledby="supports"><h2 id="supports">${t('take.supports')}</h2><p class="soft">${t('take.supports.hint')}</p>
${supportKeys.map((key) => input(offered, fieldOf(key), filled))}</div>
<div class="groups">${groups.map((group) => fieldGroup(view, group, fields, filled, group === 'you' ? codeChoice(view, filled) : ''))}</div>
<p class="soft">${t('take.no-files')}</p>
${formEnd(view, t('take.sealed-for'))}
</form>
${keptList(view)}</div>
${reviewTemplate(view, 'take')}${keptTemplate(view)}`
}

const codeChoice = ({ t }: View, { typed }: Filled): Html =>
  html`<div class="field"><label class="check"><input type="checkbox" name="${codeInput}" value="yes"${textOf(typed, codeInput) === 'yes' ? html` checked` : ''}> <span>${t('take.code.label')}<small>${t('take.code.hint')}</small></span></label></div>`

/** How each stands that was written down on this device; filled in by the browser's own code. */
const keptList = ({ t }: View): Html =>
  html`<section class="kept" data-kept hidden><h2>${t('take.kept.list')}</h2><ul class="files" data-lines></ul></section>`

function keptTemplate(view: View): Html {
  const { t, inside } = view
  return html`<template id="kept-page"><h1 tabindex="-1">${t('take.kept.title')}</h1>
<p class="lead">${t('take.kept.text')}</p>
<div role="status"><p data-waiting hidden>${t('take.kept.offline')}</p><p data-arrived hidden><b>${t('take.received')}</b></p></div>
<div class="keep" data-code-card><p><b>${t('take.code.title')}.</b> ${t('take.code.text')}</p>
<p class="code" translate="no" data-code></p>
<div class="row"><button class="second" type="button" data-copy>${t('receipt.copy')}</button><button class="second" type="button" data-given>${t('take.given')}</button></div>
<p class="state" role="status" data-state></p></div>
<p class="soft">${t('take.privacy')}</p>
<a class="main" href="${inside('take')}" data-again>${t('take.again')}</a></template>`
}

/** Received, without JavaScript: with the code for the person, if one was wanted. */
export function takenContent(view: View, code: string | null): Html {
  const { t, inside } = view
  return html`<h1>${t('take.kept.title')}</h1>
<p class="lead">${t('take.received')}</p>
${code === null ? '' : html`<div class="keep"><p><b>${t('take.code.title')}.</b> ${t('take.code.text')}</p><p class="code" translate="no" data-code>${code}</p></div>`}
<p class="soft">${t('take.review.hint')} ${t('take.privacy')}</p>
<a class="main" href="${inside('take')}">${t('take.again')}</a>`
}
