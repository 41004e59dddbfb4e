import { z } from '@hono/zod-openapi'
import type { FileReport } from '../../casework/file-report.ts'
import type { Office } from '../../casework/office.ts'
import { Refused } from '../../casework/refused.ts'
import { reportOfRaised } from '../../casework/report-of-raised.ts'
import { limits } from '../../procedure/records.ts'
import { recovery } from '../../sealing/intake.ts'
import { tokenHash } from '../../sealing/receipt.ts'
import { communityId } from '../../store/communities.ts'
import type { Routes } from '../endpoint.ts'
import { hash, id, idempotencyKey, instant, language, sealed, shortName } from './shapes.ts'

const grantLimit = 4 * 1024
const recordLimit = 1024 * 1024

const params = z.object({ community: shortName })

/** The body of a request that files a sealed report. */
export const reportBody = z
  .object({
    case: id,
    directory: hash,
    recipient: z.string().max(2000),
    grants: z.array(z.object({ member: id.or(z.literal(recovery)), sealed: sealed(grantLimit) })).max(500),
    record: sealed(recordLimit),
    receipt: z
      .object({
        lookup: id,
        tokenHash: hash,
        recipient: z.string().max(2000),
        verifyKey: z.string().max(60),
      })
      .nullable(),
    involved: z.array(id).max(limits.involved),
    uploads: z.array(z.object({ upload: id, token: z.string().max(60) })).max(limits.files),
    notice: z.email().max(254).nullable(),
    language,
    /** `taken`: written down by somebody to whom the person spoke (B). */
    channel: z.enum(['web', 'taken']).default('web'),
    followUp: z
      .boolean()
      .default(false)
      .openapi({ description: 'The person waits for something to be arranged (B4); what, is sealed' }),
    alert: id.nullable().default(null).openapi({ description: 'Token of the alert that it ends (A4)' }),
  })
  .openapi('Report')

/** The answer to whoever files one. */
export const filed = z
  .object({ case: id, acknowledgeBy: instant, resolveBy: instant, timeZone: z.string() })
  .openapi('Filed')

/** A sealed report as a browser sends it. */
export type ReportSubmission = z.input<typeof reportBody>
/** What the reporter is told. */
export type ReportFiled = z.infer<typeof filed>

/** Filing a report (C, F1). */
export function addReportRoutes(routes: Routes, office: Office, fileReport: FileReport): void {
  const { store } = office
  // A short name is its community's for good, so that it need not be looked up for every report.
  const ids = new Map<string, string>()
  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/reports',
      who: 'anybody',
      summary: 'File a sealed report. Answers only once it is durable.',
      params,
      body: reportBody,
      answer: filed,
      status: 201,
    },
    async ({ params: { community }, body: { uploads, channel, alert, ...submission }, c }) => {
      const key = idempotencyKey(c.req.header('idempotency-key'))
      if (!key) throw new Refused('key-missing')
      const found = ids.get(community) ?? (await communityId(store.db, community))
      if (!found) throw new Refused('not-found')
      ids.set(community, found)
      const filing = await fileReport({
        community: found,
        channel,
        by: null,
        key,
        submission: {
          ...submission,
          uploads: uploads.map(({ upload, token }) => ({ upload, tokenHash: tokenHash(token) })),
        },
      })
      if (alert !== null) await reportOfRaised(office, { community: found, token: alert, case: filing.case })
      return filing
    },
  )
}
