import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { Refused, refusals } from '../src/casework/refused.ts'
import { problemOf } from '../src/http/problems.ts'
import { audiences } from '../src/http/visitor.ts'
import { fromBase64 } from '../src/sealing/bytes.ts'
import { fingerprint, type SignedText, verifyDirectory } from '../src/sealing/directory.ts'
import { countRecipients } from '../src/sealing/envelope.ts'
import { openGrant } from '../src/sealing/grant.ts'
import { recipientOf } from '../src/sealing/identity.ts'
import { receiptOf, tokenHash } from '../src/sealing/receipt.ts'
import { hashOf, openRecord } from '../src/sealing/record.ts'
import { readTimeline } from '../src/sealing/timeline.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
]

test.each(pages)('%s leads nowhere that is not there', (page) => {
  const links = Array.from(read(page).matchAll(/\]\(([^)\s]+)\)|(?:src|href|srcset)="([^"]+)"/g))
  for (const [, inline, attribute] of links) {
    const [target = '', anchor] = ((inline ?? attribute) as string).split('#')
    if (/^[a-z]+:/.test(target)) continue
    const path = target === '' ? page : join(dirname(page), target)
    expect(() => statSync(join(root, path)), `${page}: ${target}`).not.toThrow()
    if (anchor === undefined) continue
    const headings = Array.from(read(path).matchAll(/^#+ (.+)$/gm), ([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    )
    expect(headings, `${page}: #${anchor}`).toContain(anchor)
  }
})

test('docs/api.md knows every refusal with its status, and every audience', () => {
  const rows = Array.from(read('docs/api.md').matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm))
  const told = rows.map(([, code = '', status]) => [code, Number(status)])
  expect(told).toEqual(refusals.map((code) => [code, problemOf(new Refused(code)).status]))
  for (const audience of audiences.filter((name) => name !== 'test'))
    expect(read('docs/api.md')).toMatch(new RegExp(`^\\| (.+, )?${audience}(, .+)? \\|`, 'm'))
})

test('every library has a reason in decision 8, and none is named that is not used', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
  const used = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  )
  const page = read('docs/decisions/0008-libraries.md')
  const rows = page.split('\n').filter((line) => line.startsWith('| `') || line.includes('decision 1'))
  const named = rows.flatMap((row) => {
    const names = row.startsWith('|') ? (row.split('|')[1] ?? '') : row
    return Array.from(names.matchAll(/`([^`]+)`/g), ([, name = '']) => name)
  })
  expect(named.sort()).toEqual(used.sort())
})

test('the README knows every variable of the environment', () => {
  const variables = Array.from(
    read('src/settings.ts').matchAll(/^ {2}([A-Z_]+): /gm),
    ([, name = '']) => name,
  )
  expect(variables.length).toBeGreaterThan(8)
  const told = Array.from(read('README.md').matchAll(/^\| `([A-Z_]+)` \|/gm), ([, name = '']) => name)
  expect(told.sort()).toEqual(variables.sort())
})

test('decisions are numbered without a gap', () => {
  const numbers = readdirSync(join(root, 'docs/decisions')).map((name) => Number(name.slice(0, 4)))
  expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1))
})

describe('docs/examples/case.json, sealed by an earlier version, still opens', () => {
  const example = JSON.parse(read('docs/examples/case.json'))
  const { community } = example.directory

  test('the receipt code derives what it says', async () => {
    const { code, tokenHash: hash, ...rest } = example.receipt
    expect(await receiptOf(code)).toMatchObject(rest)
    expect(await receiptOf(` ${code.toUpperCase().replaceAll(' ', '-\n')}.`)).toMatchObject(rest)
    expect(tokenHash(rest.token)).toBe(hash)
  })

  test('the directory holds, and has its fingerprint', async () => {
    const entries = example.directory.entries as SignedText[]
    const { members } = verifyDirectory(community, entries)
    expect(fingerprint(entries[0] as SignedText)).toBe(example.directory.fingerprint)
    expect(members.get(example.member.id)?.recipient).toBe(await recipientOf(example.member.identity))
    expect(members.size).toBe(2)
  })

  test('the member opens the grant, with it the record, and the reporter opens the record too', async () => {
    const { opened } = example.grant
    const expected = { case: opened.case, epoch: 1, recipient: example.epoch.recipient }
    const grant = await openGrant(fromBase64(example.grant.sealed), example.member.identity, expected)
    expect(grant).toEqual(opened)
    const sealed = fromBase64(example.record.sealed)
    expect([hashOf(sealed), countRecipients(sealed)]).toEqual([example.record.hash, 2])
    for (const identity of [grant.identity, example.receipt.identity])
      expect(await openRecord(sealed, identity)).toEqual({
        record: example.record.opened,
        to: example.record.to,
        signed: { by: example.receipt.verifyKey },
      })
    const [entry] = await readTimeline([{ id: 'one', epoch: 1, sealed }], {
      community,
      case: opened.case,
      identityOf: () => grant.identity,
      memberKeys: () => [],
      reporterKey: example.receipt.verifyKey,
      chain: 'after',
    })
    expect(entry?.doubts).toEqual([])
  })

  test('docs/api.md shows a record with the parts that a record has', () => {
    const [, shown = ''] = /```json\n([^`]+)```/.exec(read('docs/api.md')) ?? []
    expect(Object.keys(JSON.parse(shown))).toEqual(Object.keys(example.record.opened))
  })
})
