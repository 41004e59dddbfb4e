/** The opened mailbox: written by the server for a browser without JavaScript, templates for one that opens it itself. */
import { html } from 'hono/html'
import type { OpenedEntry, OpenedMailbox } from '../../casework/open-mailbox.ts'
import type { FileRef } from '../../procedure/records.ts'
import { limits } from '../../procedure/records.ts'
import { fieldsFor, type ReportBody } from '../../procedure/report.ts'
import { icon } from './icons.ts'
import type { InCommunity } from './in-community.ts'
import type { Html } from './page.ts'
import { saidList } from './review.ts'

/** Where the code is typed. */
export function codeForm(view: InCommunity, problem: string | null, typed = ''): Html {
  const { t, inside, community } = view
  return html`<form class="mailbox" method="post" action="${inside('mailbox')}" autocomplete="off" data-mailbox data-community="${community.shortName}" data-fingerprint="${community.fingerprint}">
<h1>${t('mailbox.title')}</h1>
${problem === null ? '' : html`<div class="problems" role="alert"><p>${problem}</p></div>`}
<div class="field"><label for="code">${t('mailbox.code.label')}</label><small id="code-hint">${t('mailbox.code.hint')}</small>
<textarea id="code" name="code" rows="3" class="code" autocapitalize="none" autocorrect="off" spellcheck="false" translate="no" aria-describedby="code-hint">${typed}</textarea></div>
<noscript><div class="weaker"><p>${t('mailbox.no-js')}</p></div><button class="main" type="submit">${t('mailbox.open')}</button></noscript>
<p class="state" role="status" data-state></p>
<button class="main needs-script" type="submit" disabled data-open>${t('mailbox.open')}</button>
<div class="weaker stuck needs-script" data-stuck><p>${t('mailbox.stuck')}</p><p>${t('mailbox.server-opens')}</p>
<button class="second" type="submit" name="plain" value="yes">${t('mailbox.open')}</button></div>
<p class="soft">${t('mailbox.lost')}</p>
</form>`
}

/** What the browser's own code fills in. */
export function mailboxTemplates(view: InCommunity): Html {
  const { t, word, inside, community } = view
  return html`<template id="mailbox-page"><h1 tabindex="-1">${t('mailbox.title')}</h1>
<p class="state bad" role="alert" data-untrusted>${t('mailbox.untrusted')}</p>
<ol class="timeline" data-timeline></ol>
<p class="lead" data-waiting>${t('mailbox.nothing-yet', { time: '{time}' })}</p>
<p class="lead" data-late>${t('mailbox.overdue')}</p>
<p class="lead" data-closed>${t('mailbox.closed')}</p>
<form class="mailbox" autocomplete="off" data-answer>
${askShepherd(view, null)}<label for="text"><b>${t('mailbox.write')}</b></label>
<textarea id="text" name="text" rows="3"></textarea>
<label class="second pick">${icon('file')}<span>${t('mailbox.add-file')}</span><input type="file" multiple data-files></label>
<ul class="files" data-file-list></ul><ul class="files" data-progress></ul>
<p class="state" role="status" data-state></p>
<button class="main" type="submit" data-send>${t('mailbox.send')}</button></form>
<p><a class="quiet" href="${inside('')}" data-close>${t('mailbox.close')}</a></p></template>
<template id="bubble" data-you="${t('mailbox.from-you')}" data-committee="${t('mailbox.from-committee', { name: '{name}' })}" data-agrees="${t('mailbox.shepherd.agrees')}" data-objects="${t('mailbox.shepherd.objects')}" data-checked="${t('mailbox.checked')}" data-by-server="${t('mailbox.by-server')}"><li class="bubble"><b data-from></b>
<p class="text" data-text></p>
<details data-all><summary>${t('mailbox.all-said')}</summary></details>
<ul class="files" data-files></ul><small data-when></small><div data-doubts></div></li></template>
<template id="report-said" data-yes="${t('report.choice.yes')}" data-no="${t('report.choice.no')}" data-unsure="${t('report.choice.unsure')}" data-wanted="${t('report.choice.wanted')}" data-arranged="${t('report.choice.arranged')}" data-declined="${t('report.choice.declined')}"><dl class="said-list">${fieldsFor(
    'taken',
  )
    .filter(({ key, system }) => !system && key !== 'narrative' && key !== 'evidence')
    .map(
      ({ key, kind }) =>
        html`<dt data-field="${key}">${word(`report.${key}.label`)}</dt><dd>${
          kind === 'members'
            ? community.members.map(({ id, name }) => html`<span data-member="${id}">${name}</span>`)
            : ''
        }</dd>`,
    )}</dl></template>`
}

/** What a page of the plain path carries, since the server keeps nothing between pages. */
export interface PlainState {
  readonly code: string
  /** Makes sending this page's answer twice add it once. */
  readonly once: string
  /** Epoch milliseconds. */
  readonly now: number
  /** What was typed and could not be sent. */
  readonly typed: string
}

