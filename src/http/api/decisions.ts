import { z } from '@hono/zod-openapi'
import { answerProposal, returnToDiscussion } from '../../casework/answer-proposal.ts'
import { delay } from '../../casework/delay.ts'
import { goOn } from '../../casework/go-on.ts'
import { inform } from '../../casework/inform.ts'
import type { Office } from '../../casework/office.ts'
import { propose } from '../../casework/propose.ts'
import { reopen } from '../../casework/reopen.ts'
import { resolve } from '../../casework/resolve.ts'
import type { Routes } from '../endpoint.ts'
import { theCase, version, viewed, writtenIn } from './case-answer.ts'
import { caseAnswer, newRecord, recordIn } from './case-shapes.ts'
import { id, instant } from './shapes.ts'

/** What comes with every step that is taken with a record. */
const step = { version, ...newRecord }

/** Deciding, acting and closing (J2, L1, L3 to L6). */
export function addDecisionRoutes(routes: Routes, office: Office): void {
  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/proposals',
      who: 'reader',
      summary: 'Propose actions (J2)',
      params: theCase,
      body: z.object({ groupLevel: z.boolean(), ...step }),
      answer: caseAnswer,
      status: 201,
    },
    async (asked) => {
      const given = writtenIn(asked)
      await propose(office, { ...given, groupLevel: asked.body.groupLevel })
      return viewed(office, given.case, given.member)
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/answer-proposal',
      who: 'reader',
      summary: 'Agree to a proposal, or say why not (J2)',
      params: theCase,
      body: z.object({ proposal: id, agrees: z.boolean(), ...step }),
      answer: caseAnswer,
      status: 201,
    },
    async (asked) => {
      const given = writtenIn(asked)
      const { proposal, agrees } = asked.body
      await answerProposal(office, { ...given, proposal, agrees })
      return viewed(office, given.case, given.member)
    },
  )

  for (const [path, deed, summary] of [
    ['return-to-discussion', returnToDiscussion, 'Discuss a proposal again, with the reason as a note (J2)'],
    ['inform', inform, 'Tell the reporter what was decided: M5 (L1)'],
    ['go-on', goOn, 'Not resolved yet: back to discussion, with a note (L3)'],
    ['reopen', reopen, 'Open a closed case again, with what is new as a note (L6)'],
  ] as const)
    routes.endpoint(
      {
        method: 'post',
        path: `/cases/{case}/${path}`,
        who: 'reader',
        summary,
        params: theCase,
        body: z.object(step),
        answer: caseAnswer,
        status: 201,
      },
      async (asked) => {
        const given = writtenIn(asked)
        await deed(office, given)
        return viewed(office, given.case, given.member)
      },
    )

  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/delay',
      who: 'reader',
      summary: 'Say that it takes longer, why, and until when (I4, L5)',
      params: theCase,
      body: z.object({ until: instant, ...step }),
      answer: caseAnswer,
      status: 201,
    },
    async (asked) => {
      const given = writtenIn(asked)
      await delay(office, { ...given, until: asked.body.until })
      return viewed(office, given.case, given.member)
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/resolve',
      who: 'reader',
      summary: 'Close a case: actions, outcome and review date (M8), and the final resolution (M7) (L4)',
      params: theCase,
      body: z.object({ closing: z.object(newRecord), reviewAt: instant, ...step }),
      answer: caseAnswer,
      status: 201,
    },
    async (asked) => {
      const given = writtenIn(asked)
      const { closing, reviewAt } = asked.body
      await resolve(office, { ...given, closing: recordIn(closing), reviewAt })
      return viewed(office, given.case, given.member)
    },
  )
}
