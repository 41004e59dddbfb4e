/** What lets a phone keep the console on its home screen, and take pushes for it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { en } from '../../words/en/index.ts'
import { say } from '../../words/format.ts'
import type { Routes } from '../endpoint.ts'
import type { Assets } from './assets.ts'

const sizes = [192, 512] as const

/** The manifest, the icons, and the service worker, whose address stays the same whatever is in it. */
export function addInstallablePages(routes: Routes, assets: Assets): void {
  const manifest = JSON.stringify({
    id: '/console',
    name: say(en, 'console.title'),
    short_name: say(en, 'app.name'),
    start_url: '/console',
    scope: '/console',
    display: 'standalone',
    background_color: '#0d5c63',
    theme_color: '#0d5c63',
    icons: sizes.map((size) => ({
      src: `/console/icon-${size}.png`,
      sizes: `${size}x${size}`,
      type: 'image/png',
      purpose: 'any maskable',
    })),
  })
  routes.page('get', '/console/manifest.webmanifest', 'anybody', (c) =>
    c.body(manifest, 200, { 'content-type': 'application/manifest+json' }),
  )
  for (const size of sizes) {
    const icon = new Uint8Array(readFileSync(join(import.meta.dirname, `icon-${size}.png`)))
    routes.page('get', `/console/icon-${size}.png`, 'anybody', (c) =>
      c.body(icon, 200, { 'content-type': 'image/png', 'cache-control': 'public, max-age=86400' }),
    )
  }
  const worker = assets.files.get(assets.address('src/console/channels/sw.ts'))
  routes.page('get', '/console/sw.js', 'anybody', (c) =>
    worker ? c.body(worker.plain, 200, { 'content-type': worker.type }) : c.notFound(),
  )
}
