import { z } from '@hono/zod-openapi'
import { moveMotion } from '../../casework/move-motion.ts'
import type { Office } from '../../casework/office.ts'
import { motionsToVoteOn, vote } from '../../casework/vote.ts'
import { voteOutcomes } from '../../procedure/decision.ts'
import { toBase64 } from '../../sealing/bytes.ts'
import type { Routes } from '../endpoint.ts'
import { memberOf } from '../visitor.ts'
import { keyOf, readerOf, theCase, version, viewed } from './case-answer.ts'
import { caseAnswer, newRecord, recordIn, sealedOut } from './case-shapes.ts'
import { hash, id, instant, sealed, shortName } from './shapes.ts'

const motionLimit = 512 * 1024

const motions = z
  .array(
    z.object({
      id,
      case: id,
      movedBy: id,
      movedAt: instant,
      sealed: sealedOut,
      outcome: z.enum(voteOutcomes).nullable(),
      votedAt: instant.nullable(),
    }),
  )
  .openapi('Motions')

/** Motions, as organizers get them. */
export type MotionsAnswer = z.infer<typeof motions>

/** Asking the organizers, and their vote (J3). */
export function addMotionRoutes(routes: Routes, office: Office): void {
  routes.endpoint(
    {
      method: 'post',
      path: '/cases/{case}/motion',
      who: 'reader',
      summary: 'Send the organizers a confidential report and a motion: M9 (J3)',
      params: theCase,
      body: z.object({
        forOrganizers: z.object({ sealed: sealed(motionLimit), directory: hash }),
        version,
        ...newRecord,
      }),
      answer: caseAnswer,
      status: 201,
    },
    async ({ params, body, c }) => {
      const member = readerOf(c)
      await moveMotion(office, {
        case: params.case,
        member,
        forOrganizers: body.forOrganizers.sealed,
        directory: body.forOrganizers.directory,
        record: recordIn(body),
        version: body.version,
        key: keyOf(c),
      })
      return viewed(office, params.case, member)
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/motions',
      who: 'organizer',
      summary: 'The motions to the organizers, sealed to them (J3)',
      params: z.object({ community: shortName }),
      answer: motions,
    },
    async ({ c }) => {
      const found = await motionsToVoteOn(office, memberOf(c.get('visitor')).community)
      return found.map((motion) => ({ ...motion, sealed: toBase64(motion.sealed) }))
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/motions/{motion}/vote',
      who: 'organizer',
      summary: 'Record how the organizers voted (J3)',
      params: z.object({ community: shortName, motion: id }),
      body: z.object({ outcome: z.enum(voteOutcomes) }),
    },
    async ({ params, body, c }) => {
      const { id: organizer, community } = memberOf(c.get('visitor'))
      await vote(office, { community, organizer, motion: params.motion, outcome: body.outcome })
      return null
    },
  )
}
