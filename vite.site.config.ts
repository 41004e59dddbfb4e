import { existsSync, globSync } from 'node:fs'
import { defineConfig } from 'vite'

/** Every `*.entry.ts` is a page's own script; every stylesheet directly in the folder is linked by pages. */
export const entries = globSync('src/site/{*.entry.ts,*.css}', { cwd: import.meta.dirname })
  .filter((file) => existsSync(file))
  .sort()

/** What the two builds share. Nothing may end up inline: the pages' policy allows no inline code and no data: URL. */
export const strict = {
  target: 'es2022',
  cssTarget: ['chrome111', 'edge111', 'firefox119', 'safari16.4'],
  manifest: 'manifest.json',
  assetsDir: 'assets',
  assetsInlineLimit: 0,
  copyPublicDir: false,
  emptyOutDir: true,
  modulePreload: { polyfill: false },
  reportCompressedSize: false,
  sourcemap: false,
}

/** That a slow machine builds slowly is no news to whoever starts a server. */
export const checks = { bundlerTimings: false }

export default defineConfig({
  appType: 'custom',
  logLevel: 'warn',
  publicDir: false,
  worker: { format: 'es' },
  build: { ...strict, outDir: 'dist/site', rolldownOptions: { input: entries, checks } },
})
