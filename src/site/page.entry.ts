/**
 * Leave this page quickly. Without this script the button is a link; with it the page also goes blank at once and
 * is not left in the history, and Escape pressed twice does the same.
 */
const button = document.querySelector<HTMLAnchorElement>('[data-leave]')
const twice = 1000

function leave(address: string): void {
  // Whoever would ask "leave without sending?" must not ask now.
  document.dispatchEvent(new Event('leaving'))
  document.body.replaceChildren()
  document.title = ' '
  location.replace(address)
}

if (button) {
  let escapedAt = Number.NEGATIVE_INFINITY
  button.addEventListener('click', (event) => {
    event.preventDefault()
    leave(button.href)
  })
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    if (event.timeStamp - escapedAt < twice) leave(button.href)
    escapedAt = event.timeStamp
  })
}

// What is needed without a connection is kept once everything else is there, and a moment later: a slow line is still
// busy with what this page is for.
const afterwards = 1000
/** Kept at the next visit then. */
const connectionGone = (): void => {}
const keep = (): void => {
  setTimeout(
    () => import('./keep-offline.ts').then(({ keepOffline }) => keepOffline(), connectionGone),
    afterwards,
  )
}
if (document.readyState === 'complete') keep()
else addEventListener('load', keep, { once: true })
