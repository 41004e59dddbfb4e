import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../test/support/app.ts'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { type Desk, deskOf } from '../../test/support/desk.ts'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import { type Reporter, reportOver } from '../../test/support/reporter.ts'
import { newIdentity, recipientOf } from '../sealing/identity.ts'
import { type Box, type MailboxDesk, NotVouched, openMailboxDesk } from './read-mailbox.ts'
import type { Fetch, Line } from './request.ts'

describe.each(storeKinds)('the mailbox opened in a browser, on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let dataDir: string
  let community: TestCommunity
  let pat: Desk
  let reporter: Reporter

  beforeAll(async () => {
    office = await testOffice(kind)
    dataDir = await mkdtemp(join(tmpdir(), 'bellwether-box-'))
    served = await serveApp(office, dataDir)
    community = await foundCommunity(office)
    pat = await deskOf(office, served.send, community, 'Pat')
    reporter = await reportOver(served.send, 'chipy', {
      narrative: 'It happened.',
      files: [{ name: 'cat.png', type: 'image/png', bytes: Buffer.from('meow') }],
    })
  })
  afterAll(async () => {
    await served.stop()
    await office.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  let way: (address: string, init: RequestInit, send: Fetch) => Promise<Response>
  beforeEach(() => {
    way = (address, init, send) => send(address, init)
  })
  const line: Line = {
    fetch: (address, init = {}) => way(address, init, (to, what = {}) => served.send(to, what)),
    wait: async () => {},
    trouble: () => {},
  }
  const desk = (code = reporter.code, fingerprint: string | null = null): Promise<MailboxDesk> =>
    openMailboxDesk(line, code, { community: 'chipy', fingerprint }, () => office.clock.now())
  const look = async (at: MailboxDesk): Promise<Box> => {
    const looked = await at.look()
    if (looked.what !== 'opened') throw new Error(looked.what)
    return looked.box
  }
  const nothing = (): void => {}

  test('shows the report, the answer with its author checked, and marks it delivered', async () => {
    const at = await desk(reporter.code.toUpperCase())
    const before = await look(at)
    expect(before).toMatchObject({ state: 'received', trusted: true })
    expect(before.entries).toMatchObject([{ from: null, doubts: [], letter: { text: 'It happened.' } }])
    await pat.acknowledge(reporter.case, 'M1', 'Thank you.')
    const after = await look(at)
    expect(after.state).toBe('answered')
    expect(after.entries[1]).toMatchObject({
      from: { name: 'Pat' },
      doubts: [],
      letter: { text: 'Thank you.' },
    })
    expect((await pat.open(reporter.case)).view.records[1]?.openedAt).toBe(office.clock.now())
  })

  test('S12: an answer with evidence arrives once, whatever is lost on its way and whoever writes meanwhile', async () => {
    const at = await desk()
    await look(at)
    // Another one writes after this mailbox was read: the answer is sealed anew, behind it.
    await pat.note(reporter.case, 'internal')
    let lost = 0
    way = async (address, init, pass) => {
      const response = await pass(address, init)
      if (!address.endsWith('/answers') || !response.ok || lost === 6) return response
      lost += 1
      throw new TypeError('Failed to fetch')
    }
    const files = [{ id: 'f', file: new File(['plinth'], 'note.txt', { type: 'text/plain' }) }]
    const first = await at.answer({ text: 'There was a witness.', shepherd: null, files }, nothing)
    expect(first).toEqual({ what: 'no-answer' })
    expect(await at.answer({ text: 'There was a witness.', shepherd: null, files }, nothing)).toEqual({
      what: 'sent',
    })
    const { entries } = await pat.open(reporter.case)
    expect(entries.flatMap(({ doubts }) => doubts)).toEqual([])
    expect(entries.filter(({ record }) => record?.kind === 'answer')).toHaveLength(1)
    const box = await look(at)
    expect(box.entries.map(({ doubts }) => doubts)).toEqual([[], [], []])
    const [file] = box.entries.at(-1)?.letter?.files ?? []
    expect(Buffer.from(await at.file(file as never)).toString()).toBe('plinth')
  })

  test('an unknown code, and a server that does not answer, are told apart', async () => {
    expect(await (await desk('no such words at all')).look()).toEqual({ what: 'unknown-code' })
    way = () => Promise.reject(new TypeError('Failed to fetch'))
    expect(await (await desk()).look()).toEqual({ what: 'no-answer' })
  })

  test('what a lying server drops, adds, moves or changes is said, and nothing is hidden', async () => {
    const lie = (
      change: (mailbox: { records: { sealed: string }[]; directory: { signature: string }[] }) => void,
    ) => {
      way = async (address, init, pass) => {
        const response = await pass(address, init)
        if (!address.endsWith('/mailbox')) return response
        const mailbox = await response.json()
        change(mailbox)
        return Response.json(mailbox)
      }
    }
    const doubts = async (): Promise<unknown> =>
      (await look(await desk())).entries.map((entry) => entry.doubts)
    lie(({ records }) => records.splice(1, 1))
    expect(await doubts()).toEqual([[], ['out-of-order']])
    lie(({ records }) => records.reverse())
    expect(await doubts()).toEqual([['out-of-order'], ['out-of-order'], ['out-of-order']])
    lie(({ records }) => {
      const [first] = records
      if (first) first.sealed = `${first.sealed.slice(0, -8)}AAAAAAA=`
    })
    expect((await doubts()) as unknown[]).toMatchObject([['unreadable'], ['out-of-order'], []])
    lie(({ directory }) => {
      for (const entry of directory) entry.signature = 'AAAA'
    })
    const box = await look(await desk())
    expect(box.trusted).toBe(false)
    expect(box.entries[1]?.doubts).toEqual(['author-unknown'])
  })

  test('an answer is sealed to no recipient but the one the report was sealed to', async () => {
    const other = await recipientOf(newIdentity())
    way = async (address, init, send) => {
      const answer = await send(address, init)
      if (!address.endsWith('/mailbox')) return answer
      return Response.json({ ...(await answer.json()), epochRecipient: other })
    }
    const at = await desk()
    await at.look()
    await expect(
      at.answer({ text: 'Only for the committee.', shepherd: null, files: [] }, nothing),
    ).rejects.toThrow(NotVouched)
  })

  test('keys that are not those on the page are not trusted', async () => {
    expect((await look(await desk(reporter.code, '0000 0000'))).trusted).toBe(false)
  })

  test('a file that was changed is not handed out', async () => {
    const at = await desk()
    const [file] = (await look(at)).entries[0]?.letter?.files ?? []
    way = async (address, init, pass) => {
      const response = await pass(address, init)
      if (!address.includes('/files/')) return response
      const bytes = new Uint8Array(await response.arrayBuffer())
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
      return new Response(bytes)
    }
    await expect(at.file(file as never)).rejects.toThrow()
  })
})
