import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAlerts } from '../../src/alerts/start.ts'
import { raiseAlert } from '../../src/casework/raise-alert.ts'
import { setupToken } from '../../src/casework/setup-link.ts'
import { withdrawAlert } from '../../src/casework/withdraw-alert.ts'
import { sessionIdle } from '../../src/http/guard.ts'
import { newId, randomBytes } from '../../src/sealing/bytes.ts'
import { invitationKey, signDelegation } from '../../src/sealing/directory.ts'
import { type ServedApp, serveApp } from '../support/app.ts'
import { foundCommunity, type TestCommunity } from '../support/community.ts'
import { storeKinds, type TestOffice, testOffice } from '../support/office.ts'
import { type Reporter, reportOver } from '../support/reporter.ts'
import { sessionOf } from '../support/sessions.ts'
import { answerOf, json } from '../support/wire.ts'

/**
 * Everybody who may ask. All but the last five are people of one community with one case in it, which names Gus as
 * involved and was handed to Pat and Sam, and one alert, which leaves Gus out and was withdrawn.
 */
const roles = [
  'anonymous',
  'reporter',
  'reporter of another case',
  'excluded member',
  'member who is no reader yet',
  'reader',
  'chair who is no reader',
  'organizer',
  'removed member',
  'member of another community',
  'reader whose session expired',
  'holder of the upload',
  'holder of the set-up link',
  'holder of the token',
] as const
type Role = (typeof roles)[number]

/** The code with which somebody is refused; null: they are let in. */
type Outcomes = Readonly<Record<Role, string | null>>

const everybody = (outcome: string | null): Outcomes =>
  Object.fromEntries(roles.map((role) => [role, outcome])) as Outcomes

// Written by hand, one table for each kind of route, and not taken from what the routes say of themselves.
const anybody = everybody(null)
const signedIn: Outcomes = {
  ...everybody('not-signed-in'),
  'excluded member': null,
  'member who is no reader yet': null,
  reader: null,
  'chair who is no reader': null,
  organizer: null,
  'removed member': null,
  'member of another community': null,
}
const ofCommunity: Outcomes = {
  ...signedIn,
  'removed member': 'not-found',
  'member of another community': 'not-found',
}
const committeeAlone: Outcomes = { ...ofCommunity, organizer: 'not-allowed' }
const chairs: Outcomes = {
  ...ofCommunity,
  'excluded member': 'not-allowed',
  'member who is no reader yet': 'not-allowed',
  reader: 'not-allowed',
  organizer: 'not-allowed',
}
const organizers: Outcomes = {
  ...chairs,
  'chair who is no reader': 'not-allowed',
  organizer: null,
}
const committee: Outcomes = { ...ofCommunity, organizer: 'not-allowed' }
const readers: Outcomes = {
  ...signedIn,
  'excluded member': 'not-found',
  'member who is no reader yet': 'not-found',
  'chair who is no reader': 'not-found',
  organizer: 'not-found',
  'removed member': 'not-found',
  'member of another community': 'not-found',
}
const reporters: Outcomes = {
  ...everybody('not-found'),
  reporter: null,
  'reporter of another case': null,
}
const reporterAlone: Outcomes = { ...everybody('not-found'), reporter: null }
const uploader: Outcomes = { ...everybody('not-found'), 'holder of the upload': null }
const raiser: Outcomes = { ...everybody('not-found'), 'holder of the token': null }
const responders: Outcomes = {
  ...readers,
  'member who is no reader yet': null,
  reader: null,
  'chair who is no reader': null,
}
const nobody = everybody('not-found')
// A request without a set-up link is told nothing; with one that was used up, that it was.
const setUp: Outcomes = { ...everybody('not-found'), 'holder of the set-up link': null }

interface Rule {
  readonly who: Outcomes
  /** What whoever is let in gets for the request below: a status, or the code of a problem that comes after the gate. */
  readonly gets: number | string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Further words in the path, beyond those of {@link World.words}. */
  readonly words?: (world: World) => Promise<Record<string, string>> | Record<string, string>
}

const nothing = { body: {} }
/** Pages answer with pages, whatever is wrong: what leads to a case is a receipt code inside the form. */
const emptyForm = { headers: { 'content-type': 'application/x-www-form-urlencoded' } }

