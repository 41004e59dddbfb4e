import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startServer } from '../support/server.ts'
import { callReporters, sealReports } from './reporters.ts'
import { median, table } from './table.ts'

const submissions = 10_000
const starts = 5

/** Memory, time to start, and room on the disk, on the embedded store. */
export async function footprint(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-bench-'))
  try {
    const reports = await sealReports(dataDir, undefined)
    const started: number[] = []
    // The first one may still have to build.
    for (let run = 0; run <= starts; run += 1) started.push(await npmStart(dataDir))

    const before = await stat(join(dataDir, 'bellwether.db'))
    const server = await startServer({ DATA_DIR: dataDir, TRUST_PROXY: 'true' })
    const idle = memoryOf(server.child.pid)
    const reporters = callReporters()
    const { latencies } = await reporters.send({
      ...reports,
      port: server.port,
      atOnce: 16,
      seconds: 300,
      most: submissions,
    })
    const after = memoryOf(server.child.pid)
    reporters.stop()
    await server.stop()
    const { size } = await stat(join(dataDir, 'bellwether.db'))

    const [body = ''] = reports.bodies
    const megabytes = (kibibytes: number): string => `${Math.round((kibibytes * 1024) / 1e6)} MB`
    return table(
      ['', 'measured', 'goal'],
      [
        [
          '`npm start`, the second time, until it listens',
          `${median(started.slice(1)).toFixed(2)} s`,
          '< 2 s',
        ],
        ['memory, idle', megabytes(idle), ''],
        [`memory after ${latencies.length.toLocaleString('en')} submissions`, megabytes(after), ''],
        [
          'stored for one report to a committee of 8',
          `${((size - before.size) / latencies.length / 1000).toFixed(1)} kB`,
          `sent: ${(body.length / 1000).toFixed(1)} kB`,
        ],
      ],
    )
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Seconds from the command until it listens. */
async function npmStart(dataDir: string): Promise<number> {
  const began = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) if (line.includes(' is at http')) break
  const took = (performance.now() - began) / 1000
  const gone = once(child, 'close')
  child.kill('SIGTERM')
  child.stdout.resume()
  await gone
  return took
}

/** Resident memory of a process, KiB. */
function memoryOf(pid: number | undefined): number {
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout)
}
