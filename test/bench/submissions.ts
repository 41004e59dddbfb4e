import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '../support/postgres.ts'
import { startServer } from '../support/server.ts'
import { database } from './database.ts'
import type { Outcome } from './load.ts'
import { callReporters, sealReports } from './reporters.ts'
import { median, percentile, table } from './table.ts'

const atOnce = [1, 16, 64]
const rounds = 5
const seconds = 2
const warmUp = 1

/** How many sealed reports a second are durably taken in, beside the machine's limit in the same minutes. */
export async function submissions(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-bench-'))
  const postgres = await startPostgres()
  try {
    const rows = [
      ...(await onStore('SQLite', join(folder, 'sqlite'), undefined, join(folder, 'limit.db'))),
      ...(await onStore(
        'PostgreSQL',
        join(folder, 'postgres'),
        await database(postgres.url, 'ours'),
        await database(postgres.url, 'theirs'),
      )),
    ]
    return table(
      ['store', 'at once', 'reports/s', 'of the limit', 'p50 ms', 'p99 ms', 'limit/s', 'limit p99 ms'],
      rows,
    )
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function onStore(
  name: string,
  dataDir: string,
  databaseUrl: string | undefined,
  limitPlace: string,
): Promise<(string | number)[][]> {
  const reports = await sealReports(dataDir, databaseUrl)
  const server = await startServer({ DATA_DIR: dataDir, DATABASE_URL: databaseUrl, TRUST_PROXY: 'true' })
  const limit = await startLimit(limitPlace)
  const reporters = callReporters()
  const ours = (at: number, time: number): Promise<Outcome> =>
    reporters.send({ ...reports, port: server.port, atOnce: at, seconds: time })
  const theirs = async (at: number, time: number): Promise<Outcome> => {
    // It still has letters to send; they must not slow down what it is compared to.
    server.child.kill('SIGSTOP')
    const outcome = await reporters.send({ ...reports, port: limit.port, atOnce: at, seconds: time })
    server.child.kill('SIGCONT')
    return outcome
  }
  const rows: (string | number)[][] = []
  for (const at of atOnce) {
    await ours(at, warmUp)
    await theirs(at, warmUp)
    const pairs: [Outcome, Outcome][] = []
    for (let round = 0; round < rounds; round += 1)
      pairs.push([await ours(at, seconds), await theirs(at, seconds)])
    const rate = ({ latencies, seconds: took }: Outcome): number => latencies.length / took
    const rateOf = (which: 0 | 1): string => median(pairs.map((pair) => rate(pair[which]))).toFixed(0)
    const latency = (which: 0 | 1, share: number): string =>
      percentile(
        pairs.flatMap((pair) => pair[which].latencies),
        share,
      ).toFixed(1)
    const ratio = median(pairs.map(([one, other]) => rate(one) / rate(other)))
    rows.push([
      name,
      at,
      rateOf(0),
      ratio.toFixed(2),
      latency(0, 0.5),
      latency(0, 0.99),
      rateOf(1),
      latency(1, 0.99),
    ])
  }
  reporters.stop()
  await limit.stop()
  await server.kill()
  return rows
}

async function startLimit(place: string): Promise<{ port: number; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('limit.ts', import.meta.url)), place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line = ''] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'close').then(() => Promise.reject(new Error('The limit’s server did not start.'))),
  ])) as [string]
  return {
    port: Number(line),
    stop: async () => {
      const gone = once(child, 'close')
      child.kill()
      await gone
    },
  }
}
