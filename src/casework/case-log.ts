import { logOfCase } from '../store/case-log.ts'
import type { Office } from './office.ts'
import { hiddenFromAbout } from './set-aside.ts'

/** What was read or done in a case, as its readers see it (N3). */
export interface LogLine {
  readonly at: number
  /** Member id, `reporter` or `server`. */
  readonly actor: string
  readonly deed: string
  /** Ids, states and times alone. */
  readonly detail: Record<string, unknown>
}

/**
 * The log of a case, oldest first. In which of their sessions somebody read it is theirs to know, and that others say
 * they have a conflict of interest is not (K3).
 *
 * @param member - id of the member who reads it.
 */
export async function caseLog({ store: { db } }: Office, caseId: string, member: string): Promise<LogLine[]> {
  const rows = await logOfCase(db, caseId)
  return rows.flatMap(({ at, actor, deed, detail }) => {
    const { session: _, ...shown } = JSON.parse(detail) as Record<string, unknown>
    return hiddenFromAbout.has(deed) && shown.about === member ? [] : [{ at, actor, deed, detail: shown }]
  })
}
