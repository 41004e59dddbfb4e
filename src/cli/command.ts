import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { readSettings, type Settings } from '../settings.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import { cli } from '../words/en/cli.ts'
import { plain } from '../words/plain.ts'

/**
 * One command.
 *
 * @param options - what stands behind its name.
 * @returns the exit code: 0 well, 1 what was looked for is wrong.
 * @throws {CannotRun | BadSettings} where it could not be done at all (exit code 2).
 */
export type Command = (options: readonly string[], environment: NodeJS.ProcessEnv) => Promise<number>

/** The command cannot be carried out; `message` is all that a person needs to see. */
export class CannotRun extends Error {
  override name = 'CannotRun'
}

/** Prints one line. */
export const tell = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Throws {@link CannotRun} for an option that a command does not have. */
export function checkOptions(
  command: string,
  options: readonly string[],
  known: readonly string[] = [],
): void {
  const option = options.find((given) => !known.includes(given))
  if (option !== undefined) throw new CannotRun(plain(cli, 'unknown-option', { option, command }))
}

/**
 * Works with the store that the server of this environment uses, whether or not that server is running, and
 * closes it. Never makes a new one: a wrong folder must not look like an empty server.
 *
 * @throws {CannotRun} where there is none or it does not answer.
 */
export async function withStore<T>(
  environment: NodeJS.ProcessEnv,
  work: (store: Store, settings: Settings) => Promise<T>,
): Promise<T> {
  const settings = readSettings(environment, [])
  if (settings.databaseUrl === undefined) {
    const path = join(settings.dataDir, 'bellwether.db')
    await access(path).catch(() => {
      throw new CannotRun(plain(cli, 'no-store', { path }))
    })
  }
  const store = await openStore(settings.databaseUrl, settings.dataDir).catch((error: Error) => {
    throw new CannotRun(plain(cli, 'unavailable', { reason: error.message }))
  })
  try {
    return await work(store, settings)
  } finally {
    await store.close()
  }
}
