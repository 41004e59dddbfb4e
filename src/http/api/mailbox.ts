import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { answer } from '../../casework/answer.ts'
import { caseFile } from '../../casework/case-file.ts'
import { mailbox, opened } from '../../casework/mailbox.ts'
import type { Office } from '../../casework/office.ts'
import { Refused } from '../../casework/refused.ts'
import { shepherdAnswers } from '../../procedure/records.ts'
import { toBase64 } from '../../sealing/bytes.ts'
import type { Routes } from '../endpoint.ts'
import type { Env } from '../guard.ts'
import { added, caseFileShape, newRecord, people, recordIn, sealedOut } from './case-shapes.ts'
import { sealedFileAnswer } from './sealed-file.ts'
import { hash, id, idempotencyKey, instant, shortName, signedText } from './shapes.ts'

const mailboxAnswer = z
  .object({
    community: z.object({ id, shortName, name: z.string(), timeZone: z.string() }),
    case: id,
    state: z.enum(['received', 'answered', 'closed']),
    arrivedAt: instant,
    acknowledgeBy: instant,
    resolveBy: instant,
    epoch: z.int(),
    epochRecipient: z.string(),
    head: hash,
    sharedHead: hash.nullable(),
    records: z
      .array(
        z.object({
          id,
          epoch: z.int(),
          kind: z.string(),
          sealed: sealedOut,
          at: instant,
          openedAt: instant.nullable(),
        }),
      )
      .readonly(),
    directory: z.array(signedText).readonly(),
    members: people,
    files: z.array(caseFileShape).readonly(),
    shepherd: z.object({ name: z.string(), until: instant }).nullable(),
  })
  .openapi('Mailbox')

/** What a reporter finds with their code. */
export type MailboxAnswer = z.infer<typeof mailboxAnswer>

/** The reporter's side of a case, behind the receipt code. */
export function addMailboxRoutes(routes: Routes, office: Office): void {
  routes.endpoint(
    {
      method: 'get',
      path: '/mailbox',
      who: 'reporter',
      summary: 'What was said to me and by me',
      answer: mailboxAnswer,
    },
    async ({ c }) => {
      const found = await mailbox(office, caseOf(c))
      return {
        ...found,
        records: found.records.map((record) => ({ ...record, sealed: toBase64(record.sealed) })),
      }
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/mailbox/opened',
      who: 'reporter',
      summary: 'I have opened these: delivered means opened',
      body: z.object({ records: z.array(id).max(500) }),
    },
    async ({ body, c }) => {
      await opened(office, caseOf(c), body.records)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/mailbox/answers',
      who: 'reporter',
      summary: 'Write back, with evidence if there is any, and say whether the shepherd is all right (I6)',
      body: z.object({ shepherd: z.enum(shepherdAnswers).nullable().default(null), ...newRecord }),
      answer: added,
      status: 201,
    },
    ({ body, c }) => {
      const key = idempotencyKey(c.req.header('idempotency-key'))
      if (key === null) throw new Refused('key-missing')
      return answer(office, { case: caseOf(c), record: recordIn(body), shepherd: body.shepherd, key })
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/mailbox/files/{upload}',
      who: 'reporter',
      summary: 'The bytes of a sealed file',
      params: z.object({ upload: id }),
    },
    async ({ params, c }) => sealedFileAnswer(await caseFile(office, caseOf(c), params.upload, true)),
  )
}

function caseOf(c: Context<Env>): string {
  const { caseId } = c.get('visitor')
  if (caseId === undefined) throw new Refused('not-found')
  return caseId
}