/** The mailbox as the server opened it. */
export function plainMailbox(
  view: InCommunity,
  { mailbox, entries }: OpenedMailbox,
  { code, once, now, typed }: PlainState,
  note: { readonly text: string; readonly bad: boolean } | null,
): Html {
  const { t, inside } = view
  const answered = entries.some(({ record }) => record?.kind === 'message')
  const status =
    mailbox.state === 'closed'
      ? t('mailbox.closed')
      : mailbox.state === 'received' && !answered
        ? now <= mailbox.acknowledgeBy
          ? t('mailbox.nothing-yet', { time: view.when(mailbox.acknowledgeBy) })
          : t('mailbox.overdue')
        : ''
  return html`<h1>${t('mailbox.title')}</h1>
${note === null ? '' : html`<p class="state${note.bad ? ' bad' : ''}" role="status">${note.text}</p>`}
<ol class="timeline">${entries.filter((entry) => !isSilent(entry)).map((entry) => bubble(view, mailbox, entry, code))}</ol>
${status === '' ? '' : html`<p class="lead">${status}</p>`}
<form class="mailbox" method="post" action="${inside('mailbox/answer')}" enctype="multipart/form-data" autocomplete="off">
<input type="hidden" name="code" value="${code}"><input type="hidden" name="once" value="${once}">
${mailbox.shepherd === null ? '' : askShepherd(view, mailbox.shepherd)}<label for="text"><b>${t('mailbox.write')}</b></label>
<textarea id="text" name="text" rows="3">${typed}</textarea>
<div class="field"><label for="files">${t('mailbox.add-file')}</label><small>${t('report.evidence.hint', { files: limits.files })}</small><input type="file" id="files" name="files" multiple></div>
<div class="weaker"><p><b>${t('form.no-js.label')}</b></p><p>${t('mailbox.no-js')}</p></div>
<button class="main" type="submit">${t('mailbox.send')}</button></form>
<form method="post" action="${inside('mailbox')}"><input type="hidden" name="code" value="${code}"><button class="quiet" type="submit">${t('mailbox.look-again')}</button></form>
<p><a class="quiet" href="${inside('')}">${t('mailbox.close')}</a></p>`
}

/** Asks whether the shepherd is all right with the reporter (I6). null: the browser's own code fills it in. */
function askShepherd(view: InCommunity, shepherd: OpenedMailbox['mailbox']['shepherd']): Html {
  const { t } = view
  const name = shepherd?.name ?? '{name}'
  const time = shepherd === null ? '{time}' : view.when(shepherd.until)
  return html`<fieldset class="field"${shepherd === null ? html` data-shepherd hidden` : ''}><legend><b data-shepherd-name>${t('mailbox.shepherd', { name })}</b></legend>
<small data-shepherd-until>${t('mailbox.shepherd.hint', { time })}</small>
<div class="pills">${(['agrees', 'objects', 'unsaid'] as const).map(
    (said) =>
      html`<label class="pill"><input type="radio" name="shepherd" value="${said}"${said === 'unsaid' ? html` checked` : ''}> <span>${t(`mailbox.shepherd.${said}`)}</span></label>`,
  )}</div></fieldset>
`
}

function bubble(
  view: InCommunity,
  mailbox: OpenedMailbox['mailbox'],
  entry: OpenedEntry,
  code: string,
): Html {
  const { t } = view
  const { letter, record, doubts, sealedByServer, receivedAt } = entry
  const author = record?.author
  const mine = author?.who !== 'member'
  const name = mailbox.members.find(({ id }) => author?.who === 'member' && id === author.id)?.name ?? '?'
  const trust = sealedByServer ? t('mailbox.by-server') : doubts.length === 0 ? t('mailbox.checked') : ''
  const when = view.when(record?.at ?? receivedAt)
  return html`<li class="bubble${mine ? ' me' : ''}"><b>${mine ? t('mailbox.from-you') : t('mailbox.from-committee', { name })}</b>
${letter?.shepherd ? html`<p class="text">${t(`mailbox.shepherd.${letter.shepherd}`)}</p>` : ''}
${letter && letter.text !== '' ? html`<p class="text">${letter.text}</p>` : ''}
${letter?.report ? html`<details><summary>${t('mailbox.all-said')}</summary>${saidList(view, withoutNarrative(letter.report), null)}</details>` : ''}
${letter && letter.files.length > 0 ? html`<ul class="files">${letter.files.map((file) => fileLine(view, file, code))}</ul>` : ''}
<small>${trust === '' ? when : `${when} · ${trust}`}</small>
${(letter ? doubts : ['unreadable' as const]).map(
  (doubt) => html`<p class="doubt">${icon('alert')}<span>${t(`site.doubt.${doubt}`)}</span></p>`,
)}</li>`
}

/** It says nothing that is shown: the committee has new keys (K3). */
const isSilent = ({ record, doubts }: OpenedEntry): boolean => record?.kind === 'epoch' && doubts.length === 0

/** What stands elsewhere in the bubble is not said twice. */
const withoutNarrative = ({ narrative: _, evidence: __, ...rest }: ReportBody) => rest

function fileLine({ t, inside, language }: InCommunity, { upload, name, size }: FileRef, code: string): Html {
  const megabyte = 1024 * 1024
  const sized = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: size < megabyte ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: 1,
  }).format(size < megabyte ? Math.max(1, Math.round(size / 1024)) : size / megabyte)
  return html`<li><form method="post" action="${inside('mailbox/file')}"><input type="hidden" name="code" value="${code}"><input type="hidden" name="upload" value="${upload}"><button class="quiet" type="submit">${t('site.mailbox.file', { name, size: sized })}</button></form></li>`
}
