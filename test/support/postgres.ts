// A real PostgreSQL for tests. `serve` (the global set-up of both runners) offers one to all of them, and starts it
// when the first asks; `freshDatabase` gives a test an empty database in it.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/** A PostgreSQL server of our own. */
export interface Postgres {
  /** Of its database `postgres`, as a superuser. */
  readonly url: string
  /** Ends it at once, as a lost machine would. Its address and what it had committed stay. */
  crash(): Promise<void>
  /** Starts it again after a crash. */
  revive(): Promise<void>
  /** Ends it for good and removes everything of it. Happens by itself when this process ends, however it ends. */
  stop(): Promise<void>
}

/** An empty database. */
export interface FreshDatabase {
  readonly url: string
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>
}

const address = 'BELLWETHER_TEST_POSTGRES'

/**
 * Starts a server on a free port of the loopback.
 * @param options.durable `false` turns fsync off: quicker, for tests that prove nothing about durability.
 */
export async function startPostgres({ durable = true } = {}): Promise<Postgres> {
  const keeper = fileURLToPath(new URL('postgres-keeper.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', keeper, durable ? 'durable' : 'forgetful'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const gone = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  async function answer(): Promise<{ url?: string }> {
    const line = await answers.next()
    if (line.done) throw new Error('The PostgreSQL of the tests ended unexpectedly.')
    const { error, ...rest } = JSON.parse(line.value)
    if (error) throw new Error(error)
    return rest
  }
  const { url } = await answer()
  if (!url) throw new Error('The PostgreSQL of the tests gave no address.')
  return {
    url,
    async crash() {
      child.stdin.write('crash\n')
      await answer()
    },
    async revive() {
      child.stdin.write('start\n')
      await answer()
    },
    async stop() {
      child.stdin.end()
      await gone
    },
  }
}

/** Global set-up for Vitest and Playwright alike. Returns what undoes it. */
export default async function serve(): Promise<() => Promise<void>> {
  const path = `/${randomBytes(12).toString('hex')}`
  let started: Promise<Postgres> | undefined
  const server = createServer(async (request, response) => {
    if (request.url !== path) {
      response.writeHead(404).end()
      return
    }
    started ??= startPostgres()
    try {
      response.end((await started).url)
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  process.env[address] = `http://127.0.0.1:${(server.address() as { port: number }).port}${path}`
  return async () => {
    server.close()
    server.closeAllConnections()
    // One that failed to start has failed the tests that asked for it.
    await (await started?.catch(() => undefined))?.stop()
  }
}

/** A new, empty database in the server that all tests share. Drop it when done: each takes some megabytes. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const from = process.env[address]
  if (!from) throw new Error('No PostgreSQL is offered here: run the tests with npm test or npx vitest.')
  const response = await fetch(from)
  const admin = await response.text()
  if (!response.ok) throw new Error(admin)
  const name = `test_${randomBytes(8).toString('hex')}`
  await order(admin, `create database ${name}`)
  return {
    url: admin.replace(/\/postgres$/, `/${name}`),
    drop: () => order(admin, `drop database if exists ${name} with (force)`),
  }
}

async function order(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
