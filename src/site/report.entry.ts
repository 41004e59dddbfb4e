/** The report form with JavaScript: read over here, sealed in a worker, sent. */

import type { Say } from './catalog.ts'
import { find } from './find.ts'
import { alertIn, type Chosen, offeredIn, pickFiles, showSaid } from './form-page.ts'
import { runForm } from './form-run.ts'
import { showReceipt } from './receipt-page.ts'
import type { News, Order } from './report.worker.ts'
import reportWorker from './report.worker.ts?worker&url'

const form = find<HTMLFormElement>(document, '#report')
let files: readonly Chosen[] = []
let say: Say | null = null

pickFiles(
  form,
  () => say,
  (chosen) => {
    files = chosen
    showSaid(form, files)
  },
)

runForm<Order, News>(form, {
  written: 'own',
  worker: reportWorker,
  files: () => files,
  ready: (words) => {
    say = words
  },
  send: ({ report, notice }) => ({
    order: 'send',
    given: {
      report,
      notice,
      language: document.documentElement.lang === 'es' ? 'es' : 'en',
      files,
      alert: alertIn(form),
      offered: offeredIn(form),
    },
  }),
  hear(data, { say: speak, review, done, terminate }) {
    if (data.news === 'progress') review?.progress(data.progress)
    else if (data.news === 'trouble') review?.trouble(data.trouble)
    else if (data.news === 'outcome' && review) {
      const { outcome } = data
      if (outcome.what === 'filed') {
        const { everybody } = review
        terminate()
        done()
        showReceipt(form, outcome, everybody, speak)
      } else if (outcome.what !== 'committee-changed') review.finish(outcome)
    }
  },
})
