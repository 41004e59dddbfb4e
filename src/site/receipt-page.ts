import type { Say } from './catalog.ts'
import type { Outcome } from './file-report.ts'
import { find, showTemplate } from './find.ts'
import { timeIn } from './times.ts'

/** Shows that the report was received, and the code that leads back to it, once. */
export function showReceipt(
  { dataset }: HTMLFormElement,
  { code, acknowledgeBy }: Extract<Outcome, { what: 'filed' }>,
  everybody: boolean,
  say: Say,
): void {
  const page = showTemplate('receipt-page')
  const state = find(page, '[data-state]')
  const answer = find(page, '[data-answer-by]')
  const link = find<HTMLAnchorElement>(page, '[data-link]')
  const kept = find<HTMLAnchorElement>(page, '[data-kept]')
  answer.textContent = (answer.textContent ?? '').replace(
    '{time}',
    timeIn(acknowledgeBy, dataset.zone ?? 'UTC'),
  )
  answer.hidden = everybody
  find(page, '[data-everybody]').hidden = !everybody
  find(page, '[data-next]').hidden = everybody
  find(page, '[data-code]').textContent = code
  link.href = `${link.href.split('#')[0]}#${code.replaceAll(' ', '-')}`

  let safe = false
  const done = (text: string): void => {
    safe = true
    state.textContent = text
  }
  find(page, '[data-copy]').addEventListener('click', () =>
    navigator.clipboard.writeText(code).then(
      () => done(say('site.copied')),
      () => {
        state.textContent = say('site.copy-failed')
      },
    ),
  )
  find(page, '[data-print]').addEventListener('click', () => {
    safe = true
    print()
  })
  find(page, '[data-save]').addEventListener('click', () => {
    const community = find(document, '.name').textContent ?? ''
    const text = say('site.receipt.file', { community, code, address: link.href.split('#')[0] ?? '' })
    const file = document.createElement('a')
    file.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    file.download = `${say('site.receipt.file-name')}.txt`
    file.click()
    URL.revokeObjectURL(file.href)
    done(say('site.saved-as', { name: file.download }))
  })
  const warn = (event: Event): void => {
    if (!safe) event.preventDefault()
  }
  addEventListener('beforeunload', warn)
  document.addEventListener('leaving', () => removeEventListener('beforeunload', warn))
  kept.addEventListener('click', (event) => {
    event.preventDefault()
    removeEventListener('beforeunload', warn)
    // Going back must not show the code again.
    location.replace(kept.href)
  })
}
