import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { type Language, languages } from '../procedure/playbook.ts'
import type { Words } from '../words/types.ts'
import { makeApi, mayWorkLater } from './api/client.ts'
import { makeDrafts } from './case/drafts.ts'
import { type Desk, DeskProvider, sayer } from './desk.tsx'
import { makeKeyHolder } from './keys/held.ts'
import { workOutPassphrase } from './keys/passphrase-work.ts'
import { startPassphraseWorker } from './keys/passphrase-worker-start.ts'
import { makeDevice } from './keys/stay-unlocked.ts'
import { makeConsoleRouter } from './routes.tsx'

const catalogs: Readonly<Record<Language, () => Promise<Words>>> = {
  en: async () => (await import('../words/en/index.ts')).en,
  es: async () => (await import('../words/es/index.ts')).es,
}

const languageName = 'bellwether.language'

/** The language chosen on this device, or the browser's first that there is a catalog for. */
function chooseLanguage(): Language {
  const wanted = [localStorage.getItem(languageName), ...navigator.languages]
  return wanted.flatMap((tag) => languages.filter((language) => tag?.split('-')[0] === language))[0] ?? 'en'
}

/** What the server put into the page. */
const told = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[name="bellwether:${name}"]`)?.content

/** Puts the console into the page. */
export async function start(): Promise<void> {
  const language = chooseLanguage()
  document.documentElement.lang = language
  const say = sayer(await catalogs[language]())

  const serverTime = Number(told('now'))
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const answeredAt = performance.timeOrigin + (page?.responseStart ?? 0)
  const ahead = Math.round(serverTime - answeredAt)
  const testClock = told('test-clock') === 'true'
  // A test's clock stands still until it is moved.
  const now = testClock ? () => serverTime : () => Date.now() + ahead

  const queries = new QueryClient({
    // Whether there is a connection, trying shows best; nothing waits in silence for a browser that thinks there is none.
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: (count, error) => count < 2 && mayWorkLater(error),
      },
      mutations: { networkMode: 'always' },
    },
  })
  const keys = makeKeyHolder(() =>
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }),
  )
  const device = makeDevice(() => Date.now())
  const windows = new BroadcastChannel('bellwether')
  const lock = async (): Promise<void> => {
    keys.drop()
    await device.forget()
  }
  windows.onmessage = () => keys.drop()
  const desk: Desk = {
    api: makeApi(fetch.bind(globalThis), () => {
      queries.setQueryData(['session'], null)
      if (keys.current() !== null) keys.drop()
    }),
    keys,
    device,
    pins: localStorage,
    drafts: makeDrafts(),
    now,
    testClock,
    language,
    setLanguage(chosen) {
      localStorage.setItem(languageName, chosen)
      location.reload()
    },
    say,
    workOut: (passphrase, cost, onProgress) =>
      workOutPassphrase(startPassphraseWorker, { passphrase, cost }, onProgress),
    async lock() {
      await lock()
      windows.postMessage('locked')
    },
  }
  const root = document.getElementById('console')
  if (root === null) throw new Error('The page has no place for the console.')
  createRoot(root).render(
    <StrictMode>
      <DeskProvider value={desk}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={makeConsoleRouter()} />
        </QueryClientProvider>
      </DeskProvider>
    </StrictMode>,
  )
}
