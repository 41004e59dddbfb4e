import type { CaseView } from '../../src/console/api/shapes.ts'
import { type OpenedCase, openCase } from '../../src/console/case/open-case.ts'
import { type Writing, writeRecord } from '../../src/console/case/write-record.ts'
import { sealLog } from '../../src/console/log/seal-log.ts'
import { sealTask } from '../../src/console/tasks/seal-task.ts'
import { cookieName } from '../../src/http/guard.ts'
import type { ReportBody } from '../../src/procedure/report.ts'
import { fromBase64, newId } from '../../src/sealing/bytes.ts'
import { verifyDirectory } from '../../src/sealing/directory.ts'
import { type Keyring, openKeyring } from '../../src/sealing/keyring.ts'
import { type PassphraseCost, passphraseUnlocker } from '../../src/sealing/unlocker.ts'
import { answerOf, json, type Send } from './wire.ts'

/** Somebody signed in without a browser, who does what the console does. */
export interface SignedInMember {
  readonly id: string
  readonly cookie: string
  readonly send: Send
  /** Fetches JSON of the API. */
  get<T>(path: string): Promise<T>
  /** Sends JSON to the API. */
  post<T>(path: string, body: unknown): Promise<T>
  openCase(id: string): Promise<OpenedCase>
  /** Adds a note, a message or a completion. */
  write(id: string, writing: Writing): Promise<void>
  /** Gives the first response (H2, H3). */
  acknowledge(id: string, template: 'M1' | 'M2', text: string): Promise<void>
  /** Logs something as a member does (E1, F2). Returns the id of its case. */
  log(body: ReportBody): Promise<string>
  /** Puts something on their own list (E3). */
  remind(text: string): Promise<void>
  /** Brings a case to the committee (I1). */
  bring(id: string): Promise<void>
  /** Offers to be shepherd, with a bias (I2, I3). */
  offer(id: string, bias: string): Promise<void>
}

/** Signs in over the wire with a passphrase, as the console does. */
export async function signInOver(
  send: Send,
  {
    email,
    passphrase,
    now,
  }: { readonly email: string; readonly passphrase: string; readonly now: () => number },
): Promise<SignedInMember> {
  const { cost } = await answerOf<{ cost: PassphraseCost }>(
    send('/api/v1/session/passphrase/cost', json('POST', { email })),
  )
  const { identity, token } = await passphraseUnlocker(passphrase, cost)
  const entered = await send('/api/v1/session/passphrase', json('POST', { email, token }))
  const cookie = entered.headers
    .getSetCookie()
    .find((one) => one.startsWith(`${cookieName(false)}=`))
    ?.split(';')[0]
  const { sealedKeyring, memberships } = await answerOf<{
    sealedKeyring: string
    memberships: { id: string; community: { id: string; shortName: string } }[]
  }>(entered)
  const keyring: Keyring = await openKeyring(fromBase64(sealedKeyring), identity)
  const [membership] = memberships
  if (!cookie || !membership) throw new Error('Signed in without a session or a membership.')

  const asMember: Send = (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('cookie', cookie)
    return send(path, { ...init, headers })
  }
  const get = <T>(path: string): Promise<T> => answerOf<T>(asMember(`/api/v1${path}`))
  const post = <T>(path: string, body: unknown): Promise<T> =>
    answerOf<T>(asMember(`/api/v1${path}`, json('POST', body, { 'idempotency-key': newId() })))
  const open = async (id: string): Promise<OpenedCase> => {
    const view = await get<CaseView>(`/cases/${id}`)
    const { entries } = await get<{ entries: { text: string; signature: string }[] }>(
      `/communities/${membership.community.shortName}/directory`,
    )
    return openCase(view, keyring, verifyDirectory(view.community.id, entries))
  }
  const seal = async (opened: OpenedCase, writing: Writing) =>
    writeRecord(opened, writing, { member: membership.id, keyring, at: now() })
  return {
    id: membership.id,
    cookie,
    send: asMember,
    get,
    post,
    openCase: open,
    async write(id, writing) {
      const written = await seal(await open(id), writing)
      await post(`/cases/${id}/records`, {
        kind: writing.kind,
        ...written,
        shared: writing.kind === 'message',
        uploads: [],
      })
    },
    async acknowledge(id, template, text) {
      const opened = await open(id)
      const written = await seal(opened, { kind: 'message', body: { template, text } })
      await post(`/cases/${id}/acknowledge`, { template, ...written, version: opened.view.version })
    },
    async log(body) {
      const { shortName, id: community } = membership.community
      const { entries } = await get<{ entries: { text: string; signature: string }[] }>(
        `/communities/${shortName}/directory`,
      )
      const author = { community, member: membership.id, keyring, language: 'en', at: now() } as const
      const sealed = await sealLog(body, verifyDirectory(community, entries), author)
      await post(`/communities/${shortName}/logs`, sealed)
      return sealed.case
    },
    async remind(text) {
      const { shortName, id: community } = membership.community
      const id = newId()
      const owner = { community, task: id, member: membership.id, keyring, at: now() }
      await answerOf(
        asMember(
          `/api/v1/communities/${shortName}/tasks`,
          json(
            'POST',
            { id, dueAt: now(), sealed: await sealTask(text, owner) },
            { 'idempotency-key': newId() },
          ),
        ),
      )
    },
    async bring(id) {
      const { view } = await open(id)
      await post(`/cases/${id}/bring`, { version: view.version })
    },
    async offer(id, bias) {
      const opened = await open(id)
      const about = membership.id
      const written = await seal(opened, {
        kind: 'shepherd',
        body: { act: 'propose', member: about, bias: true, text: bias },
      })
      const { version } = opened.view
      await post(`/cases/${id}/shepherd`, { act: 'propose', about, declared: true, version, ...written })
    },
  }
}
