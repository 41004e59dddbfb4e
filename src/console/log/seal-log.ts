import type { Language } from '../../procedure/playbook.ts'
import type { ReportBody } from '../../procedure/report.ts'
import { openSupports } from '../../procedure/supports.ts'
import { toBase64 } from '../../sealing/bytes.ts'
import type { Directory } from '../../sealing/directory.ts'
import { sealCase } from '../../sealing/intake.ts'
import type { Keyring } from '../../sealing/keyring.ts'
import type { LogBody } from '../api/shapes.ts'

/** Whose log it is, and where. */
export interface Author {
  /** Community id. */
  readonly community: string
  /** Member id. */
  readonly member: string
  readonly keyring: Keyring
  readonly language: Language
  /** Epoch milliseconds. */
  readonly at: number
}

/**
 * Seals what a member logs to everybody on the committee who is not involved (K1), signed with their own key.
 *
 * @param directory - of the community, verified.
 * @throws if nobody is left to read it.
 */
export async function sealLog(
  report: ReportBody,
  directory: Directory,
  { community, member, keyring, language, at }: Author,
): Promise<LogBody> {
  const involved = [...(report.involved ?? [])]
  const {
    grants,
    record,
    receipt: _,
    ...rest
  } = await sealCase({
    community,
    directory,
    involved,
    body: { ...report, reportedAt: at },
    at,
    receipt: null,
    author: { who: 'member', id: member },
    signingSeed: keyring.signingSeed,
  })
  return {
    ...rest,
    grants: grants.map((grant) => ({ member: grant.member, sealed: toBase64(grant.sealed) })),
    record: toBase64(record),
    involved,
    language,
    followUp: openSupports(report, []).length > 0,
  }
}
