import { z } from '@hono/zod-openapi'
import type { EpochDeed } from '../../casework/leave-case.ts'
import type { Office } from '../../casework/office.ts'
import { proposeSetAside, setAside, withdrawSetAside } from '../../casework/set-aside.ts'
import { renewEpoch, stepAside } from '../../casework/step-aside.ts'
import { recovery } from '../../sealing/intake.ts'
import type { Routes } from '../endpoint.ts'
import { readerOf, theCase, version } from './case-answer.ts'
import { newRecord, recordIn } from './case-shapes.ts'
import { hash, id, sealed } from './shapes.ts'

const grantLimit = 4 * 1024

const newEpoch = {
  version,
  directory: hash,
  recipient: z.string().max(3000),
  grants: z
    .array(z.object({ member: z.union([id, z.literal(recovery)]), sealed: sealed(grantLimit) }))
    .max(500),
  ...newRecord,
}
const epochBody = z.object(newEpoch)

const deedOf = (caseId: string, member: string, body: z.output<typeof epochBody>): EpochDeed => ({
  case: caseId,
  member,
  version: body.version,
  directory: body.directory,
  recipient: body.recipient,
  grants: body.grants,
  record: recordIn(body),
})

/** Conflicts of interest that are found later (K3). To whom they are about, all of it looks as if there were nothing. */
export function addConflictRoutes(routes: Routes, office: Office): void {
  for (const [path, deed, summary] of [
    ['step-aside', stepAside, 'I have a conflict of interest: leave the case, sealed anew without me (K3)'],
    ['epochs', renewEpoch, 'Seal anew what whoever stepped aside sealed for us (K3)'],
  ] as const)
    routes.endpoint(
      {
        method: 'post',
        path: `/cases/{case}/${path}`,
        who: 'reader',
        summary,
        params: theCase,
        body: epochBody,
      },
      async ({ params, body, c }) => {
        await deed(office, deedOf(params.case, readerOf(c), body))
        return null
      },
    )

  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/set-aside',
      who: 'reader',
      summary: 'Decide, as the second member, that another has a conflict of interest (K3)',
      params: theCase,
      body: z.object({ about: id, ...newEpoch }),
    },
    async ({ params, body, c }) => {
      await setAside(office, { ...deedOf(params.case, readerOf(c), body), about: body.about })
      return null
    },
  )

  routes.endpoint(
    {
      method: 'put',
      path: '/cases/{case}/conflicts/{member}',
      who: 'reader',
      summary: 'Say that another member has a conflict of interest; why is not asked (K3)',
      params: theCase.extend({ member: id }),
    },
    async ({ params, c }) => {
      await proposeSetAside(office, { case: params.case, member: readerOf(c), about: params.member })
      return null
    },
  )

  routes.endpoint(
    {
      method: 'delete',
      path: '/cases/{case}/conflicts/{member}',
      who: 'reader',
      summary: 'Take that back, or disagree (K3)',
      params: theCase.extend({ member: id }),
    },
    async ({ params, c }) => {
      await withdrawSetAside(office, { case: params.case, member: readerOf(c), about: params.member })
      return null
    },
  )
}
