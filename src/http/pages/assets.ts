import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Context } from 'hono'
import type { Routes } from '../endpoint.ts'
import { mark } from './icons.ts'

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}

interface Asset {
  readonly type: string
  readonly plain: Uint8Array<ArrayBuffer>
  readonly br: Uint8Array<ArrayBuffer> | null
  readonly gzip: Uint8Array<ArrayBuffer> | null
}

/** What the build says of one file it made. */
interface Built {
  readonly file: string
  /** Names of others, in the same list. */
  readonly imports?: readonly string[]
}

/** The built browser code, read once. */
export interface Assets {
  /** Address of what was built from a source, for example `src/site/site.css`. Throws if it was not built. */
  address(source: string): string
  /** Addresses of what a script needs before it can run, so that a page can ask for all of it at once. */
  needs(source: string): readonly string[]
  /** Addresses of all that these files load, at once or later, themselves among them. */
  closure(addresses: readonly string[]): readonly string[]
  /** Differs with every build. */
  readonly build: string
  /** Every file by its address. */
  readonly files: ReadonlyMap<string, Asset>
}

/**
 * Reads built folders (`dist/site`, `dist/console`) with their compressed siblings into memory.
 *
 * @param folders - where `manifest.json` and `assets/` are.
 * @throws if a folder has not been built.
 */
export function loadAssets(folders: readonly string[]): Assets {
  const built = new Map<string, Built>()
  const files = new Map<string, Asset>()
  for (const folder of folders) {
    const manifest: Record<string, Built> = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    for (const [source, one] of Object.entries(manifest)) built.set(source, one)
    const assets = join(folder, 'assets')
    const names = new Set(existsSync(assets) ? readdirSync(assets) : [])
    const read = (name: string) => (names.has(name) ? new Uint8Array(readFileSync(join(assets, name))) : null)
    for (const name of names) {
      const type = types[extname(name)]
      const plain = type === undefined ? null : read(name)
      if (type !== undefined && plain !== null)
        files.set(`/assets/${name}`, { type, plain, br: read(`${name}.br`), gzip: read(`${name}.gz`) })
    }
  }
  const find = (source: string): Built => {
    const found = built.get(source)
    if (found === undefined) throw new Error(`${source} has not been built: run npm run build.`)
    return found
  }
  return {
    files,
    address: (source) => `/${find(source).file}`,
    closure: (addresses) => closureOf(files, addresses),
    build: createHash('sha256')
      .update([...files.keys()].sort().join())
      .digest('hex')
      .slice(0, 12),
    needs: (source) => (find(source).imports ?? []).map((one) => `/${find(one).file}`),
  }
}

/** A built file names what it loads: the build leaves no other trace of what a worker loads. */
function closureOf(files: ReadonlyMap<string, Asset>, addresses: readonly string[]): string[] {
  const found = new Set(addresses.filter((address) => files.has(address)))
  // A set hands out what is added to it meanwhile.
  for (const address of found) {
    const text = address.endsWith('.js') ? Buffer.from(files.get(address)?.plain ?? []).toString() : ''
    for (const other of files.keys()) if (text.includes(other.slice('/assets/'.length))) found.add(other)
  }
  return [...found]
}

/** Serves the built files. Their names carry a hash of what is in them, so that browsers keep them for good. */
export function addAssetPages(routes: Routes, { files }: Assets): void {
  routes.page('get', '/assets/:file', 'anybody', (c) => {
    const asset = files.get(`/assets/${c.req.param('file')}`)
    if (!asset) return c.notFound()
    return answer(c, asset)
  })
  routes.page('get', '/icon.svg', 'anybody', (c) =>
    c.body(mark, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }),
  )
}

function answer(c: Context, { type, plain, br, gzip }: Asset): Response {
  const accepts = encodings(c)
  const [bytes, encoding] =
    br && accepts.has('br') ? [br, 'br'] : gzip && accepts.has('gzip') ? [gzip, 'gzip'] : [plain, null]
  return c.body(bytes, 200, {
    'content-type': type,
    'content-length': String(bytes.length),
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    ...(encoding ? { 'content-encoding': encoding } : {}),
  })
}

/** The content encodings a browser takes. */
export const encodings = (c: Context): ReadonlySet<string> =>
  new Set(
    (c.req.header('accept-encoding') ?? '')
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .filter((one) => !/;\s*q=0(\.0*)?$/.test(one))
      .map((one) => one.split(';')[0] as string),
  )
