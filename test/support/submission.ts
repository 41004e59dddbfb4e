import type { Filing } from '../../src/casework/file-report.ts'
import type { ReportSubmission } from '../../src/http/api/reports.ts'
import { newId, toBase64 } from '../../src/sealing/bytes.ts'
import { json, type Send } from './wire.ts'

/** A sealed report as the body of its request. */
export function bodyOf({ submission }: Filing): ReportSubmission {
  const { record, grants, involved, language, ...rest } = submission
  return {
    ...rest,
    record: toBase64(record),
    grants: grants.map(({ member, sealed }) => ({ member, sealed: toBase64(sealed) })),
    involved: [...involved],
    uploads: [],
    language: language as ReportSubmission['language'],
  }
}

/** The same report under ids of its own, for tests that need many: to the server it is another one. */
export const another = (body: ReportSubmission): ReportSubmission => ({
  ...body,
  case: newId(),
  receipt: body.receipt && { ...body.receipt, lookup: newId() },
})

/** Sends a report from an address of its own (with `TRUST_PROXY`), as each reporter does. */
export const fileOver = (
  send: Send,
  community: string,
  body: ReportSubmission,
  key: string = newId(),
): Promise<Response> => {
  const from = Array.from({ length: 3 }, () => Math.floor(Math.random() * 256)).join('.')
  return send(
    `/api/v1/communities/${community}/reports`,
    json('POST', body, { 'idempotency-key': key, 'x-forwarded-for': `10.${from}` }),
  )
}
