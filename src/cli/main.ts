import { BadSettings } from '../settings.ts'
import { cli } from '../words/en/cli.ts'
import { plain } from '../words/plain.ts'
import { CannotRun, type Command } from './command.ts'

// Each is loaded only when it is asked for: the demo brings the whole server along.
const commands = new Map<string, () => Promise<Command>>([
  ['demo', async () => (await import('./demo.ts')).demo],
  ['set-up', async () => (await import('./set-up.ts')).setUp],
  ['verify', async () => (await import('./verify.ts')).verify],
  ['recover', async () => (await import('./recover.ts')).recover],
  ['help', async () => help],
])

const help: Command = async () => {
  process.stdout.write(cli.help)
  return 0
}

async function main([name = 'help', ...options]: readonly string[]): Promise<number> {
  const load = commands.get(name === '--help' || name === '-h' ? 'help' : name)
  if (load) return (await load())(options, process.env)
  process.stderr.write(`${plain(cli, 'unknown-command', { command: name })}\n\n${cli.help}`)
  return 2
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    // A mistake that a person can put right is told in plain words; everything else with its cause.
    const plainly = error instanceof CannotRun || error instanceof BadSettings
    process.stderr.write(`${plainly ? error.message : String((error as Error)?.stack ?? error)}\n`)
    process.exitCode = 2
  },
)
