import { defineConfig } from '@playwright/test'
import { findChromium } from './test/support/chromium.mjs'

/** What a story's fixtures start the server on. */
export interface StoryOptions {
  storeKind: 'sqlite' | 'postgres'
}

export default defineConfig<StoryOptions>({
  testDir: 'test/stories',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/stories',
  globalSetup: './test/support/postgres.ts',
  fullyParallel: true,
  forbidOnly: true,
  workers: 3,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    video: 'off',
    screenshot: 'off',
    // Pictures of every moment would cost more than the stories themselves.
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    launchOptions: {
      executablePath: findChromium() ?? 'chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'sqlite', use: { storeKind: 'sqlite' } },
    // What a page looks like does not depend on where its data is kept.
    { name: 'postgres', use: { storeKind: 'postgres' }, testIgnore: '**/accessibility.spec.ts' },
  ],
})