/** Every route there is. A route that is missing here fails the test, so that nobody adds one without deciding whose it is. */
const rules: Readonly<Record<string, Rule>> = {
  'GET /healthz': { who: anybody, gets: 200 },
  'GET /readyz': { who: anybody, gets: 200 },
  // Whoever comes through a proxy comes from elsewhere, and holds no metrics token here.
  'GET /metrics': { who: nobody, gets: 200, headers: { 'x-forwarded-for': '192.0.2.1' } },

  // One page for everything behind the gate, the same for everybody: what is in it comes through the API.
  'GET /console/manifest.webmanifest': { who: anybody, gets: 200 },
  'GET /console/icon-192.png': { who: anybody, gets: 200 },
  'GET /console/icon-512.png': { who: anybody, gets: 200 },
  'GET /console/sw.js': { who: anybody, gets: 200 },
  'GET /console': { who: anybody, gets: 200 },
  'GET /console/*': { who: anybody, gets: 200 },
  'GET /setup': { who: anybody, gets: 200 },
  'GET /set-up': { who: anybody, gets: 200 },

  'GET /': { who: anybody, gets: 200 },
  'GET /icon.svg': { who: anybody, gets: 200 },
  'GET /assets/:file': { who: anybody, gets: 404 },
  'GET /docs/api': { who: anybody, gets: 200 },
  'GET /docs/lifecycle/:language/:file': {
    who: anybody,
    gets: 200,
    words: () => ({ language: 'en', file: 'motion.svg' }),
  },
  'GET /:community': { who: anybody, gets: 200 },
  'GET /:community/danger': { who: anybody, gets: 200 },
  'GET /:community/at': { who: anybody, gets: 200 },
  'GET /:community/at/:event': { who: anybody, gets: 302, words: () => ({ event: 'no-such-event' }) },
  'GET /sw.js': { who: anybody, gets: 200 },
  'GET /:community/offline': { who: anybody, gets: 200 },
  'GET /:community/offline-nothing': { who: anybody, gets: 200 },
  'GET /:community/poster': { who: anybody, gets: 200 },
  'GET /:community/guide': { who: anybody, gets: 200 },
  'GET /:community/report': { who: anybody, gets: 200 },
  'POST /:community/report': { who: anybody, gets: 422, ...emptyForm },
  'POST /:community/report/change': { who: anybody, gets: 200, ...emptyForm },
  'POST /:community/report/send': { who: anybody, gets: 400, ...emptyForm },
  'GET /:community/take': { who: anybody, gets: 200 },
  'POST /:community/take': { who: anybody, gets: 422, ...emptyForm },
  'POST /:community/take/change': { who: anybody, gets: 200, ...emptyForm },
  'POST /:community/take/send': { who: anybody, gets: 400, ...emptyForm },
  // To the console, or to those on call; whose console it is, is proved in the stories.
  'GET /:community/presentation': { who: anybody, gets: 302 },
  'GET /:community/mailbox': { who: anybody, gets: 200 },
  'POST /:community/mailbox': { who: anybody, gets: 404, ...emptyForm },
  'POST /:community/mailbox/answer': { who: anybody, gets: 400, ...emptyForm },
  'POST /:community/mailbox/file': { who: anybody, gets: 404, ...emptyForm },

  'GET /api/v1/communities': { who: anybody, gets: 200 },
  'GET /api/v1/communities/{community}': { who: anybody, gets: 200 },
  'GET /api/v1/communities/{community}/intake': { who: anybody, gets: 200 },
  'POST /api/v1/communities/{community}/uploads': { who: anybody, gets: 201, ...nothing },
  'PUT /api/v1/uploads/{upload}/parts/{part}': { who: uploader, gets: 204, words: () => ({ part: '0' }) },
  'GET /api/v1/uploads/{upload}': { who: uploader, gets: 200 },
  'POST /api/v1/uploads/{upload}/complete': { who: uploader, gets: 'invalid-input', ...nothing },
  'POST /api/v1/communities/{community}/reports': { who: anybody, gets: 'invalid-input', ...nothing },

  'POST /api/v1/set-up': { who: setUp, gets: 'invalid-input', ...nothing },
  'POST /api/v1/passkeys/options': { who: anybody, gets: 'invalid-input', ...nothing },
  'POST /api/v1/session/passkey/options': { who: anybody, gets: 200 },
  'POST /api/v1/session/passkey': { who: anybody, gets: 'invalid-input', ...nothing },
  'POST /api/v1/session/passphrase/cost': { who: anybody, gets: 'invalid-input', ...nothing },
  'POST /api/v1/session/passphrase': { who: anybody, gets: 'invalid-input', ...nothing },
  'POST /api/v1/session/recovery': { who: anybody, gets: 'invalid-input', ...nothing },
  'GET /api/v1/session': { who: signedIn, gets: 200 },
  'GET /api/v1/session/keyrings': { who: signedIn, gets: 200 },
  'DELETE /api/v1/session': { who: signedIn, gets: 204 },
  'GET /api/v1/sessions': { who: signedIn, gets: 200 },
  // Nobody has a session of this handle; whose it is, is proved below.
  'DELETE /api/v1/sessions/{handle}': {
    who: signedIn,
    gets: 'not-found',
    words: () => ({ handle: newId() }),
  },
  'POST /api/v1/unlockers/passkey/options': { who: signedIn, gets: 200 },
  'POST /api/v1/unlockers': { who: signedIn, gets: 'invalid-input', ...nothing },
  'DELETE /api/v1/unlockers/{unlocker}': {
    who: signedIn,
    gets: 'not-found',
    words: () => ({ unlocker: newId() }),
  },

  'GET /api/v1/invitations/{invitation}': { who: anybody, gets: 200 },
  'POST /api/v1/invitations/{invitation}/accept': { who: anybody, gets: 'invalid-input', ...nothing },
  'POST /api/v1/communities/{community}/invitations': { who: chairs, gets: 'invalid-input', ...nothing },
  'GET /api/v1/communities/{community}/invitations': { who: chairs, gets: 200 },
  'DELETE /api/v1/communities/{community}/invitations/{invitation}': { who: chairs, gets: 204 },
  'GET /api/v1/communities/{community}/members': { who: ofCommunity, gets: 200 },
  'PATCH /api/v1/communities/{community}/members/{member}': {
    who: chairs,
    gets: 'invalid-input',
    body: { chair: 'yes' },
  },
  'DELETE /api/v1/communities/{community}/members/{member}': {
    who: chairs,
    gets: 'invalid-input',
    ...nothing,
  },
  'GET /api/v1/communities/{community}/directory': { who: ofCommunity, gets: 200 },
  'GET /api/v1/communities/{community}/on-call': { who: ofCommunity, gets: 200 },
  'GET /api/v1/communities/{community}/roster': { who: ofCommunity, gets: 200 },
  'PUT /api/v1/communities/{community}/roster/rule': { who: chairs, gets: 'invalid-input', ...nothing },
  'POST /api/v1/communities/{community}/roster/hand-overs': {
    who: chairs,
    gets: 'invalid-input',
    ...nothing,
  },
  'POST /api/v1/communities/{community}/roster/overrides': {
    who: committee,
    gets: 'invalid-input',
    ...nothing,
  },
  'DELETE /api/v1/communities/{community}/roster/overrides/{override}': {
    who: committee,
    gets: 'not-found',
    words: () => ({ override: newId() }),
  },
  'POST /api/v1/communities/{community}/roster/swaps': { who: committee, gets: 'invalid-input', ...nothing },
  'POST /api/v1/communities/{community}/roster/swaps/{swap}/answer': {
    who: committee,
    gets: 'not-found',
    body: { answer: 'accepted' },
    words: () => ({ swap: newId() }),
  },
  'GET /api/v1/communities/{community}/roster/calendar': { who: committee, gets: 200 },
  'POST /api/v1/communities/{community}/roster/calendar': { who: committee, gets: 201 },
  'DELETE /api/v1/communities/{community}/roster/calendar': { who: committee, gets: 204 },
  // Nobody has this link; who has the right one is proved in src/http/calendar.test.ts.
  'GET /feeds/:file': { who: nobody, gets: 200, words: () => ({ file: `${'x'.repeat(43)}.ics` }) },
  'GET /api/v1/communities/{community}/events': { who: ofCommunity, gets: 200 },
  'POST /api/v1/communities/{community}/events': { who: chairs, gets: 'invalid-input', ...nothing },
  'PUT /api/v1/communities/{community}/events/{event}': {
    who: chairs,
    gets: 'invalid-input',
    ...nothing,
    words: () => ({ event: newId() }),
  },
  'GET /api/v1/communities/{community}/settings': { who: chairs, gets: 200 },
  'PATCH /api/v1/communities/{community}/settings': {
    who: chairs,
    gets: 'invalid-input',
    body: { name: '' },
  },
  'GET /api/v1/communities/{community}/playbook': { who: ofCommunity, gets: 200 },
  'PUT /api/v1/communities/{community}/playbook': {
    who: chairs,
    gets: 'playbook-invalid',
    body: { playbook: 1 },
  },
  'POST /api/v1/communities/{community}/mail-test': { who: chairs, gets: 200 },
  'GET /api/v1/communities/{community}/outbox': { who: chairs, gets: 200 },

  'POST /api/v1/communities/{community}/logs': { who: committeeAlone, gets: 'invalid-input', ...nothing },
  'POST /api/v1/communities/{community}/tasks': { who: committeeAlone, gets: 'invalid-input', ...nothing },
  'GET /api/v1/tasks': { who: signedIn, gets: 200 },
  // Nobody has this task; whose it is, is proved beside the code.
  'POST /api/v1/tasks/{task}/done': { who: signedIn, gets: 'not-found', words: () => ({ task: newId() }) },
  'GET /api/v1/channels': { who: signedIn, gets: 200 },
  'POST /api/v1/channels/push': { who: signedIn, gets: 'invalid-input', ...nothing },
  'POST /api/v1/channels/ntfy': { who: signedIn, gets: 'invalid-input', ...nothing },
  'PUT /api/v1/channels/order': { who: signedIn, gets: 'invalid-input', ...nothing },
  'PUT /api/v1/channels/quiet-hours': { who: signedIn, gets: 'invalid-input', ...nothing },
  'PATCH /api/v1/channels/{channel}': {
    who: signedIn,
    gets: 'not-found',
    words: () => ({ channel: newId() }),
    body: { heartbeat: false },
  },
  'DELETE /api/v1/channels/{channel}': {
    who: signedIn,
    gets: 'not-found',
    words: () => ({ channel: newId() }),
  },
  'POST /api/v1/channels/{channel}/test': {
    who: signedIn,
    gets: 'not-found',
    words: () => ({ channel: newId() }),
  },
  'GET /api/v1/deliveries': { who: signedIn, gets: 200 },
  'POST /api/v1/deliveries/{delivery}/delivered': {
    who: anybody,
    gets: 'not-found',
    words: () => ({ delivery: newId() }),
    body: { receipt: 'a'.repeat(64) },
  },
  // What is not theirs is answered in the same way, and stays as it is.
  'POST /api/v1/deliveries/{delivery}/seen': {
    who: signedIn,
    gets: 204,
    words: () => ({ delivery: newId() }),
  },
  'GET /api/v1/communities/{community}/webhooks': { who: chairs, gets: 200 },
  'POST /api/v1/communities/{community}/webhooks': { who: chairs, gets: 'invalid-input', ...nothing },
  'DELETE /api/v1/communities/{community}/webhooks/{webhook}': {
    who: chairs,
    gets: 'not-found',
    words: () => ({ webhook: newId() }),
  },
  'POST /api/v1/communities/{community}/webhooks/{webhook}/test': {
    who: chairs,
    gets: 'not-found',
    words: () => ({ webhook: newId() }),
  },

  'GET /api/v1/live': { who: signedIn, gets: 200 },
  'GET /api/v1/cases': { who: signedIn, gets: 200 },
  'GET /api/v1/cases/{case}': { who: readers, gets: 200 },
  'GET /api/v1/cases/{case}/log': { who: readers, gets: 200 },
  'GET /api/v1/cases/{case}/files/{upload}': {
    who: readers,
    gets: 200,
    words: ({ evidence }) => ({ upload: evidence }),
  },
  'POST /api/v1/cases/{case}/records': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/acknowledge': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/bring': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/take': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/hand-over': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/shepherd': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/name-shepherd': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/introduce-shepherd': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/objection': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/proposals': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/answer-proposal': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/return-to-discussion': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/inform': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/go-on': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/reopen': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/delay': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/resolve': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/motion': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/drafts': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/drafts/{draft}/confirm': {
    who: readers,
    gets: 'impossible-step',
    words: () => ({ draft: newId() }),
  },
  'POST /api/v1/cases/{case}/drafts/{draft}/withdraw': {
    who: readers,
    gets: 'impossible-step',
    words: () => ({ draft: newId() }),
  },
  'POST /api/v1/cases/{case}/drafts/{draft}/send': {
    who: readers,
    gets: 'invalid-input',
    ...nothing,
    words: () => ({ draft: newId() }),
  },
  'GET /api/v1/communities/{community}/motions': { who: organizers, gets: 200 },
  'POST /api/v1/communities/{community}/motions/{motion}/vote': {
    who: organizers,
    gets: 'not-found',
    body: { outcome: 'passed' },
    words: () => ({ motion: newId() }),
  },
  'POST /api/v1/cases/{case}/step-aside': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/epochs': { who: readers, gets: 'invalid-input', ...nothing },
  'POST /api/v1/cases/{case}/set-aside': { who: readers, gets: 'invalid-input', ...nothing },
  'PUT /api/v1/cases/{case}/conflicts/{member}': { who: readers, gets: 204 },
  'DELETE /api/v1/cases/{case}/conflicts/{member}': { who: readers, gets: 204 },
  'POST /api/v1/cases/{case}/grants': { who: readers, gets: 'invalid-input', ...nothing },

  'GET /api/v1/mailbox': { who: reporters, gets: 200 },
  'POST /api/v1/mailbox/opened': { who: reporters, gets: 'invalid-input', ...nothing },
  'POST /api/v1/mailbox/answers': { who: reporters, gets: 'invalid-input', ...nothing },
  'GET /api/v1/mailbox/files/{upload}': {
    who: reporterAlone,
    gets: 200,
    words: ({ evidence }) => ({ upload: evidence }),
  },

  'GET /:community/alert': { who: anybody, gets: 200 },
  // A form that says nothing is a call all the same.
  'POST /:community/alert': { who: anybody, gets: 303, ...emptyForm },
  'GET /:community/alert/:token': { who: raiser, gets: 200 },
  'POST /:community/alert/:token': { who: raiser, gets: 303, ...emptyForm },
  'POST /api/v1/communities/{community}/alerts': { who: anybody, gets: 'invalid-input', ...nothing },
  'GET /api/v1/alerts': { who: signedIn, gets: 200 },
  'GET /api/v1/alerts/{alert}': { who: responders, gets: 200 },
  'POST /api/v1/alerts/{alert}/seen': { who: responders, gets: 204 },
  'POST /api/v1/alerts/{alert}/take': { who: responders, gets: 'alert-ended' },
  'POST /api/v1/alerts/{alert}/hand-over': { who: responders, gets: 'invalid-input', ...nothing },
  'POST /api/v1/alerts/{alert}/close': { who: responders, gets: 'invalid-input', ...nothing },
  'POST /api/v1/alerts/{alert}/no-report': { who: responders, gets: 'invalid-input', ...nothing },
  'POST /api/v1/alerts/{alert}/report': { who: responders, gets: 'invalid-input', ...nothing },

  'PUT /api/v1/test/clock': { who: anybody, gets: 'invalid-input', ...nothing },
}

