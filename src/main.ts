import pino from 'pino'
import { serve } from './serve.ts'
import { BadSettings, readSettings } from './settings.ts'

/** Starts the server from the environment and stops it on SIGTERM or SIGINT, requests in flight finished. */
async function main(): Promise<void> {
  const settings = readSettings(process.env, process.argv.slice(2))
  const log = pino({ level: settings.logLevel, base: null })
  const running = await serve(settings, log)
  for (const line of running.greeting) process.stdout.write(`${line}\n`)
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    await running.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  // A mistake in the settings is told in plain words; everything else with its cause.
  process.stderr.write(
    error instanceof BadSettings ? `${error.message}\n` : `${String((error as Error)?.stack ?? error)}\n`,
  )
  process.exit(1)
})
