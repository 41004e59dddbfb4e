// Server and browser code, both started anew whenever a file of theirs changes.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { become } from './become.mjs'
import { prepare, root } from './prepare.mjs'

const node = prepare()
if (Number(process.versions.node.split('.')[0]) < 24)
  become(node, ['scripts/dev.mjs', ...process.argv.slice(2)])

// The next `npm start` must not take what is left here, uncompressed, for a finished build.
rmSync(join(root, 'dist', '.built'), { force: true })

/** @type {import('node:child_process').ChildProcess | undefined} */
let server
function serve() {
  server?.kill('SIGTERM')
  const main = [join(root, 'src/main.ts'), ...process.argv.slice(2)]
  server = spawn(
    node,
    ['--disable-warning=ExperimentalWarning', '--watch', '--watch-preserve-output', ...main],
    {
      stdio: 'inherit',
    },
  )
}

const { watchBrowser } = await import('./build-browser.mjs')
let waiting = setTimeout(serve, 3000)
// The server reads the names of the built files once, at its start.
await watchBrowser(() => {
  clearTimeout(waiting)
  waiting = setTimeout(serve, 200)
})

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => {
    server?.kill(signal)
    process.exit()
  })
