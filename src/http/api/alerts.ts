import { z } from '@hono/zod-openapi'
import { alertLines, alertView } from '../../casework/alert-view.ts'
import { closeAlert } from '../../casework/close-alert.ts'
import { handOverAlert } from '../../casework/hand-over-alert.ts'
import { linkReport } from '../../casework/link-report.ts'
import type { Office } from '../../casework/office.ts'
import { raiseAlert } from '../../casework/raise-alert.ts'
import { recordWhyNoReport } from '../../casework/record-why-no-report.ts'
import { Refused } from '../../casework/refused.ts'
import { seeAlert } from '../../casework/see-alert.ts'
import { takeAlert } from '../../casework/take-alert.ts'
import { alertLimits, closeReasons, noReportReasons } from '../../procedure/alert.ts'
import { limits } from '../../procedure/records.ts'
import { toBase64 } from '../../sealing/bytes.ts'
import { communityId } from '../../store/communities.ts'
import type { Routes } from '../endpoint.ts'
import { accountOf, memberOf } from '../visitor.ts'
import { hash, id, instant, sealed, shortName } from './shapes.ts'

/** Words of the longest, padded, with a stanza for each of a large committee. */
const wordsLimit = 256 * 1024

const newAlert = z
  .object({
    token: id,
    /** The event at which it is: its own pair is called, while it has one. */
    event: id.nullable(),
    place: z
      .string()
      .max(alertLimits.place * 4)
      .nullable(),
    words: z.object({ sealed: sealed(wordsLimit), directory: hash }).nullable(),
    involved: z.array(id).max(limits.involved),
    offered: z.array(id).max(500),
  })
  .openapi('NewAlert')

const raised = z.object({ reach: z.enum(['on-call', 'everybody', 'nobody']) }).openapi('Raised')

const states = z.enum(['open', 'taken', 'closed', 'withdrawn'])
const line = {
  id,
  community: shortName,
  state: states,
  raisedAt: instant,
  worseAt: instant.nullable(),
  takenBy: id.nullable(),
  needsReport: z.boolean(),
}
const alertLine = z.object(line).openapi('AlertLine')
const bytes = z.string().nullable().openapi({ format: 'byte' })
const alert = z
  .object({
    ...line,
    /** Name of the event at which it is. */
    event: z.string().nullable(),
    place: z.string().nullable(),
    sealedWords: bytes,
    wordsByServer: z.boolean(),
    overAt: instant.nullable(),
    takenAt: instant.nullable(),
    endedAt: instant.nullable(),
    closedBy: id.nullable(),
    closeReason: z.string().nullable(),
    sealedNote: bytes,
    steps: z.array(z.object({ kind: z.string(), at: instant, to: z.array(id).readonly() })).readonly(),
    next: z.object({ kind: z.string(), at: instant }).nullable(),
    seen: z.array(z.object({ member: id, at: instant })).readonly(),
    responders: z.array(z.object({ id, name: z.string() })).readonly(),
    reported: z.boolean(),
    reportCase: id.nullable(),
    noReport: z.string().nullable(),
  })
  .openapi('Alert')

/** An alert as whoever raises it sends it; words in base64. */
export type AlertBody = z.input<typeof newAlert>
/** An alert in a member's list. */
export type AlertLineAnswer = z.infer<typeof alertLine>
/** An alert as a responder sees it. */
export type AlertAnswer = z.infer<typeof alert>

const params = z.object({ alert: id })

/** Calling somebody now, and answering a call (D). */
export function addAlertRoutes(routes: Routes, office: Office): void {
  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/alerts',
      who: 'anybody',
      summary:
        'Call somebody now. The same token is the same call; what happens is told at /{community}/alert/{token}.',
      params: z.object({ community: shortName }),
      body: newAlert,
      answer: raised,
      status: 201,
    },
    async ({ params: { community }, body: { words, ...rest } }) => {
      const found = await communityId(office.store.db, community)
      if (!found) throw new Refused('not-found')
      const { reach } = await raiseAlert(office, {
        ...rest,
        community: found,
        words: words && { ...words, byServer: false },
      })
      return { reach }
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/alerts',
      who: 'account',
      summary: 'The alerts that still need somebody, of all communities, newest first',
      answer: z.object({ alerts: z.array(alertLine).readonly() }),
    },
    async ({ c }) => ({ alerts: await alertLines(office, accountOf(c.get('visitor')).id) }),
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/alerts/{alert}',
      who: 'responder',
      summary: 'An alert: where, what was said (sealed), whom it went to and when',
      params,
      answer: alert,
    },
    async ({ params: { alert: one }, c }) => {
      const { sealedWords, sealedNote, ...view } = await alertView(office, one, memberOf(c.get('visitor')).id)
      const inBase64 = (given: Uint8Array | null) => given && toBase64(new Uint8Array(given))
      return { ...view, sealedWords: inBase64(sealedWords), sealedNote: inBase64(sealedNote) }
    },
  )

  const deed = <B extends z.ZodType | undefined>(
    what: string,
    summary: string,
    body: B,
    act: (
      alert: string,
      member: string,
      given: B extends z.ZodType ? z.output<B> : undefined,
    ) => Promise<void>,
  ): void =>
    routes.endpoint(
      {
        method: 'post',
        path: `/alerts/{alert}/${what}`,
        who: 'responder',
        summary,
        params,
        ...(body ? { body } : {}),
      },
      async ({ params: { alert: one }, body: given, c }) => {
        await act(one, memberOf(c.get('visitor')).id, given as never)
        return null
      },
    )

  deed('seen', 'I have opened it', undefined, (one, member) => seeAlert(office, one, member))
  deed('take', 'I am going. Of two at once one wins; the other is told who.', undefined, (one, member) =>
    takeAlert(office, one, member),
  )
  deed('hand-over', 'Another responder goes', z.object({ to: id }), (one, member, { to }) =>
    handOverAlert(office, one, member, to),
  )
  deed(
    'close',
    'It is over, and why; with a note sealed to every responder, or null',
    z.object({ reason: z.enum(closeReasons), note: sealed(wordsLimit).nullable() }),
    (one, member, closing) => closeAlert(office, one, member, closing),
  )
  deed(
    'no-report',
    'Why there is no report',
    z.object({ reason: z.enum(noReportReasons) }),
    (one, member, { reason }) => recordWhyNoReport(office, one, member, reason),
  )
  deed('report', 'The case of its report', z.object({ case: id }), (one, member, given) =>
    linkReport(office, one, member, given.case),
  )
}
