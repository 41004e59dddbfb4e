// Runs one of our programs on Node 24 and becomes it, as far as whoever started us can tell.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './prepare.mjs'

/**
 * Never returns: exits with the program's own exit code.
 * @param {string} node the path of Node 24, from prepare()
 * @param {string[]} args the program, relative to the repository, and what it is given
 */
export function become(node, [program = '', ...args]) {
  const line = ['--disable-warning=ExperimentalWarning', join(root, program), ...args]
  // What was compiled at the last start need not be compiled again.
  const cache = join(root, 'node_modules', '.cache', 'compiled')
  const env = { NODE_COMPILE_CACHE: cache, ...process.env }
  // Replacing this process saves a small machine the memory of an idle Node. Node 20 and Windows cannot.
  if (process.execve && process.platform !== 'win32') process.execve(node, [node, ...line], env)
  const child = spawn(node, line, { stdio: 'inherit', env })
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  for (const signal of signals)
    process.on(signal, () => {
      // A terminal has sent Ctrl-C to both of us already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  child.on('error', (error) => {
    console.error(`Cannot run ${node}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const each of signals) process.removeAllListeners(each)
    process.kill(process.pid, signal)
  })
}
