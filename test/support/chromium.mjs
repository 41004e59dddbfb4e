// The browser of the stories: the system's own Chromium, since Playwright's would have to be fetched from elsewhere.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The same engine without windows: it needs a third less of the machine, so it is taken where it is there. */
const shell = 'chromium-headless-shell'
const names = [shell, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const places = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** @returns {string | undefined} the path of a Chromium, without looking whether it runs */
export function findChromium() {
  return process.env.CHROMIUM_PATH || find(names, places)
}

/**
 * @param {string[]} programs in the order in which they are wanted
 * @param {string[]} [more] whole paths
 */
function find(programs, more = []) {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  return [...programs.flatMap((name) => folders.map((folder) => join(folder, name))), ...more].find(
    (path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    },
  )
}

/**
 * Finds a Chromium that runs, and installs one where that needs nobody's password.
 * @returns {string} its path
 * @throws {Error} whose message says what to do
 */
export function ensureChromium() {
  if (!process.env.CHROMIUM_PATH && !find([shell])) install(shell)
  if (!findChromium()) install('chromium')
  const path = findChromium()
  if (!path)
    throw new Error('No Chromium found: install it (apt-get install chromium), or set CHROMIUM_PATH to one.')
  const version = spawnSync(path, ['--version', '--no-sandbox'], { encoding: 'utf8' })
  if (version.status !== 0)
    throw new Error(`${path} does not run: ${(version.error?.message ?? version.stderr).trim()}`)
  return path
}

/**
 * Installs a package of Debian's, for root on Debian; whoever looks for it afterwards sees whether that went well.
 * @param {string} name
 */
function install(name) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return
  console.error(`Installing Chromium (apt-get install ${name}) …`)
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const quiet = {
    stdio: ['ignore', 'ignore', 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  spawnSync('apt-get', ['update', '-q'], quiet)
  spawnSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', name], quiet)
}
