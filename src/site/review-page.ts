import type { TypedReport } from '../procedure/typed-report.ts'
import type { Say } from './catalog.ts'
import type { Outcome, Progress } from './file-report.ts'
import { find, showTemplate } from './find.ts'
import { type Chosen, offeredIn, saidIn } from './form-page.ts'
import type { Trouble } from './request.ts'

/** The report as it is read over before it is sent. */
export interface Review {
  /** Every member is named as involved (J4). */
  readonly everybody: boolean
  /** Nothing is on its way, and nothing may have arrived: what was typed can still be changed. */
  free(): boolean
  progress(progress: Progress): void
  trouble(trouble: Trouble): void
  /** Says why it is not sent, and lets it be tried again. */
  finish(outcome: Exclude<Outcome, { what: 'filed' | 'committee-changed' }>): void
  /** Says why it is not sent; it can be changed, or tried again. */
  fail(text: string): void
  close(): void
}

/** Shows what is about to be sent, to whom, and the button that sends it. */
export function showReview(
  form: HTMLFormElement,
  files: readonly Chosen[],
  { report }: TypedReport,
  say: Say,
  does: { readonly send: () => void; readonly change: () => void },
): Review {
  const page = showTemplate('review-page')
  const send = find<HTMLButtonElement>(page, '[data-send]')
  const change = find<HTMLButtonElement>(page, '[data-change]')
  const state = find(page, '[data-state]')
  const bars = new Map<string, { readonly line: HTMLElement; readonly bar: HTMLProgressElement }>()
  const said = saidIn(form, files)
  const leftOut = said.find(({ key }) => key === 'involved')?.said ?? ''
  const everybody = report.involved !== undefined && report.involved.length === offeredIn(form).length
  const nobody = everybody && form.dataset.recovery === 'false'
  let moving = ''

  find(page, '[data-said-list]').append(
    ...said.flatMap(({ label, said: text }) => [element('dt', label), element('dd', text)]),
  )
  find(page, '[data-anonymous]').hidden = report.reporterName !== undefined || report.reach !== undefined
  find(page, '[data-everybody]').hidden = !everybody
  find(page, '[data-readers]').hidden = everybody
  const out = find(page, '[data-left-out]')
  out.hidden = leftOut === ''
  out.textContent = (out.textContent ?? '').replace('{names}', leftOut)
  send.hidden = nobody

  const show = (text: string, bad = false): void => {
    state.classList.toggle('bad', bad)
    state.textContent = text
  }
  const ready = (again: boolean, changeable: boolean): void => {
    send.disabled = false
    if (again) send.textContent = say('site.send-again')
    change.hidden = !changeable
  }
  const go = (): void => {
    if (send.disabled) return
    send.disabled = true
    change.hidden = true
    show(say(files.length > 0 ? 'site.sending' : 'site.sealing'))
    does.send()
  }
  const goWhenOnline = (): void => {
    if (!send.disabled && send.textContent === say('site.send-again')) go()
  }
  send.addEventListener('click', go)
  change.addEventListener('click', does.change)
  addEventListener('online', goWhenOnline)

  return {
    everybody,
    free: () => !send.disabled && !change.hidden,
    progress(progress) {
      if (progress.what !== 'file') {
        moving = say(progress.what === 'sealing' ? 'site.sealing' : 'site.sending')
        return show(moving)
      }
      const { id, sent, size } = progress
      const name = files.find((one) => one.id === id)?.file.name ?? ''
      let known = bars.get(id)
      if (!known) {
        known = { line: element('li', ''), bar: document.createElement('progress') }
        known.bar.max = 1
        known.bar.setAttribute('aria-label', name)
        bars.set(id, known)
        find(page, '[data-progress]').append(known.line)
      }
      known.bar.value = size === 0 ? 1 : sent / size
      const percent = Math.floor(known.bar.value * 100)
      known.line.replaceChildren(
        say(sent === size ? 'site.file.done' : 'site.file.sending', { name, percent }),
        known.bar,
      )
    },
    trouble(trouble) {
      if (trouble === null) return show(moving)
      show(say(trouble === 'offline' ? 'site.offline' : trouble === 'busy' ? 'site.busy' : 'site.wait-proof'))
    },
    finish(outcome) {
      switch (outcome.what) {
        case 'no-answer':
          // What may have arrived must not be changed: it would be there twice.
          ready(true, !outcome.mayBeFiled)
          return show(
            outcome.away ? say('site.away') : `${say('site.not-sent')} ${say('site.offline')}`,
            true,
          )
        case 'refused':
          ready(true, true)
          return show(`${say('site.refused', { reason: outcome.detail })} ${say('site.not-sent')}`, true)
        case 'unreadable': {
          const name = files.find(({ id }) => id === outcome.id)?.file.name ?? ''
          ready(true, true)
          return show(`${say('site.file.failed', { name })} ${say('site.not-sent')}`, true)
        }
        case 'untrusted':
          ready(true, true)
          return show(say('site.untrusted'), true)
      }
    },
    fail(text) {
      ready(true, true)
      show(text, true)
    },
    close() {
      removeEventListener('online', goWhenOnline)
      page.remove()
    },
  }
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
