/** What every route of a case takes and gives. */
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { caseView } from '../../casework/case-view.ts'
import type { Office } from '../../casework/office.ts'
import { Refused } from '../../casework/refused.ts'
import type { WrittenDeed } from '../../casework/written-deed.ts'
import { toBase64 } from '../../sealing/bytes.ts'
import type { Env } from '../guard.ts'
import { type caseAnswer, recordIn } from './case-shapes.ts'
import { id, idempotencyKey } from './shapes.ts'

/** The case that a path names. */
export const theCase = z.object({ case: id })

/** Of a case, as its actor read it. */
export const version = z.int().min(1)

/** A case as one of its readers sees it, as JSON. */
export async function viewed(
  office: Office,
  caseId: string,
  member: string,
): Promise<z.input<typeof caseAnswer>> {
  const view = await caseView(office, caseId, member)
  return {
    ...view,
    epochs: view.epochs.map(({ grant, ...epoch }) => ({ ...epoch, grant: grant && toBase64(grant) })),
    records: view.records.map((record) => ({ ...record, sealed: toBase64(record.sealed) })),
  }
}

/** Who is signed in. */
export function accountOf(c: Context<Env>): { readonly id: string; readonly session: string } {
  const { account } = c.get('visitor')
  if (!account) throw new Refused('not-signed-in')
  return account
}

/** Member id of the reader of the case at hand. */
export function readerOf(c: Context<Env>): string {
  const { member } = c.get('visitor')
  if (!member) throw new Refused('not-found')
  return member.id
}

/** The request's idempotency key. */
export function keyOf(c: Context<Env>): string {
  const key = idempotencyKey(c.req.header('idempotency-key'))
  if (key === null) throw new Refused('key-missing')
  return key
}

/** A deed that comes with a record, as its request gives it. */
export const writtenIn = ({
  params,
  body,
  c,
}: {
  readonly params: z.output<typeof theCase>
  readonly body: Parameters<typeof recordIn>[0] & { readonly version: number }
  readonly c: Context<Env>
}): WrittenDeed => ({
  case: params.case,
  member: readerOf(c),
  record: recordIn(body),
  version: body.version,
  key: keyOf(c),
})
