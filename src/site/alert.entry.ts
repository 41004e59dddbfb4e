/** The page with one big button: calls without leaving the page, so that it can say so when there is no connection. */
import type { Intake } from './api.ts'
import { find } from './find.ts'
import { makeCaller, type ToCall } from './raise.ts'
import { openLine, type Trouble } from './request.ts'

const form = find<HTMLFormElement>(document, '#alert')
const trouble = find(form, '[data-trouble]')
const says = find<HTMLTemplateElement>(document, '#alert-says').content
const buttons = [...form.querySelectorAll<HTMLButtonElement>('[data-calling]')]
const labels = buttons.map((button) => find(button, 'b').textContent)

const say = (what: 'offline' | 'busy' | 'refused' | 'nobody' | null): void => {
  trouble.hidden = what === null
  trouble.replaceChildren(...(what === null ? [] : [find(says, `[data-${what}]`).cloneNode(true)]))
  if (what !== null) trouble.scrollIntoView({ block: 'nearest' })
}
const hear = (what: Trouble): void => say(what === 'offline' || what === 'busy' ? what : null)

async function sealWords({ community, directory }: Intake, given: ToCall) {
  const [{ alertReaders, sealAlertWords }, { fingerprint, verifyDirectory }] = await Promise.all([
    import('../sealing/alert-words.ts'),
    import('../sealing/directory.ts'),
  ])
  const [first] = directory
  const expected = form.dataset.fingerprint
  if (!first || fingerprint(first) !== expected) throw new Error('The keys are not vouched for.')
  const verified = verifyDirectory(community, directory)
  const readers = alertReaders(verified, given)
  if (readers.length === 0) return null
  return {
    sealed: await sealAlertWords(community, given.words.trim(), verified, readers),
    directory: verified.head,
  }
}

let caller = makeCaller(openLine(hear), form.dataset.community ?? '', sealWords)
let calling = false

const filledIn = (): ToCall => {
  const given = new FormData(form)
  return {
    event: form.dataset.event || null,
    place: String(given.get('place') ?? ''),
    words: find<HTMLTextAreaElement>(form, '[data-words]').value,
    involved: given.getAll('involved').map(String),
    offered: String(given.get('offered') ?? '').split(' '),
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  // A second tap is the same call.
  if (!calling) void call()
})

async function call(): Promise<void> {
  show(true)
  if (!navigator.onLine) say('offline')
  // Nothing leaves a page that hangs: until it is called, or refused, it is tried.
  for (;;) {
    const called = await caller.call(filledIn()).catch(() => ({ what: 'refused' as const }))
    if (called.what === 'no-answer') {
      say('offline')
      continue
    }
    if (called.what === 'called') {
      const address = new URL(form.dataset.live ?? '', location.href)
      address.pathname += called.token
      if (called.wordsUnsent) address.searchParams.set('words', 'unsent')
      location.assign(address)
      return
    }
    show(false)
    say(called.what)
    return
  }
}

function show(isCalling: boolean): void {
  calling = isCalling
  buttons.forEach((button, index) => {
    find(button, 'b').textContent = isCalling ? (button.dataset.calling ?? '') : (labels[index] ?? '')
    button.setAttribute('aria-disabled', String(isCalling))
  })
}

// Whoever comes back to this page and taps again needs somebody again.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  caller = makeCaller(openLine(hear), form.dataset.community ?? '', sealWords)
  say(null)
  show(false)
})

// Fetched while there is a connection: the words may be written where there is none.
find(form, '[data-more]').addEventListener(
  'toggle',
  () => {
    void import('../sealing/alert-words.ts').catch(() => {})
    void import('../sealing/directory.ts').catch(() => {})
  },
  { once: true },
)
