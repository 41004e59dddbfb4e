/**
 * Follows a call while it goes on: fetches its page again and again, and puts the parts that changed in place of what is
 * shown. Without this script the page renews itself.
 */
import { find } from './find.ts'

const every = 2500
const patience = 8000

const page = find(document, '#alert-live')
const stale = find(page, '[data-stale]')
let timer: ReturnType<typeof setTimeout>
let asked = 0
let shown = 0

/** Fetches a page as a document, which runs nothing in it. */
function fetchPage(method: 'GET' | 'POST', body: FormData | null): Promise<Document> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, location.href)
    request.responseType = 'document'
    request.timeout = patience
    request.onload = () => {
      const made: Document | null = request.response
      if (request.status < 400 && made?.querySelector('#alert-live')) resolve(made)
      else reject(new Error(String(request.status)))
    }
    request.onerror = request.ontimeout = () => reject(new Error('no answer'))
    if (body === null) request.send()
    else {
      request.setRequestHeader('content-type', 'application/x-www-form-urlencoded')
      request.send(new URLSearchParams([...body].map(([name, value]) => [name, String(value)])).toString())
    }
  })
}

/** Shows what an answer says, unless a later question was answered before. */
async function show(method: 'GET' | 'POST', body: FormData | null = null): Promise<void> {
  clearTimeout(timer)
  asked += 1
  const mine = asked
  try {
    const made = await fetchPage(method, body)
    stale.hidden = true
    if (mine < shown) return
    shown = mine
    put(find(made, '#alert-live'))
    document.title = made.title
  } catch {
    stale.hidden = false
    if (method === 'POST') stale.scrollIntoView({ block: 'nearest' })
  } finally {
    clearTimeout(timer)
    if (page.dataset.on === 'true') timer = setTimeout(() => void show('GET'), every)
  }
}

function put(made: HTMLElement): void {
  page.dataset.on = made.dataset.on ?? 'false'
  for (const part of page.querySelectorAll<HTMLElement>('[data-part]')) {
    const fresh = made.querySelector(`[data-part="${part.dataset.part}"]`)
    // What did not change stays, and with it where somebody is on the page.
    if (!fresh || fresh.innerHTML === part.innerHTML) continue
    part.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)))
  }
}

page.addEventListener('submit', (event) => {
  event.preventDefault()
  const button = event.submitter as HTMLButtonElement | null
  if (button?.getAttribute('aria-disabled') === 'true') return
  button?.setAttribute('aria-disabled', 'true')
  void show('POST', new FormData(event.target as HTMLFormElement)).finally(() =>
    button?.removeAttribute('aria-disabled'),
  )
})
addEventListener('online', () => void show('GET'))
addEventListener('offline', () => {
  stale.hidden = false
})
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void show('GET')
})
if (page.dataset.on === 'true') timer = setTimeout(() => void show('GET'), every)
