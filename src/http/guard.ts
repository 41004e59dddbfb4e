import { timingSafeEqual } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Office } from '../casework/office.ts'
import { Refused } from '../casework/refused.ts'
import { tokenHash } from '../sealing/receipt.ts'
import { alertByToken, responderMembership } from '../store/alerts.ts'
import { feedMember } from '../store/calendar-feeds.ts'
import { communityId } from '../store/communities.ts'
import { findReceipt } from '../store/incidents.ts'
import { activeMembership, readerMembership } from '../store/members.ts'
import { touchSession } from '../store/sessions.ts'
import { setupTokenIsGood } from '../store/setup-tokens.ts'
import { uploadTokenHash } from '../store/uploads.ts'
import type { Audience, Visitor } from './visitor.ts'

export type Env = { Variables: { visitor: Visitor; nonce: string } }

export interface GuardSettings {
  readonly secure: boolean
  /** Origin of our own pages; undefined: whatever host a request was made to (a trial on one machine). */
  readonly origin: string | undefined
  readonly metricsToken: string | undefined
  readonly testClock: boolean
}

/** Idle time after which a session ends, milliseconds. */
export const sessionIdle = 30 * 60 * 1000

/** Name of the session cookie: `__Host-` wherever HTTPS lets the browser enforce it. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-session' : 'session')

/**
 * The one gate in front of every route: finds out who calls, as far as the route needs to know, and refuses
 * everybody else. A case that is not the caller's to know is answered like one that does not exist (K1).
 */
export function guard(who: Audience, office: Office, settings: GuardSettings): MiddlewareHandler<Env> {
  const check = checks[who]
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') checkOrigin(c, settings)
    c.set('visitor', await check(c, office, settings))
    await next()
  }
}

type Check = (c: Context<Env>, office: Office, settings: GuardSettings) => Promise<Visitor>

const checks: Record<Audience, Check> = {
  anybody: async () => ({}),
  'set-up': async (c, office) => {
    if (!(await setupTokenIsGood(office.store.db, tokenHash(credential(c, 'Setup')))))
      throw new Refused('link-used')
    return {}
  },
  reporter: async (c, office) => {
    const [lookup = '', token = ''] = credential(c, 'Receipt').split('.')
    const found = await findReceipt(office.store.db, lookup)
    if (!found || !same(found.hash, tokenHash(token))) throw new Refused('not-found')
    return { caseId: found.caseId }
  },
  uploader: async (c, office) => {
    const hash = await uploadTokenHash(office.store.db, c.req.param('upload') ?? '')
    if (!hash || !same(hash, tokenHash(credential(c, 'Upload')))) throw new Refused('not-found')
    return {}
  },
  calendar: async (c, office) => {
    const token = /^([\w-]{43})\.ics$/.exec(c.req.param('file') ?? '')?.[1]
    const member = token === undefined ? null : await feedMember(office.store.db, tokenHash(token))
    if (!member) throw new Refused('not-found')
    return { member: { ...member, standing: 'member' } }
  },
  account: async (c, office, settings) => ({ account: await account(c, office, settings) }),
  member: (c, office, settings) => membership(c, office, settings, () => true),
  committee: (c, office, settings) =>
    membership(c, office, settings, ({ standing }) => standing === 'member'),
  chair: (c, office, settings) => membership(c, office, settings, ({ chair }) => chair),
  organizer: (c, office, settings) =>
    membership(c, office, settings, ({ standing }) => standing === 'organizer'),
  reader: async (c, office, settings) => {
    const signedIn = await account(c, office, settings)
    const caseId = c.req.param('case') ?? ''
    const member = await readerMembership(office.store.db, signedIn.id, caseId)
    if (!member) throw new Refused('not-found')
    return { account: signedIn, member, caseId }
  },
  raiser: async (c, office) => {
    const { db } = office.store
    const alert = await alertByToken(db, tokenHash(c.req.param('token') ?? ''))
    const isHere = alert && (await communityId(db, c.req.param('community') ?? '')) === alert.community_id
    if (!isHere) throw new Refused('not-found')
    return { alertId: alert.id }
  },
  responder: async (c, office, settings) => {
    const signedIn = await account(c, office, settings)
    const alertId = c.req.param('alert') ?? ''
    const member = await responderMembership(office.store.db, signedIn.id, alertId)
    if (!member) throw new Refused('not-found')
    return { account: signedIn, member, alertId }
  },
  operator: async (c, _office, { metricsToken }) => {
    const address = getConnInfo(c).remote.address ?? ''
    const near = /^(127\.|::1$|::ffff:127\.)/.test(address) && c.req.header('x-forwarded-for') === undefined
    const known = metricsToken !== undefined && c.req.header('authorization') === `Bearer ${metricsToken}`
    if (!near && !known) throw new Refused('not-found')
    return {}
  },
  test: async (_c, _office, { testClock }) => {
    if (!testClock) throw new Refused('not-found')
    return {}
  },
}

async function account(
  c: Context<Env>,
  office: Office,
  settings: GuardSettings,
): Promise<{ id: string; session: string }> {
  const signedIn = await whoIsSignedIn(c, office, settings)
  if (!signedIn) throw new Refused('not-signed-in')
  return signedIn
}

/** Who is signed in on the browser that asks, or null: for the few routes open to anybody that care. */
export async function whoIsSignedIn(
  c: Context<Env>,
  office: Office,
  { secure }: Pick<GuardSettings, 'secure'>,
): Promise<{ id: string; session: string } | null> {
  const token = getCookie(c, cookieName(secure))
  if (token === undefined) return null
  const session = await touchSession(office.store, tokenHash(token), office.clock.now(), sessionIdle)
  return session && { id: session.accountId, session: session.id }
}

async function membership(
  c: Context<Env>,
  office: Office,
  settings: GuardSettings,
  fits: (member: NonNullable<Visitor['member']>) => boolean,
): Promise<Visitor> {
  const signedIn = await account(c, office, settings)
  const member = await activeMembership(office.store.db, signedIn.id, c.req.param('community') ?? '')
  if (!member) throw new Refused('not-found')
  if (!fits(member)) throw new Refused('not-allowed')
  return { account: signedIn, member }
}

function credential(c: Context, scheme: string): string {
  const [given, ...rest] = (c.req.header('authorization') ?? '').split(' ')
  if (given !== scheme || rest.length === 0) throw new Refused('not-found')
  return rest.join(' ')
}

/**
 * A write comes from our own pages. Forms on pages with `Referrer-Policy: no-referrer` send `Origin: null`; then
 * the browser's `Sec-Fetch-Site` decides, and where there is neither, the session cookie is not honoured.
 */
function checkOrigin(c: Context, { origin, secure }: GuardSettings): void {
  const given = c.req.header('origin')
  if (given !== undefined && given !== 'null') {
    if (given !== (origin ?? new URL(c.req.url).origin)) throw new Refused('wrong-origin')
    return
  }
  const site = c.req.header('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return
  if (site !== undefined || getCookie(c, cookieName(secure)) !== undefined) throw new Refused('wrong-origin')
}

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
