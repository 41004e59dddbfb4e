/** "Received": shown only after the report is durable. */
import { html } from 'hono/html'
import type { Html } from './page.ts'
import type { View } from './view.ts'

/** What the browser's own code fills in. */
export const receiptTemplate = (view: View): Html =>
  html`<template id="receipt-page">${receiptContent(view, null)}</template>`

/** A receipt to show: the code and the answer's due time in words; `everybody`: no member can read it (J4). */
export interface Shown {
  readonly code: string
  readonly answerBy: string
  readonly everybody: boolean
}

/** The receipt; `shown` null leaves blanks for the browser's own code. */
export function receiptContent(view: View, shown: Shown | null): Html {
  const { t, inside, community, site } = view
  const days = community?.playbook.times.resolveDays ?? 0
  const link = shown === null ? '' : `${site.origin()}${inside('mailbox')}#${shown.code.replaceAll(' ', '-')}`
  return html`<h1 tabindex="-1">${t('receipt.title')}</h1>
${shown?.everybody === true ? '' : html`<p class="lead" data-answer-by>${t('receipt.answer-by', { time: shown?.answerBy ?? '{time}' })}</p>`}
${shown?.everybody === false ? '' : html`<p class="lead" data-everybody>${t('receipt.everybody-involved')}</p>`}
<div class="keep"><p><b>${t('receipt.code.title')}.</b> ${t('receipt.code.text')}</p>
<p class="code" translate="no" data-code>${shown?.code ?? ''}</p>
${
  shown === null
    ? html`<div class="row"><button class="second" type="button" data-copy>${t('receipt.copy')}</button><button class="second" type="button" data-save>${t('receipt.save')}</button><button class="second" type="button" data-print>${t('receipt.print')}</button></div>
<p class="state" role="status" data-state></p>`
    : html`<p>${t('receipt.write-down')}</p>`
}
<p class="soft">${t('receipt.bookmark')} <a class="break" data-link href="${link}" rel="nofollow">${t('receipt.link')}</a></p></div>
${shown?.everybody === true ? '' : html`<div class="card" data-next><b>${t('receipt.next.title')}</b><p class="soft">${t('receipt.next.text', { days })}</p></div>`}
<a class="main" href="${inside('')}" data-kept>${t('receipt.kept')}</a>`
}
