import { z } from '@hono/zod-openapi'
import { introduceShepherd } from '../../casework/introduce-shepherd.ts'
import { nameShepherd } from '../../casework/name-shepherd.ts'
import { recordObjection } from '../../casework/objection.ts'
import type { Office } from '../../casework/office.ts'
import { pickShepherd } from '../../casework/pick-shepherd.ts'
import { shepherdAnswers } from '../../procedure/records.ts'
import { pickActs } from '../../procedure/shepherd.ts'
import type { Routes } from '../endpoint.ts'
import { theCase, version, viewed, writtenIn } from './case-answer.ts'
import { caseAnswer, newRecord } from './case-shapes.ts'
import { id } from './shapes.ts'

/** How a case gets its shepherd, and the reporter hears of it (I2 to I7). */
export function addShepherdRoutes(routes: Routes, office: Office): void {
  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/shepherd',
      who: 'reader',
      summary: 'Propose a shepherd, declare a bias, agree or not, step down (I2 to I4)',
      params: theCase,
      body: z.object({
        act: z.enum(pickActs),
        about: id,
        declared: z.boolean().default(false),
        version,
        ...newRecord,
      }),
      answer: caseAnswer,
      status: 201,
    },
    async (asked) => {
      const given = writtenIn(asked)
      const { act, about, declared } = asked.body
      await pickShepherd(office, { ...given, act, about, declared })
      return viewed(office, given.case, given.member)
    },
  )

  for (const [path, deed, summary] of [
    ['name-shepherd', nameShepherd, 'Tell the reporter who the shepherd is: M3 (I5)'],
    ['introduce-shepherd', introduceShepherd, 'Write to the reporter as their shepherd: M4 (I7)'],
  ] as const)
    routes.endpoint(
      {
        method: 'post',
        path: `/cases/{case}/${path}`,
        who: 'reader',
        summary,
        params: theCase,
        body: z.object({ version, ...newRecord }),
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
      path: '/cases/{case}/objection',
      who: 'reader',
      summary: 'Record what the reporter said of the shepherd, by another way than the mailbox (I6)',
      params: theCase,
      body: z.object({ said: z.enum(shepherdAnswers), version, ...newRecord }),
      answer: caseAnswer,
      status: 201,
    },
    async (asked) => {
      const given = writtenIn(asked)
      await recordObjection(office, { ...given, said: asked.body.said })
      return viewed(office, given.case, given.member)
    },
  )
}
