import { z } from '@hono/zod-openapi'
import { acknowledge } from '../../casework/acknowledge.ts'
import { addRecord } from '../../casework/add-record.ts'
import { bring } from '../../casework/bring.ts'
import { caseFile } from '../../casework/case-file.ts'
import { caseLog } from '../../casework/case-log.ts'
import { grantAgain } from '../../casework/grant-again.ts'
import { inbox } from '../../casework/inbox.ts'
import type { Office } from '../../casework/office.ts'
import { noteReading } from '../../casework/reading.ts'
import { handCaseOver, takeCase } from '../../casework/take-case.ts'
import type { Routes } from '../endpoint.ts'
import { accountOf, keyOf, readerOf, theCase, version, viewed } from './case-answer.ts'
import { added, caseAnswer, caseList, newRecord, recordIn } from './case-shapes.ts'
import { sealedFileAnswer } from './sealed-file.ts'
import { hash, id, instant, sealed, shortName } from './shapes.ts'

const grantLimit = 4 * 1024

const log = z.array(
  z.object({ at: instant, actor: z.string(), deed: z.string(), detail: z.record(z.string(), z.unknown()) }),
)

/** A page of an inbox. */
export type CaseList = z.infer<typeof caseList>
/** A case as its readers see it. */
export type CaseAnswer = z.infer<typeof caseAnswer>
/** A record that was added. */
export type AddedAnswer = z.infer<typeof added>
/** The log of a case. */
export type CaseLogAnswer = z.infer<typeof log>

/** What committee members read and do in the cases handed to them. To everybody else a case does not exist (K1). */
export function addCaseRoutes(routes: Routes, office: Office): void {
  routes.endpoint(
    {
      method: 'get',
      path: '/cases',
      who: 'account',
      summary: 'The cases handed to me, the most pressing first',
      query: z.object({
        open: z.enum(['0', '1']).default('1'),
        community: shortName.optional(),
        after: z.string().max(4000).optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
      answer: caseList,
    },
    ({ query: { open, community, after, limit }, c }) =>
      inbox(office, accountOf(c).id, {
        open: open === '1',
        community: community ?? null,
        after: after ?? null,
        limit,
      }),
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/cases/{case}',
      who: 'reader',
      summary: 'A case: everything sealed in it, and what the procedure says of it',
      params: theCase,
      answer: caseAnswer,
    },
    async ({ params, c }) => {
      const member = readerOf(c)
      await noteReading(office, {
        case: params.case,
        member,
        session: accountOf(c).session,
        what: { deed: 'opened' },
      })
      return viewed(office, params.case, member)
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/cases/{case}/log',
      who: 'reader',
      summary: 'What was read and done in a case (N3)',
      params: theCase,
      answer: log,
    },
    ({ params, c }) => caseLog(office, params.case, readerOf(c)),
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/cases/{case}/files/{upload}',
      who: 'reader',
      summary: 'The bytes of a sealed file',
      params: theCase.extend({ upload: id }),
    },
    async ({ params, c }) => {
      const file = await caseFile(office, params.case, params.upload, false)
      await noteReading(office, {
        case: params.case,
        member: readerOf(c),
        session: accountOf(c).session,
        what: { deed: 'file-opened', upload: params.upload },
      })
      return sealedFileAnswer(file)
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/records',
      who: 'reader',
      summary: 'Add a note, a message, the completion of the report (H4), or what came of a support (B4)',
      params: theCase,
      body: z.object({
        kind: z.enum(['note', 'message', 'completion', 'support']),
        settled: z.boolean().default(false),
        ...newRecord,
      }),
      answer: added,
      status: 201,
    },
    ({ params, body, c }) =>
      addRecord(office, {
        case: params.case,
        member: readerOf(c),
        kind: body.kind,
        record: recordIn(body),
        settled: body.settled,
        key: keyOf(c),
      }),
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/acknowledge',
      who: 'reader',
      summary: 'Give the first response: M1, or M2 to keep it on file (H2, H3)',
      params: theCase,
      body: z.object({ template: z.enum(['M1', 'M2']), version, ...newRecord }),
      answer: caseAnswer,
      status: 201,
    },
    async ({ params, body, c }) => {
      const member = readerOf(c)
      await acknowledge(office, {
        case: params.case,
        member,
        template: body.template,
        record: recordIn(body),
        version: body.version,
        key: keyOf(c),
      })
      return viewed(office, params.case, member)
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/bring',
      who: 'reader',
      summary: 'Bring a case to the committee (I1)',
      params: theCase,
      body: z.object({ version }),
      answer: caseAnswer,
    },
    async ({ params, body, c }) => {
      const member = readerOf(c)
      await bring(office, { case: params.case, member, version: body.version })
      return viewed(office, params.case, member)
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/take',
      who: 'reader',
      summary: 'Take a report to answer it (G3, G4)',
      params: theCase,
      body: z.object({ version }),
      answer: caseAnswer,
    },
    async ({ params, body, c }) => {
      const member = readerOf(c)
      await takeCase(office, { case: params.case, member, version: body.version })
      return viewed(office, params.case, member)
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/hand-over',
      who: 'reader',
      summary: 'Hand over to another member that I am to answer a report (G2, G3)',
      params: theCase,
      body: z.object({ to: id, version }),
      answer: caseAnswer,
    },
    async ({ params, body, c }) => {
      const member = readerOf(c)
      await handCaseOver(office, { case: params.case, member, ...body })
      return viewed(office, params.case, member)
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/grants',
      who: 'reader',
      summary: 'Grant a case again to members whose keys were replaced',
      params: theCase,
      body: z.object({
        directory: hash,
        grants: z.array(z.object({ member: id, epoch: z.int().min(1), sealed: sealed(grantLimit) })).max(500),
      }),
    },
    async ({ params, body, c }) => {
      await grantAgain(office, { case: params.case, member: readerOf(c), ...body })
      return null
    },
  )
}
