/**
 * A report form with JavaScript: filled in, read over, handed to a worker that seals it; without leaving the page, so
 * that nothing typed is ever lost. Until it is handed over, everything is in memory only.
 */
import type { ReportKind } from '../procedure/report.ts'
import { readTypedReport, type TypedReport } from '../procedure/typed-report.ts'
import type { Named } from './api.ts'
import { loadWords, type Say } from './catalog.ts'
import { find } from './find.ts'
import { type Chosen, offeredIn, offerMembers, showSaid } from './form-page.ts'
import { type Review, showReview } from './review-page.ts'
import { startWorker } from './start-worker.ts'

/** What the worker of every form tells. */
type CommonNews =
  | { readonly news: 'ready'; readonly trusted: boolean }
  | { readonly news: 'failed' }
  | { readonly news: 'outcome'; readonly outcome: { readonly what: string } }

/** What one form does in its own way. */
export interface FormKind<Order, News> {
  readonly written: ReportKind
  /** Address of the worker's bundle. */
  readonly worker: string
  readonly files: () => readonly Chosen[]
  /** Called once the words are there. */
  ready(say: Say): void
  /** The order that hands the report over. */
  send(read: TypedReport): Order
  /** Told what the others do not know, while it is read over. */
  hear(news: News, running: Running<Order>): void
}

/** A form at work. */
export interface Running<Order> {
  readonly say: Say
  /** What is shown while it is read over; null: the form itself is shown. */
  readonly review: Review | null
  order(given: Order): void
  /** The form is done with: it is emptied and removed, and nobody is asked before leaving. */
  done(): void
  /** The worker is not needed any more. */
  terminate(): void
}

/** Runs the page's form. */
export function runForm<Order, News extends { readonly news: string }>(
  form: HTMLFormElement,
  kind: FormKind<Order, News>,
): void {
  const button = find<HTMLButtonElement>(form, '[data-review]')
  const stuck = find(form, '[data-stuck]')
  let say: Say | null = null
  let worker: Worker | null = null
  let review: Review | null = null
  let isDone = false

  stuck.hidden = true
  form.addEventListener('input', () => showSaid(form, kind.files()))
  form.addEventListener('submit', (event) => {
    // The button that sends without sealing says what it does, and does it.
    if (event.submitter?.getAttribute('name') === 'plain') return removeEventListener('beforeunload', warn)
    event.preventDefault()
    readOver()
  })
  addEventListener('popstate', () => {
    // What is on its way, or may have arrived, is not taken back.
    if (review && !review.free()) history.pushState(null, '')
    else if (!isDone) backToForm()
  })

  const typed = (): boolean => find<HTMLTextAreaElement>(form, '#narrative').value !== ''
  const warn = (event: Event): void => {
    if (!isDone && typed()) event.preventDefault()
  }
  addEventListener('beforeunload', warn)
  document.addEventListener('leaving', () => removeEventListener('beforeunload', warn))

  // The sealing code is fetched once the page can be read and typed into.
  if (document.readyState === 'complete') start()
  else addEventListener('load', () => setTimeout(start), { once: true })

  async function start(): Promise<void> {
    showSaid(form, kind.files())
    try {
      say = await loadWords()
      worker = startWorker(kind.worker)
      worker.addEventListener('error', cannotSeal)
      worker.addEventListener('message', hear)
      kind.ready(say)
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

  function order(given: unknown): void {
    worker?.postMessage(given)
  }

  function hear({ data }: MessageEvent<CommonNews | News>): void {
    const known = data as CommonNews
    if (known.news === 'failed') {
      cannotSeal()
      return
    }
    if (known.news === 'ready') {
      if (!known.trusted) review?.finish({ what: 'untrusted' })
      return
    }
    if (known.news === 'outcome' && known.outcome.what === 'committee-changed')
      committeeChanged((known.outcome as unknown as { members: readonly Named[] }).members)
    else if (say) tellKind(say, data as News)
  }

  function tellKind(speak: Say, data: News): void {
    kind.hear(data, {
      say: speak,
      review,
      order,
      done() {
        isDone = true
        review?.close()
        form.reset()
        form.remove()
      },
      terminate: () => worker?.terminate(),
    })
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
    const read = readTypedReport(new FormData(form), offeredIn(form), kind.written)
    showProblems(read, say)
    if (read.problems.length > 0) return
    form.hidden = true
    history.pushState(null, '')
    review = showReview(form, kind.files(), read, say, {
      send: () => order(kind.send(read)),
      change: () => history.back(),
    })
  }

  function backToForm(): void {
    review?.close()
    review = null
    form.hidden = false
    find(form, '#narrative').focus()
  }

  function committeeChanged(members: readonly Named[]): void {
    if (!review || !say) return
    offerMembers(form, members)
    backToForm()
    const group = find(form, '#involved').closest('details')
    if (group) group.open = true
    showNote(say('site.problem.committee-changed'), '#involved')
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
}