/** One community with one case, and everybody who has something to do with it or not. */
interface World {
  readonly office: TestOffice
  readonly served: ServedApp
  readonly community: TestCommunity
  readonly reporter: Reporter
  /** Who reported the other case. */
  readonly other: Reporter
  /** Upload of the file that belongs to the report. */
  readonly evidence: string
  /** Token of the alert. */
  readonly called: string
  /** What stands for the words in braces. */
  readonly words: Readonly<Record<string, string>>
  /** The headers with which a role asks; a fresh session each time, so that no request ends another's. */
  headersOf(role: Role): Promise<Record<string, string>>
  stop(): Promise<void>
}

async function makeWorld(kind: (typeof storeKinds)[number]): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-routes-'))
  const office = await testOffice(kind)
  const log = pino({ level: 'silent' })
  const community = await foundCommunity(office, {
    members: ['Cat', 'Pat', 'Sam', 'Mei', 'Gus', 'Rex'],
    organizers: ['Olu'],
  })
  const elsewhere = await foundCommunity(office, { members: ['Zoe'], shortName: 'elsewhere' })
  const id = (name: string): string => community.person(name).id
  await office.store.write(async (tx) => {
    await tx
      .updateTable('duty_override')
      .set({ primary_id: id('Pat'), secondary_id: id('Sam') })
      .where('community_id', '=', community.id)
      .execute()
  })
  const served = await serveApp(office, dataDir, { mailConfigured: false }, log)
  const alerts = startAlerts(office, {
    smtpUrl: undefined,
    mailFrom: undefined,
    vapidSubject: undefined,
    reachPrivate: false,
    dataDir,
    publicUrl: () => served.origin,
    log,
  })
  const reporter = await reportOver(served.send, community.shortName, {
    narrative: 'He shouted at me.',
    involved: [id('Gus')],
    files: [{ name: 'note.txt', type: 'text/plain', bytes: Buffer.from('He shouted.') }],
  })
  const other = await reportOver(served.send, community.shortName, { narrative: 'Something else.' })
  await office.store.write(async (tx) => {
    await tx.updateTable('member').set({ left_at: office.clock.now() }).where('id', '=', id('Rex')).execute()
  })
  const { id: evidence } = await office.store.db
    .selectFrom('upload')
    .select('id')
    .where('case_id', '=', reporter.case)
    .executeTakeFirstOrThrow()
  const { upload, token } = await answerOf<{ upload: string; token: string }>(
    served.send(`/api/v1/communities/${community.shortName}/uploads`, json('POST', {})),
  )
  const called = newId()
  const { alert } = await raiseAlert(office, {
    community: community.id,
    token: called,
    event: null,
    place: 'coat racks',
    words: null,
    involved: [id('Gus')],
    offered: Object.values(community.people).map((person) => person.id),
  })
  await withdrawAlert(office, alert)
  const invitation = await inviteAs(served, office, community, 'Cat')
  const link = await setupToken(office, { always: true })
  const names: Partial<Record<Role, string>> = {
    'excluded member': 'Gus',
    'member who is no reader yet': 'Mei',
    reader: 'Pat',
    'chair who is no reader': 'Cat',
    organizer: 'Olu',
    'removed member': 'Rex',
    'member of another community': 'Zoe',
    'reader whose session expired': 'Pat',
  }
  const credentials: Partial<Record<Role, string>> = {
    reporter: reporter.authorization,
    'reporter of another case': other.authorization,
    'holder of the upload': `Upload ${token}`,
    'holder of the set-up link': `Setup ${link}`,
  }
  return {
    office,
    served,
    community,
    reporter,
    other,
    evidence,
    words: {
      community: community.shortName,
      case: reporter.case,
      member: id('Mei'),
      upload,
      invitation,
      alert,
    },
    called,
    async headersOf(role) {
      const credential = credentials[role]
      if (credential) return { authorization: credential }
      const name = names[role]
      if (!name) return {}
      const { account } = (community.people[name] ?? elsewhere.people[name]) as { account: string }
      const seenAt = office.clock.now() - (role === 'reader whose session expired' ? sessionIdle : 0)
      return { cookie: (await sessionOf(office, account, seenAt)).cookie }
    },
    async stop() {
      await alerts.stop()
      await served.stop()
      await office.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Has a chair invite somebody. Returns the invitation's id. */
async function inviteAs(
  { send }: ServedApp,
  office: TestOffice,
  community: TestCommunity,
  name: string,
): Promise<string> {
  const { id: by, account, keyring } = community.person(name)
  const id = newId()
  const delegation = signDelegation(
    {
      v: 1,
      community: community.id,
      invitation: invitationKey(randomBytes(32)),
      standing: 'member',
      replaces: null,
      expires: office.clock.now() + 7 * 24 * 3600 * 1000,
      by,
    },
    keyring.signingSeed,
  )
  const { cookie } = await sessionOf(office, account)
  await answerOf(
    send(
      `/api/v1/communities/${community.shortName}/invitations`,
      json(
        'POST',
        { id, standing: 'member', chair: false, note: '', delegation, replaces: null },
        { cookie },
      ),
    ),
  )
  return id
}

/** Asks for a route as a role does. `more` stands for other words in the path. */
async function ask(
  world: World,
  route: string,
  role: Role,
  { words = {}, headers = {} }: { words?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<Response> {
  const rule = rules[route] as Rule
  const [method, path] = route.split(' ') as [string, string]
  const token = role === 'holder of the token' ? world.called : newId()
  const all: Record<string, string> = { token, ...world.words, ...(await rule.words?.(world)), ...words }
  const address = path.replace(/\{(\w+)\}|:(\w+)/g, (_, braced, colon) => all[braced ?? colon] ?? 'none')
  return world.served.send(address, {
    method,
    headers: {
      ...(rule.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(await world.headersOf(role)),
      ...rule.headers,
      ...headers,
    },
    ...(rule.body === undefined ? {} : { body: JSON.stringify(rule.body) }),
  })
}

/** What an answer comes to: its status where all is well, otherwise its problem's code. */
async function outcomeOf(answer: Response): Promise<number | string> {
  if (answer.status < 400) {
    // Events do not end by themselves.
    await answer.body?.cancel()
    return answer.status
  }
  const text = await answer.text()
  if (!answer.headers.get('content-type')?.includes('json')) return answer.status
  return (JSON.parse(text) as { code: string }).code
}

/** An answer as it came over the wire, without what differs between any two moments. */
async function wholeOf(answer: Response): Promise<unknown> {
  const headers = [...answer.headers].filter(([name]) => name !== 'date').sort()
  return { status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()).toString('base64') }
}

const isWrite = (route: string): boolean => !route.startsWith('GET ')

describe.each(storeKinds)('routes and roles (%s)', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld(kind)
  })
  afterAll(() => world.stop())

  test('every route is in the table, and the table holds no other', () => {
    const there = world.served.app.routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect(there.toSorted()).toEqual(Object.keys(rules).toSorted())
    expect(new Set(there).size).toBe(there.length)
  })

  test('nothing answers under /api that OpenAPI does not describe and the table does not hold', async () => {
    const { paths } = await answerOf<{ paths: Record<string, Record<string, unknown>> }>(
      world.served.send('/api/v1/openapi.json'),
    )
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.toSorted()).toEqual(
      Object.keys(rules)
        .filter((route) => route.includes('/api/'))
        .toSorted(),
    )
  })

  test.each(Object.keys(rules))('%s', async (route) => {
    const { who, gets } = rules[route] as Rule
    const expected: Record<string, unknown> = {}
    const found: Record<string, unknown> = {}
    for (const role of roles) {
      expected[role] = who[role] ?? gets
      found[role] = await outcomeOf(await ask(world, route, role))
    }
    expect(found).toEqual(expected)
  })

  test('a write from another website is refused, whoever’s browser sends it', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://elsewhere.example' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'null', 'sec-fetch-site': 'same-site' },
    ]
    for (const route of Object.keys(rules).filter(isWrite))
      for (const headers of foreign)
        for (const role of ['anonymous', 'reader', 'chair who is no reader', 'reporter'] as const)
          expect([route, role, headers, await outcomeOf(await ask(world, route, role, { headers }))]).toEqual(
            [route, role, headers, 'wrong-origin'],
          )
  })

  test('every answer, good or bad, carries what keeps a browser safe; none to the public sets a cookie', async () => {
    for (const route of Object.keys(rules))
      for (const role of ['anonymous', 'reporter', 'reader'] as const) {
        const answer = await ask(world, route, role)
        await answer.body?.cancel()
        const { headers } = answer
        expect([route, role, headers.get('content-security-policy')]).toEqual([
          route,
          role,
          expect.stringMatching(
            /^default-src 'none'; .*frame-ancestors 'none'; require-trusted-types-for 'script'/,
          ),
        ])
        expect([route, role, headers.get('content-security-policy')]).not.toEqual([
          route,
          role,
          expect.stringMatching(/unsafe|\*|https?:/),
        ])
        expect({
          route,
          sniff: headers.get('x-content-type-options'),
          referrer: headers.get('referrer-policy'),
          opener: headers.get('cross-origin-opener-policy'),
          resource: headers.get('cross-origin-resource-policy'),
          cache: headers.get('cache-control'),
        }).toEqual({
          route,
          sniff: 'nosniff',
          referrer: 'no-referrer',
          opener: 'same-origin',
          resource: 'same-origin',
          cache: /\/icon[-.\w]*$/.test(route) ? 'public, max-age=86400' : 'no-store',
        })
        // Signing out takes the session's cookie away; nothing else touches cookies here.
        const expected = route === 'DELETE /api/v1/session' && role === 'reader' ? 1 : 0
        expect([route, role, headers.getSetCookie().length]).toEqual([route, role, expected])
      }
  })

  test('K1: a case that is not theirs is answered byte for byte like one that does not exist', async () => {
    const outside = roles.filter((role) => readers[role] === 'not-found')
    expect(outside).toContain('excluded member')
    for (const route of Object.keys(rules).filter((path) => path.includes('{case}')))
      for (const role of outside) {
        const real = await wholeOf(await ask(world, route, role))
        const none = await wholeOf(await ask(world, route, role, { words: { case: newId() } }))
        expect([route, role, real]).toEqual([route, role, none])
      }
  })

  test('K1: an alert that leaves them out is answered byte for byte like one that does not exist', async () => {
    const outside = roles.filter((role) => responders[role] === 'not-found')
    expect(outside).toContain('excluded member')
    for (const route of Object.keys(rules).filter((path) => path.includes('{alert}')))
      for (const role of outside) {
        const real = await wholeOf(await ask(world, route, role))
        const none = await wholeOf(await ask(world, route, role, { words: { alert: newId() } }))
        expect([route, role, real]).toEqual([route, role, none])
      }
    const { send } = world.served
    const pageOf = async (token: string) =>
      ((await wholeOf(await send(`/chipy/alert/${token}`))) as { status: number }).status
    expect(await pageOf(newId())).toBe(404)
    // The token of a call of another community leads nowhere.
    expect((await send(`/elsewhere/alert/${world.called}`)).status).toBe(404)
  })

  test('K1: a file of a case that is not theirs is answered like one that does not exist', async () => {
    for (const [route, role] of [
      ['GET /api/v1/cases/{case}/files/{upload}', 'excluded member'],
      ['GET /api/v1/mailbox/files/{upload}', 'reporter of another case'],
      ['GET /api/v1/uploads/{upload}', 'excluded member'],
      ['GET /api/v1/uploads/{upload}', 'holder of the upload'],
    ] as const) {
      const words = { upload: world.evidence }
      const real = await wholeOf(await ask(world, route, role, { words }))
      const none = await wholeOf(await ask(world, route, role, { words: { upload: newId() } }))
      expect([route, role, real]).toEqual([route, role, none])
    }
    const plain = async (upload: string): Promise<unknown> =>
      wholeOf(
        await world.served.send(`/${world.community.shortName}/mailbox/file`, {
          method: 'POST',
          body: new URLSearchParams({ code: world.other.code, upload }),
        }),
      )
    expect(await plain(world.evidence)).toEqual(await plain(newId()))
  })

  test('nobody ends a session, or takes an unlocker away, that is not their own', async () => {
    const { office, community, served } = world
    const pat = await sessionOf(office, community.person('Pat').account)
    const gus = await sessionOf(office, community.person('Gus').account)
    const end = (cookie: string): Promise<Response> =>
      served.send(`/api/v1/sessions/${pat.handle}`, { method: 'DELETE', headers: { cookie } })
    expect(await outcomeOf(await end(gus.cookie))).toBe('not-found')
    expect(await outcomeOf(await served.send('/api/v1/session', { headers: { cookie: pat.cookie } }))).toBe(
      200,
    )
    expect(await outcomeOf(await end(pat.cookie))).toBe(204)
    expect(await outcomeOf(await served.send('/api/v1/session', { headers: { cookie: pat.cookie } }))).toBe(
      'not-signed-in',
    )
  })
})
