/** The one page of the committee's app: everything on it is made in the browser. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { en } from '../../words/en/index.ts'
import { say } from '../../words/format.ts'
import type { Routes } from '../endpoint.ts'
import type { Env } from '../guard.ts'
import type { Assets } from './assets.ts'
import { addInstallablePages } from './installable.ts'

/** What the console's page needs of the server. */
export interface ConsoleSettings {
  readonly assets: Assets
  readonly now: () => number
  readonly testClock: boolean
}

/**
 * The page of the console, at its own addresses and at the set-up link's.
 *
 * The element with react-aria's style id keeps that library from adding a style element of its own, which the
 * policy of our pages forbids; its one rule stands in console.css.
 */
export function addConsolePages(routes: Routes, { assets, now, testClock }: ConsoleSettings): void {
  const script = assets.address('src/console/main.tsx')
  const style = assets.address('src/console/console.css')
  const page = (c: Context<Env>) =>
    c.html(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="bellwether:now" content="${now()}">
<meta name="bellwether:test-clock" content="${testClock}">
<meta id="react-aria-pressable-style">
<title>${say(en, 'console.title')}</title>
<link rel="stylesheet" href="${style}">
<link rel="icon" href="/icon.svg">
<link rel="manifest" href="/console/manifest.webmanifest">
<link rel="apple-touch-icon" href="/console/icon-192.png">
<meta name="theme-color" content="#0d5c63">
<script type="module" src="${script}"></script>
</head>
<body>
<div id="console"></div>
<noscript><p>${say(en, 'console.needs-script')}</p></noscript>
</body>
</html>
`)
  addInstallablePages(routes, assets)
  for (const path of ['/console', '/console/*', '/setup', '/set-up'])
    routes.page('get', path, 'anybody', page)
}
