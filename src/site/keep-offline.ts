/** Keeps the pages that lead to help on this device, for when there is no connection; and takes them away again. */
import { trustedScript } from './trusted-script.ts'

/** What a page asks the service worker to keep. */
export interface ToKeep {
  /** Address of the set of pages. */
  readonly set: string
  /** Which build of the browser code the page was made with. */
  readonly build: string
}

/** What every name of a cache of ours begins with. */
export const cachePrefix = 'offline '

/** Has the pages around this one kept, and the button on the guide page take them away. */
export async function keepOffline(): Promise<void> {
  offerRemoval()
  const { offline: set, build } = document.body.dataset
  if (set === undefined || build === undefined || !('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register(trustedScript('/sw.js'))
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ set, build } satisfies ToKeep)
  } catch {
    // Some browsers keep nothing, and some people forbid it: then the pages need a connection.
  }
}

function offerRemoval(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-remove]')
  const state = document.querySelector<HTMLElement>('[data-remove-state]')
  button?.addEventListener('click', async () => {
    let text = button.dataset.failed
    try {
      if (await removeAll()) {
        text = button.dataset.done
        button.hidden = true
      } else text = button.dataset.waiting
    } catch {
      // Said below.
    }
    if (state) state.textContent = text ?? ''
  })
}

/** False, and all is as it was, while something that was written down here is not sent yet (nothing is lost). */
async function removeAll(): Promise<boolean> {
  const { forgetDevice } = await import('../kept/device.ts')
  if (!(await forgetDevice())) return false
  const registration = await navigator.serviceWorker.getRegistration('/')
  await registration?.unregister()
  for (const name of await caches.keys()) if (name.startsWith(cachePrefix)) await caches.delete(name)
  return true
}
