/** The mailbox with JavaScript: opened on this device, with the code from the form or from a bookmarked link. */
import { loadWords, type Say } from './catalog.ts'
import { find } from './find.ts'
import type { News, Order } from './mailbox.worker.ts'
import mailboxWorker from './mailbox.worker.ts?worker&url'
import { type OpenMailbox, showMailbox } from './mailbox-page.ts'
import { startWorker } from './start-worker.ts'

const lookEvery = 30_000

// A page that the server opened has no such form.
const form = document.querySelector<HTMLFormElement>('[data-mailbox]')
if (form) start(form)

async function start(form: HTMLFormElement): Promise<void> {
  const input = find<HTMLTextAreaElement>(form, '#code')
  const button = find<HTMLButtonElement>(form, '[data-open]')
  const stuck = find(form, '[data-stuck]')
  const state = find(form, '[data-state]')
  let say: Say | null = null
  let worker: Worker | null = null
  let open: OpenMailbox | null = null

  // The code of a bookmarked link must not stay in sight, nor in the history.
  const linked = decodeURIComponent(location.hash.slice(1)).replaceAll('-', ' ')
  if (linked !== '') history.replaceState(null, '', location.pathname + location.search)
  if (linked !== '') input.value = linked
  stuck.hidden = true

  const show = (text: string, bad = false): void => {
    state.classList.toggle('bad', bad)
    state.textContent = text
    button.disabled = false
  }
  const order = (given: Order): void => worker?.postMessage(given)
  const tryCode = (): void => {
    if (!say || input.value.trim() === '') {
      input.focus()
      return
    }
    button.disabled = true
    state.classList.remove('bad')
    state.textContent = say('site.mailbox.opening')
    order({
      order: 'open',
      code: input.value,
      community: form.dataset.community ?? '',
      fingerprint: form.dataset.fingerprint || null,
    })
  }
  const cannotOpen = (): void => {
    stuck.hidden = false
    stuck.classList.remove('stuck')
    button.hidden = true
    state.textContent = ''
  }

  const hear = ({ data }: MessageEvent<News>): void => {
    if (!say) return
    switch (data.news) {
      case 'ready':
        button.disabled = false
        if (linked !== '') tryCode()
        break
      case 'opened':
        if (!open) {
          open = showMailbox(say, order)
          input.value = ''
          form.hidden = true
          setInterval(() => document.visibilityState === 'visible' && order({ order: 'look' }), lookEvery)
        }
        open.show(data.box)
        break
      case 'unknown-code':
        show(sayMistake(say, data), true)
        input.focus()
        break
      case 'no-answer':
        if (!open) show(say('site.mailbox.no-answer'), true)
        break
      case 'trouble':
        if (open) open.trouble(data.trouble)
        else if (data.trouble)
          state.textContent = say(data.trouble === 'offline' ? 'site.mailbox.no-answer' : 'site.busy')
        break
      case 'progress':
        open?.progress(data.id, data.sent, data.size)
        break
      case 'answered':
        open?.answered(data.answered)
        break
      case 'file':
        open?.file(data.ref, data.bytes)
        break
      case 'failed':
        if (open) open.answered({ what: 'no-answer' })
        else cannotOpen()
    }
  }

  form.addEventListener('submit', (event) => {
    if (event.submitter?.getAttribute('name') === 'plain') return
    event.preventDefault()
    tryCode()
  })
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (!button.disabled) tryCode()
  })

  try {
    say = await loadWords()
    worker = startWorker(mailboxWorker)
    worker.addEventListener('error', cannotOpen)
    worker.addEventListener('message', hear)
  } catch {
    cannotOpen()
  }
}

function sayMistake(say: Say, { mistake }: Extract<News, { news: 'unknown-code' }>): string {
  if (mistake?.what === 'word') return say('site.mailbox.unknown-word', { word: mistake.word })
  if (mistake?.what === 'length')
    return say('site.mailbox.code-length', { expected: 8, found: mistake.found })
  return say('site.mailbox.bad-code')
}
