import type { ReportBody } from '../procedure/report.ts'
import { toBase64 } from '../sealing/bytes.ts'
import { type Prepared, sealCase } from '../sealing/intake.ts'
import type { Receipt } from '../sealing/receipt.ts'
import type { Submission } from './api.ts'
import type { Recipients } from './recipients.ts'
import type { Uploaded } from './upload.ts'

/** What the form says, without evidence and without the time of reporting. */
export interface Said {
  readonly report: ReportBody
  /** Mail address for notices, or null. */
  readonly notice: string | null
  readonly language: 'en' | 'es'
  /** Token of the alert that it ends (A4), or null. */
  readonly alert: string | null
}

/** What a report is sealed with. */
export interface Seal {
  /** Null: nobody returns to it with a code. */
  readonly receipt: Receipt | null
  readonly signingSeed: Uint8Array
  readonly prepared?: Prepared
  /** Epoch milliseconds, by this device's clock. */
  readonly at: number
}

/** Seals a report to everybody who may read it (K1), ready to be sent. */
export async function sealSubmission(
  { report, notice, language, alert }: Said,
  to: Recipients,
  { receipt, signingSeed, prepared, at }: Seal,
  files: readonly Uploaded[],
): Promise<Submission> {
  const involved = report.involved ?? []
  const evidence = files.map(({ ref }) => ref)
  const { grants, record, ...rest } = await sealCase({
    community: to.community,
    directory: to.directory,
    involved,
    body: { ...report, reportedAt: at, ...(evidence.length > 0 ? { evidence } : {}) },
    at,
    receipt,
    author: { who: 'reporter' },
    signingSeed,
    ...(prepared ? { prepared } : {}),
  })
  return {
    ...rest,
    grants: grants.map(({ member, sealed }) => ({ member, sealed: toBase64(sealed) })),
    record: toBase64(record),
    involved: [...involved],
    uploads: files.map(({ upload, token }) => ({ upload, token })),
    notice,
    language,
    alert,
  }
}
