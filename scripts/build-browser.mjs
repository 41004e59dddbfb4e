// Builds src/site and src/console into dist/, and compresses what browsers fetch once, so that the server never
// has to. `--watch` keeps building, uncompressed. Runs on Node 24 with everything installed.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'
import { root } from './prepare.mjs'

/** @typedef {'site' | 'console'} Part */

const compressible = /[.](?:js|css|svg|json|wasm|txt|webmanifest)$/
const smallest = 512

/** @param {Part} part */
function exists(part) {
  if (part === 'console') return existsSync(join(root, 'src/console/main.tsx'))
  const folder = join(root, 'src/site')
  return existsSync(folder) && readdirSync(folder).some((name) => /[.]entry[.]ts$|[.]css$/.test(name))
}

/**
 * One part into its own folder beside the one being served, which it then replaces: a server that runs meanwhile
 * never sees half a build.
 * @param {Part} part
 */
async function buildPart(part) {
  const into = join(root, 'dist', part)
  const beside = join(root, 'dist', `.${part}-${process.pid}`)
  mkdirSync(beside, { recursive: true })
  if (exists(part))
    await build({ configFile: join(root, `vite.${part}.config.ts`), root, build: { outDir: beside } })
  // Nothing to build yet is no error, but the server finds a manifest wherever it looks.
  else writeFileSync(join(beside, 'manifest.json'), '{}\n')
  await compressAll(beside)
  rmSync(into, { recursive: true, force: true })
  renameSync(beside, into)
}

/** @param {string} folder */
async function compressAll(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && compressible.test(entry.name) && entry.name !== 'manifest.json')
    .map((entry) => join(entry.parentPath, entry.name))
  await Promise.all(
    files.map(async (file) => {
      const plain = readFileSync(file)
      if (plain.length <= smallest) return
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
      const [br, gz] = await Promise.all([
        promisify(brotliCompress)(plain, { params }),
        promisify(gzip)(plain, { level: 9 }),
      ])
      writeFileSync(`${file}.br`, br)
      writeFileSync(`${file}.gz`, gz)
    }),
  )
}

/**
 * Keeps both parts built in dist/ while somebody works on them.
 * @param {() => void} onBuilt after each build that succeeded
 */
export async function watchBrowser(onBuilt) {
  for (const part of /** @type {Part[]} */ (['site', 'console'])) {
    if (!exists(part)) continue
    const watcher = await build({
      configFile: join(root, `vite.${part}.config.ts`),
      root,
      build: { watch: {} },
    })
    if ('on' in watcher)
      watcher.on('event', (event) => {
        if (event.code === 'END') onBuilt()
      })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // What an interrupted build left.
  const dist = join(root, 'dist')
  for (const name of existsSync(dist) ? readdirSync(dist) : [])
    if (/^[.](?:site|console)-/.test(name)) rmSync(join(dist, name), { recursive: true })
  await Promise.all([buildPart('site'), buildPart('console')])
}
