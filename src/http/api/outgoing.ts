import { z } from '@hono/zod-openapi'
import { confirmDraft, withdrawDraft } from '../../casework/confirm-draft.ts'
import { draftMessage } from '../../casework/draft-message.ts'
import type { Office } from '../../casework/office.ts'
import { sendDraft } from '../../casework/send-draft.ts'
import { languages } from '../../procedure/playbook.ts'
import { limits } from '../../procedure/records.ts'
import type { Routes } from '../endpoint.ts'
import { keyOf, readerOf, theCase, version, viewed } from './case-answer.ts'
import { caseAnswer, newRecord, recordIn } from './case-shapes.ts'
import { hash, id } from './shapes.ts'

const theDraft = theCase.extend({ draft: id })

/** Messages to somebody else (L2): drafted, confirmed by another member, then sent. */
export function addOutgoingRoutes(routes: Routes, office: Office): void {
  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/drafts',
      who: 'reader',
      summary: 'Draft a message to somebody else: M6 (L2)',
      params: theCase,
      body: z.object({ digest: hash, version, ...newRecord }),
      answer: caseAnswer,
      status: 201,
    },
    async ({ params, body, c }) => {
      const member = readerOf(c)
      const written = { record: recordIn(body), version: body.version, key: keyOf(c) }
      await draftMessage(office, { case: params.case, member, digest: body.digest, ...written })
      return viewed(office, params.case, member)
    },
  )

  for (const [path, deed, summary] of [
    ['confirm', confirmDraft, 'Confirm a message to somebody else (L2)'],
    ['withdraw', withdrawDraft, 'Take a message to somebody else back'],
  ] as const)
    routes.endpoint(
      {
        method: 'post',
        path: `/cases/{case}/drafts/{draft}/${path}`,
        who: 'reader',
        summary,
        params: theDraft,
        answer: caseAnswer,
      },
      async ({ params: { case: caseId, draft }, c }) => {
        const member = readerOf(c)
        await deed(office, { case: caseId, member, draft })
        return viewed(office, caseId, member)
      },
    )

  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/drafts/{draft}/send',
      who: 'reader',
      summary: 'Send a confirmed message by mail, or record that it was handed over by hand (L2)',
      params: theDraft,
      body: z.object({
        mail: z
          .object({
            address: z.email().max(254),
            subject: z.string().min(1).max(limits.line),
            text: z.string().min(1).max(limits.message),
            salt: z.string().min(16).max(64),
            language: z.enum(languages),
          })
          .nullable(),
      }),
      answer: caseAnswer,
    },
    async ({ params: { case: caseId, draft }, body, c }) => {
      const member = readerOf(c)
      await sendDraft(office, { case: caseId, member, draft, mail: body.mail, key: keyOf(c) })
      return viewed(office, caseId, member)
    },
  )
}
