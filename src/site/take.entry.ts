/** Taking a report from somebody, with JavaScript: read over, sealed at once, kept, and sent when there is a connection (B). */

import type { KeptLine } from '../kept/keeper.ts'
import { codeInput } from '../procedure/typed-report.ts'
import { plain } from '../words/plain.ts'
import type { TakingSiteWords } from '../words/types.ts'
import type { Say } from './catalog.ts'
import { find, showTemplate } from './find.ts'
import { alertIn, offeredIn } from './form-page.ts'
import { runForm } from './form-run.ts'
import type { TakeNews, TakeOrder } from './take.worker.ts'
import takeWorker from './take.worker.ts?worker&url'
import type { Taken } from './take-report.ts'
import { timeOfDay } from './times.ts'

const form = find<HTMLFormElement>(document, '#report')
let lines: readonly KeptLine[] = []
let words: TakingSiteWords | null = null
let forget: (id: string) => void = () => {}
/** A report that was just written down is under these; which one does not matter. */
let sentBefore = 0

const wantsCode = (): boolean => find<HTMLInputElement>(form, `[name="${codeInput}"]`).checked

const speak = (key: keyof TakingSiteWords, values?: Readonly<Record<string, string>>): string =>
  words ? plain<keyof TakingSiteWords>(words, key, values) : ''

async function loadTakingWords(): Promise<void> {
  const { takingSite } = await (document.documentElement.lang === 'es'
    ? import('../words/es/taking-site.ts')
    : import('../words/en/taking-site.ts'))
  words = takingSite
  showLines()
}

runForm<TakeOrder, TakeNews>(form, {
  written: 'taken',
  worker: takeWorker,
  files: () => [],
  ready: () => void loadTakingWords(),
  send: ({ report, notice }) => ({
    order: 'send',
    given: {
      report,
      notice,
      language: document.documentElement.lang === 'es' ? 'es' : 'en',
      alert: alertIn(form),
      offered: offeredIn(form),
      giveCode: wantsCode(),
    },
  }),
  hear(data, { review, order, done, say }) {
    forget = (id) => order({ order: 'forget', id })
    if (data.news === 'lines') {
      lines = data.lines
      return showLines()
    }
    if (data.news !== 'outcome' || !review) return
    const { outcome } = data
    if (outcome.what === 'kept') {
      sentBefore = lines.filter(({ state }) => state === 'sent').length
      done()
      showKept(outcome, say)
      addEventListener('online', () => order({ order: 'try' }))
    } else if (outcome.what === 'untrusted') review.finish(outcome)
    else if (outcome.what === 'no-keys') review.fail(speak('taken.no-keys'))
  },
})

/** It is sealed: nothing of it can be read here again (B6). The code, if there is one, is shown once. */
function showKept({ code }: Extract<Taken, { what: 'kept' }>, say: Say): void {
  const page = showTemplate('kept-page')
  find(document, 'main').append(find(document, '[data-kept]'))
  const place = find(page, '[data-code-card]')
  if (code === null) place.remove()
  else {
    find(page, '[data-code]').textContent = code
    const state = find(page, '[data-state]')
    find(page, '[data-copy]').addEventListener('click', () =>
      navigator.clipboard.writeText(code).then(
        () => {
          state.textContent = say('site.copied')
        },
        () => {
          state.textContent = say('site.copy-failed')
        },
      ),
    )
    const warn = (event: Event): void => event.preventDefault()
    addEventListener('beforeunload', warn)
    document.addEventListener('leaving', () => removeEventListener('beforeunload', warn))
    find(page, '[data-given]').addEventListener('click', () => {
      removeEventListener('beforeunload', warn)
      place.remove()
      find(page, 'h1').focus()
    })
  }
  // Going back, or on to another one, must not show anything of it again.
  for (const link of page.querySelectorAll<HTMLAnchorElement>('[data-again]'))
    link.addEventListener('click', (event) => {
      event.preventDefault()
      location.replace(link.href)
    })
  showLines()
}

/** How each stands that was written down on this device, without a word of what is in it. */
function showLines(): void {
  const places = document.querySelectorAll<HTMLElement>('[data-kept]')
  for (const place of places) {
    place.hidden = lines.length === 0
    find(place, '[data-lines]').replaceChildren(...lines.map(lineOf))
  }
  const waiting = lines.some(({ state }) => state === 'waiting' || state === 'sending')
  const arrived = lines.filter(({ state }) => state === 'sent').length > sentBefore
  for (const note of document.querySelectorAll<HTMLElement>('[data-waiting]')) note.hidden = !waiting
  for (const note of document.querySelectorAll<HTMLElement>('[data-arrived]'))
    note.hidden = waiting || !arrived
}

function lineOf({ id, keptAt, state, isSafe }: KeptLine): HTMLElement {
  const line = document.createElement('li')
  const told = [
    speak('taken.of', { time: timeOfDay(keptAt, form.dataset.zone ?? 'UTC') }),
    speak(`taken.${state === 'sending' && !navigator.onLine ? 'waiting' : state}`),
    ...(isSafe || state === 'sent' ? [] : [speak('taken.not-kept')]),
  ]
  line.append(told.filter((text) => text !== '').join(' · '))
  line.dataset.state = state
  if (state === 'sent' || state === 'refused') {
    const remove = document.createElement('button')
    remove.type = 'button'
    remove.className = 'quiet'
    remove.textContent = speak('taken.forget')
    remove.addEventListener('click', () => forget(id))
    line.append(remove)
  }
  return line
}
