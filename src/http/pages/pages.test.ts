import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import { foundCommunity } from '../../../test/support/community.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { submit, unescaped, visit } from '../../../test/support/plain.ts'
import { Playbook } from '../../procedure/playbook.ts'
import { triage } from '../../procedure/triage.ts'
import { en } from '../../words/en/index.ts'

const hostile = `"><script>alert(1)</script><b title='x'>&amp;`

const playbook = Playbook.parse({
  phones: { security: '312 555 0143', committee: '312 555 0199' },
  venue: { address: ['200 W Madison St', hostile] },
  codeOfConduct: 'https://conduct.example.org/',
  publicRoster: true,
})

describe.each(storeKinds)('the public pages on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let dataDir: string
  const page = (path: string, headers: Record<string, string> = {}) => visit(served.send, path, { headers })

  beforeAll(async () => {
    office = await testOffice(kind)
    dataDir = await mkdtemp(join(tmpdir(), 'bellwether-pages-'))
    served = await serveApp(office, dataDir, { testClock: false })
  })
  afterAll(async () => {
    await served.stop()
    await office.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('before anything is set up, the first page says so', async () => {
    const { status, text } = await page('/')
    expect(status).toBe(200)
    expect(text).toContain(en['communities.none'])
  })

  describe('with a community', () => {
    beforeAll(async () => {
      await foundCommunity(office, { members: [`Pat ${hostile}`, 'Sam'], playbook })
    })
    const all = ['/chipy', '/chipy/danger', '/chipy/guide', '/chipy/report', '/chipy/mailbox', '/docs/api']

    test('the first page leads to the only community', async () => {
      const { status, headers } = await page('/?lang=es')
      expect([status, headers.get('location')]).toEqual([302, '/chipy?lang=es'])
    })

    test.each([...all, '/chipy?way=no-no-no', '/nobody', '/nobody/report', '/a/b/c'])(
      '%s is a whole page without cookie, inline code or foreign markup, and can be left quickly',
      async (path) => {
        const { text, headers } = await page(path)
        expect(headers.get('set-cookie')).toBeNull()
        expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
        expect(headers.get('content-security-policy')).toContain("default-src 'none'")
        expect(text).toMatch(/^<!doctype html>\n<html lang="en">/)
        expect(text).toMatch(/<h1/)
        expect(text).toContain('data-leave')
        expect(text).toContain('rel="noreferrer noopener nofollow"')
        expect(text).not.toMatch(/<script(?! type="module" src="\/assets\/)|<style| style=| on[a-z]+=/)
        expect(text).not.toContain('<b title=')
      },
    )

    test('what a community calls its people and places is text, wherever it stands', async () => {
      expect(unescaped((await page('/chipy/danger')).text)).toContain(hostile)
      expect(unescaped((await page('/chipy/report')).text)).toContain(`Pat ${hostile}`)
      expect(unescaped((await page('/chipy/guide')).text)).toContain(`Pat ${hostile}`)
    })

    test('A1 to A3: every walk leads on by plain links and ends with the report', async () => {
      const seen = new Set<string>()
      const waiting = ['/chipy']
      const reached = new Set<string>()
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
        if (seen.has(path)) continue
        seen.add(path)
        if (path === '/chipy/report') {
          reached.add('report')
          continue
        }
        const { status, text } = await page(path)
        expect(status, path).toBe(200)
        for (const { place } of triage)
          if (text.includes(`>${en[`triage.${place}.title` as 'triage.harm.title']}</h1>`)) reached.add(place)
        const links = [...text.matchAll(/class="(?:answer[^"]*|main)" href="([^"]*)"/g)].map(([, href]) =>
          unescaped(href as string),
        )
        expect(links.length, path).toBeGreaterThan(0)
        waiting.push(...links)
      }
      expect([...reached].sort()).toEqual(triage.map(({ place }) => place).sort())
      expect([...seen].filter((path) => !/^\/chipy(\/danger|\/report)?(\?way=[a-z-]+)?$/.test(path))).toEqual(
        [],
      )
    })

    test('A1: danger is tap-to-call and an address to read out, and no form', async () => {
      const { text } = await page('/chipy/danger')
      for (const link of ['tel:911', 'tel:3125550143', 'tel:311']) expect(text).toContain(`href="${link}"`)
      expect(text).toContain('200 W Madison St')
      expect(text).not.toMatch(/<form|<input|<textarea/)
      expect(text).toContain('/chipy?way=yes-called')
    })

    test('A3, D3: where nobody can be alerted, the ways that exist are shown, never a dead end', async () => {
      const { text } = await page('/chipy?way=no-no-unsure')
      expect(text).toContain('href="tel:3125550199"')
      expect(unescaped(text)).toContain(`Pat ${hostile}, Sam`)
      expect(text).toContain('href="/chipy/alert"')
      expect(text).toContain('href="/chipy/report"')
    })

    test('a damaged or hostile address leads to a question and never to an error', async () => {
      for (const way of ['maybe', hostile, 'no-no-no-no-no', '-'.repeat(3000), '%00']) {
        const { status, text } = await page(`/chipy?way=${encodeURIComponent(way)}`)
        expect([200, 302]).toContain(status)
        expect(text).not.toContain('<script>alert')
      }
    })

    test('A5: picture and list in the guide come from the same data, with the way marked', async () => {
      const { text } = await page('/chipy/guide?way=no-no')
      for (const { place } of triage)
        expect(text).toContain(en[`triage.${place}.title` as 'triage.harm.title'])
      expect(text).toMatch(/<svg class="triage"/)
      expect(text).toMatch(/class="node question on here"/)
      expect(text.match(/class="edge answer on"/g)).toHaveLength(2)
      expect(text).toMatch(/<b class="code">([0-9A-Z]{4} ?){6}<\/b>/)
    })

    test('the language is the one chosen, or the one the browser likes best', async () => {
      expect((await page('/chipy?lang=es')).text).toContain('<html lang="es">')
      expect((await page('/chipy?lang=es')).text).toContain('href="/chipy?way=no&amp;lang=es"')
      expect((await page('/chipy', { 'accept-language': 'fr, es-MX;q=0.8, en;q=0.5' })).text).toContain(
        '<html lang="es">',
      )
      expect((await page('/chipy', { 'accept-language': 'es;q=0, de' })).text).toContain('<html lang="en">')
      expect((await page('/chipy?lang=xx')).text).toContain('<html lang="en">')
    })

    test('typed text comes back as text', async () => {
      const typed = { narrative: '', whoName: hostile, where: `</textarea>${hostile}`, notice: hostile }
      const { status, text } = await submit(served.send, '/chipy/report', Object.entries(typed))
      expect(status).toBe(422)
      expect(text).not.toContain('<script>alert')
      expect(unescaped(text)).toContain(`value="${hostile}"`)
      const code = await submit(served.send, '/chipy/mailbox', [['code', `</textarea>${hostile}`]])
      expect(code.status).toBe(404)
      expect(code.text).not.toContain('<script>alert')
    })

    test('an unknown community and an unknown address are told as pages', async () => {
      const nobody = await page('/nobody')
      expect(nobody.status).toBe(404)
      expect(nobody.text).toContain(en['error.no-community'])
      const nowhere = await page('/chipy/no/such/page')
      expect(nowhere.status).toBe(404)
      expect(nowhere.text).toContain(en['error.not-found.text'])
    })

    test('pages come compressed, and files of the build are kept for good', async () => {
      const { text, headers } = await page('/chipy/report', { 'accept-encoding': 'gzip, br' })
      expect(headers.get('content-encoding')).toBe('br')
      expect(headers.get('cache-control')).toBe('no-store')
      const css = /href="(\/assets\/site-[^"]+\.css)"/.exec(text)?.[1] ?? ''
      for (const [wanted, given] of [
        ['br, gzip', 'br'],
        ['gzip', 'gzip'],
        ['br;q=0, gzip;q=0', null],
      ] as const) {
        const answer = await page(css, { 'accept-encoding': wanted })
        expect(answer.status).toBe(200)
        expect(answer.headers.get('content-encoding')).toBe(given)
        expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
        expect(answer.text).toContain('@layer')
      }
      expect((await page('/assets/..%2fmanifest.json')).status).toBe(404)
    })
  })
})
