/**
 * The report form with JavaScript: read over here, sealed in a worker, sent; without leaving the page, so that nothing
 * typed is ever lost. Until it is sent, everything is in memory only.
 */
import { readTypedReport, type TypedReport } from '../procedure/typed-report.ts'
import { loadWords, type Say } from './catalog.ts'
import type { Outcome, ToSend } from './file-report.ts'
import { find } from './find.ts'
import { type Chosen, offeredIn, offerMembers, pickFiles, showSaid } from './form-page.ts'
import { showReceipt } from './receipt-page.ts'
import type { News, Order } from './report.worker.ts'
import reportWorker from './report.worker.ts?worker&url'
import { type Review, showReview } from './review-page.ts'
import { startWorker } from './start-worker.ts'

const form = find<HTMLFormElement>(document, '#report')
const button = find<HTMLButtonElement>(form, '[data-review]')
const stuck = find(form, '[data-stuck]')
let files: readonly Chosen[] = []
let say: Say | null = null
let worker: Worker | null = null
let review: Review | null = null
let filed = false

stuck.hidden = true
pickFiles(
  form,
  () => say,
  (chosen) => {
    files = chosen
    showSaid(form, files)
  },
)
form.addEventListener('input', () => showSaid(form, files))
form.addEventListener('submit', (event) => {
  // The button that sends without sealing says what it does, and does it.
  if (event.submitter?.getAttribute('name') === 'plain') return removeEventListener('beforeunload', warn)
  event.preventDefault()
  readOver()
})
addEventListener('popstate', () => {
  // What is on its way, or may have arrived, is not taken back.
  if (review && !review.free()) history.pushState(null, '')
  else if (!filed) backToForm()
})

const typed = (): boolean => find<HTMLTextAreaElement>(form, '#narrative').value !== ''
const warn = (event: Event): void => {
  if (!filed && typed()) event.preventDefault()
}
addEventListener('beforeunload', warn)
document.addEventListener('leaving', () => removeEventListener('beforeunload', warn))

// The sealing code is fetched once the page can be read and typed into.
if (document.readyState === 'complete') start()
else addEventListener('load', () => setTimeout(start), { once: true })

async function start(): Promise<void> {
  showSaid(form, files)
  try {
    say = await loadWords()
    worker = startWorker(reportWorker)
    worker.addEventListener('error', cannotSeal)
    worker.addEventListener('message', hear)
    order({
      order: 'open',
      community: form.dataset.community ?? '',
      fingerprint: form.dataset.fingerprint || null,
    })
    button.disabled = false
  } catch {
    cannotSeal()
  }
}

function order(given: Order): void {
  worker?.postMessage(given)
}

function hear({ data }: MessageEvent<News>): void {
  switch (data.news) {
    case 'ready':
      if (!data.trusted) review?.finish({ what: 'untrusted' })
      break
    case 'failed':
      cannotSeal()
      break
    case 'progress':
      review?.progress(data.progress)
      break
    case 'trouble':
      review?.trouble(data.trouble)
      break
    case 'outcome':
      finish(data.outcome)
  }
}

/** The weaker way stays open, and says that it is weaker. */
function cannotSeal(): void {
  const reading = review !== null
  if (reading) backToForm()
  stuck.hidden = false
  stuck.classList.remove('stuck')
  button.hidden = true
  find(form, '.seal').hidden = true
  if (reading) stuck.scrollIntoView({ block: 'center' })
}

function readOver(): void {
  if (!say || review) return
  const read = readTypedReport(new FormData(form), offeredIn(form))
  showProblems(read, say)
  if (read.problems.length > 0) return
  form.hidden = true
  history.pushState(null, '')
  review = showReview(form, files, read, say, {
    send: () => order({ order: 'send', given: toSend(read) }),
    change: () => history.back(),
  })
}

const toSend = ({ report, notice }: TypedReport): ToSend => ({
  report,
  notice,
  language: document.documentElement.lang === 'es' ? 'es' : 'en',
  files,
  offered: offeredIn(form),
})

function backToForm(): void {
  review?.close()
  review = null
  form.hidden = false
  find(form, '#narrative').focus()
}

function finish(outcome: Outcome): void {
  if (!review || !say) return
  if (outcome.what === 'committee-changed') {
    offerMembers(form, outcome.members)
    backToForm()
    const group = find(form, '#involved').closest('details')
    if (group) group.open = true
    showNote(say('site.problem.committee-changed'), '#involved')
  } else if (outcome.what === 'filed') {
    filed = true
    const everybody = review.everybody
    review.close()
    worker?.terminate()
    form.reset()
    form.remove()
    showReceipt(form, outcome, everybody, say)
  } else review.finish(outcome)
}

function showProblems({ problems }: TypedReport, speak: Say): void {
  form.querySelector('.problems')?.remove()
  for (const invalid of form.querySelectorAll('[aria-invalid]')) invalid.removeAttribute('aria-invalid')
  const [first] = problems
  if (!first) return
  for (const { field } of problems) {
    const place = find(form, `#${field}`)
    const group = place.closest('details')
    if (group) group.open = true
    place.setAttribute('aria-invalid', 'true')
  }
  showNote(
    problems
      .map(({ problem, length = 0, max = 0 }) => speak(`site.problem.${problem}`, { length, max }))
      .join(' '),
    `#${first.field}`,
  )
}

/** Says something above the form and leads to where it matters. */
function showNote(text: string, place: string): void {
  form.querySelector('.problems')?.remove()
  const note = document.createElement('div')
  note.className = 'problems'
  note.setAttribute('role', 'alert')
  const link = document.createElement('a')
  link.href = place
  link.textContent = text
  note.append(link)
  form.prepend(note)
  note.scrollIntoView()
  find(form, place).focus()
}
