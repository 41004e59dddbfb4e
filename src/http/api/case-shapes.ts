import { z } from '@hono/zod-openapi'
import type { NewRecord } from '../../casework/append-record.ts'
import { draftEnds, proposalEnds, voteOutcomes } from '../../procedure/decision.ts'
import { states, stepKeys, taskKeys } from '../../procedure/lifecycle.ts'
import { limits } from '../../procedure/records.ts'
import { pickEnds } from '../../procedure/shepherd.ts'
import { tokenHash } from '../../sealing/receipt.ts'
import { hash, id, instant, sealed, shortName } from './shapes.ts'

/** The largest text sealed, padded and with its envelope, and room to spare. */
const recordLimit = 512 * 1024

/** Sealed bytes in an answer. */
export const sealedOut = z.string().openapi({ format: 'byte', description: 'An age file, base64' })

const upload = z.object({ upload: id, token: z.string().max(60) })

/** A sealed record and what it comes after, as every write of one carries it. */
export const newRecord = {
  record: z.object({ sealed: sealed(recordLimit) }),
  after: hash,
  uploads: z.array(upload).max(limits.files).default([]),
}

/** The record of a request's body. */
export function recordIn(body: {
  readonly record: { readonly sealed: Uint8Array }
  readonly after: string
  readonly uploads: readonly z.infer<typeof upload>[]
}): NewRecord {
  return {
    sealed: body.record.sealed,
    after: body.after,
    uploads: body.uploads.map(({ upload, token }) => ({ upload, tokenHash: tokenHash(token) })),
  }
}

const person = z.object({ id, name: z.string() })

/** People with their names. */
export const people = z.array(person).readonly()

/** A record that was added, and the heads of the case after it. */
export const added = z.object({ id, head: hash, sharedHead: hash.nullable() }).openapi('Added')

/** A sealed file. */
export const caseFileShape = z.object({ upload: id, epoch: z.int(), parts: z.int(), size: z.int() })

const line = {
  id,
  codeName: z.string(),
  state: z.enum(states),
  channel: z.enum(['web', 'web-plain', 'member', 'mail', 'taken']),
  arrivedAt: instant,
  due: z.object({ what: z.enum(['acknowledge', 'resolve']).nullable(), at: instant.nullable() }),
  overdue: z.boolean(),
  blocked: z.boolean(),
  epoch: z.int(),
  mine: z.boolean(),
  needsMe: z.boolean(),
  version: z.int(),
  changedAt: instant,
}

/** A page of an inbox. */
export const caseList = z
  .object({
    cases: z.array(z.object({ ...line, community: shortName })).readonly(),
    next: z.string().nullable(),
    counts: z.object({ open: z.int(), closed: z.int() }),
  })
  .openapi('CaseList')

const decisions = z.object({
  proposals: z
    .array(
      z.object({
        id,
        record: id,
        by: id,
        at: instant,
        groupLevel: z.boolean(),
        ended: z.enum(proposalEnds).nullable(),
        answers: z.array(z.object({ member: id, agrees: z.boolean(), record: id, at: instant })).readonly(),
        agreed: z.int(),
        needed: z.int(),
      }),
    )
    .readonly(),
  drafts: z
    .array(
      z.object({
        id,
        record: id,
        by: id,
        at: instant,
        confirmedBy: z.array(id).readonly(),
        needed: z.int(),
        ended: z.enum(draftEnds).nullable(),
        endedBy: id.nullable(),
        endedAt: instant.nullable(),
      }),
    )
    .readonly(),
  motions: z
    .array(
      z.object({
        id,
        record: id,
        by: id,
        at: instant,
        outcome: z.enum(voteOutcomes).nullable(),
        votedBy: id.nullable(),
        votedAt: instant.nullable(),
      }),
    )
    .readonly(),
  organizers: z.object({ names: z.array(z.string()).readonly(), email: z.string().nullable() }),
})

/** A case as its readers see it. */
export const caseAnswer = z
  .object({
    ...line,
    community: z.object({ id, shortName, name: z.string(), timeZone: z.string(), demo: z.boolean() }),
    times: z.object({
      acknowledgeIdeallyBy: instant,
      acknowledgeBy: instant,
      secondaryInheritsAt: instant,
      openAt: instant,
      resolveBy: instant,
    }),
    acknowledgedAt: instant.nullable(),
    responder: id.nullable(),
    shepherd: id.nullable(),
    shepherdNamedAt: instant.nullable(),
    objectionEndsAt: instant.nullable(),
    shepherdIntroducedAt: instant.nullable(),
    picks: z
      .array(
        z.object({
          member: id,
          proposedBy: id,
          proposedAt: instant,
          declaredAt: instant.nullable(),
          assignedBy: id.nullable(),
          assignedAt: instant.nullable(),
          ended: z.enum(pickEnds).nullable(),
          endedAt: instant.nullable(),
        }),
      )
      .readonly(),
    broughtAt: instant.nullable(),
    closedAt: instant.nullable(),
    informedAt: instant.nullable(),
    delayedTo: instant.nullable(),
    reviewAt: instant.nullable(),
    decisions,
    epochs: z
      .array(z.object({ epoch: z.int(), recipient: z.string(), grant: sealedOut.nullable() }))
      .readonly(),
    head: hash,
    sharedHead: hash.nullable(),
    reporterRecipient: z.string().nullable(),
    hasNotice: z.boolean(),
    language: z.string(),
    records: z
      .array(
        z.object({
          id,
          epoch: z.int(),
          kind: z.string(),
          author: z.string(),
          at: instant,
          shared: z.boolean(),
          openedAt: instant.nullable(),
          sealed: sealedOut,
        }),
      )
      .readonly(),
    files: z.array(caseFileShape).readonly(),
    readers: people,
    eligible: people,
    waiting: z.array(person.extend({ epochs: z.array(z.int()).readonly() })).readonly(),
    keyholders: z.array(id).readonly(),
    renewEpoch: z.boolean(),
    conflicts: z.array(z.object({ member: id, saidBy: id, at: instant })).readonly(),
    people,
    receivers: z.array(id).readonly(),
    nextStep: z
      .object({
        task: z.enum(taskKeys),
        turn: z.string(),
        member: id.nullable(),
        rule: z.string(),
        steps: z.array(z.enum(stepKeys)).readonly(),
      })
      .nullable(),
    possibleSteps: z.array(z.enum(stepKeys)).readonly(),
  })
  .openapi('Case')
