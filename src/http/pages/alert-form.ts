/** The page with one big button (D1), and the numbers that are always there (D3). */
import { html } from 'hono/html'
import { alertLimits } from '../../procedure/alert.ts'
import { icon } from './icons.ts'
import type { InCommunity } from './in-community.ts'
import type { Html } from './page.ts'
import { call } from './walk.ts'

/** What is in the form when it comes back. */
export interface TypedAlert {
  readonly token: string
  readonly place: string
  readonly words: string
  readonly involved: readonly string[]
}

/**
 * The form. The button comes first and needs nothing filled in; what goes with it is optional, and the token makes the
 * same page, sent twice, one call.
 *
 * @param problem - why nobody was called, or null.
 */
export function alertForm(view: InCommunity, typed: TypedAlert, problem: string | null): Html {
  const { t, inside, community } = view
  return html`<form id="alert" class="report" method="post" action="${inside('alert')}" autocomplete="off"
 data-community="${community.shortName}" data-id="${community.id}" data-fingerprint="${community.fingerprint}" data-live="${inside('alert/')}" data-event="${view.event?.id ?? ''}">
<input type="hidden" name="token" value="${typed.token}">
<input type="hidden" name="offered" value="${community.members.map(({ id }) => id).join(' ')}">
${problem === null ? '' : html`<div class="problems" role="alert"><p>${problem}</p></div>`}
<h1>${t('alert.title')}</h1>
<p class="lead">${t('alert.lead')}</p>
<div class="field"><label for="place">${t('alert.place.label')}</label><input id="place" name="place" type="text" maxlength="${alertLimits.place}" value="${typed.place}" aria-describedby="place-hint"><small id="place-hint">${t('alert.place.hint')}</small></div>
${bigButton(view)}
<div class="problems" role="alert" data-trouble hidden></div>
<template id="alert-says"><p data-offline>${t('alert.offline')}</p><p data-busy>${t('alert.busy')}</p><p data-refused>${t('alert.not-called')}</p><p data-nobody>${t('alert.nobody.text')}</p></template>
<div class="groups"><details data-more${typed.words !== '' || typed.involved.length > 0 ? html` open` : ''}><summary><span><b>${t('alert.more')}</b></span></summary>
<div class="fields">
<div class="field needs-script"><label for="words">${t('alert.words.label')}</label><small id="words-hint">${t('alert.words.hint')}</small><textarea id="words" rows="3" maxlength="${alertLimits.words}" aria-describedby="words-hint" data-words></textarea></div>
<noscript><div class="field"><label for="plain-words">${t('alert.words.label')}</label><small id="plain-hint">${t('alert.words.plain')}</small><textarea id="plain-words" name="words" rows="3" maxlength="${alertLimits.words}" aria-describedby="plain-hint">${typed.words}</textarea></div></noscript>
<fieldset class="field members"><legend>${t('alert.involved.label')}</legend><small>${t('alert.involved.hint')}</small>
<div>${community.members.map(
    ({ id, name }) =>
      html`<label class="check"><input type="checkbox" name="involved" value="${id}"${typed.involved.includes(id) ? html` checked` : ''}> <span>${name}</span></label>`,
  )}</div></fieldset>
${bigButton(view)}
</div></details></div>
</form>
${numbers(view, t('alert.numbers'))}
<p><a class="quiet" href="${inside('danger')}">${t('alert.danger')}</a></p>`
}

const bigButton = ({ t }: InCommunity): Html =>
  html`<button class="main now" type="submit" data-calling="${t('alert.calling')}">${icon('alert')}<span><b>${t('alert.button')}</b> <small>${t('alert.button.hint')}</small></span></button>`

/** Nobody can be called (D3): said at once, with the numbers. */
export function nobodyToCall(view: InCommunity): Html {
  const { t, community } = view
  const { organizersEmail } = community.contact
  return html`<h1>${t('alert.nobody.title')}</h1>
<div class="problems" role="alert"><p>${t('alert.nobody.text')}</p></div>
${numbers(view, t('alert.numbers'))}
${organizersEmail ? html`<p>${t('form.involved.organizers')} <a href="mailto:${organizersEmail}">${organizersEmail}</a></p>` : ''}
<a class="main" href="${view.inside('report')}"><b>${t('alert.live.report')}</b> <small>${t('alert.live.report.hint')}</small></a>`
}

/** The numbers where they are (A1), to be tapped: never missing where somebody waits for help (D3). */
export function numbers({ t, community, numbers: here }: InCommunity, title: string): Html {
  const { phones } = here ?? community.playbook
  const committee = phones.committee ?? community.contact.phone
  return html`<section class="numbers" aria-label="${title}"><p class="soft">${title}</p>
${committee ? call(committee, t('find-help.call'), committee, 'calm') : ''}
${phones.security ? call(phones.security, t('danger.security'), phones.security, 'calm') : ''}
${call(phones.emergency, t('danger.emergency', { phone: phones.emergency }), t('danger.emergency.label'), 'clear')}
<p class="soft">${t('alert.staff')}</p></section>`
}
