import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A server of ours in a process of its own, as `npm start` runs it. */
export interface ServerProcess {
  readonly port: number
  readonly child: ChildProcess
  /** Everything it printed so far. */
  printed(): string
  /** Asks it to end (SIGTERM) and waits until it has. Returns its exit code. */
  stop(): Promise<number | null>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

/**
 * Starts the real program on a free port of the loopback; resolves once it listens.
 *
 * @param settings - the environment: `DATA_DIR` and whatever else differs from the defaults.
 * @param flags - for Node, before the program.
 * @param args - for the program.
 * @throws with what it printed, if it ends instead.
 */
export async function startServer(
  settings: Readonly<Record<string, string | undefined>>,
  flags: readonly string[] = [],
  args: readonly string[] = [],
): Promise<ServerProcess> {
  const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
  const child = spawn(process.execPath, [...flags, program, ...args], {
    env: { PATH: process.env.PATH, TZ: process.env.TZ, LOG_LEVEL: 'warn', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close') as Promise<[number | null]>
  const lines: string[] = []
  const port = await new Promise<number>((resolve, reject) => {
    const keep = (line: string): void => {
      lines.push(line)
      const found = /^Bellwether is at .*:(\d+)$/.exec(line)
      if (found) resolve(Number(found[1]))
    }
    createInterface({ input: child.stdout }).on('line', keep)
    createInterface({ input: child.stderr }).on('line', keep)
    child.on('close', () => reject(new Error(`The server did not start: ${lines.join('\n')}`)))
  })
  return {
    port,
    child,
    printed: () => lines.join('\n'),
    stop: async () => {
      child.kill('SIGTERM')
      const [code] = await closed
      return code
    },
    kill: async () => {
      child.kill('SIGKILL')
      await closed
    },
  }
}
