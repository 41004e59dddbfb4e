/** What a person who reports wants somebody to arrange (B4), and what is still to be done about it. */
import { type SupportBody, type SupportKey, type SupportState, supportKeys } from './records.ts'
import type { ReportBody } from './report.ts'

/** How one support stands. */
export type Support = { readonly key: SupportKey; readonly state: SupportState }

/**
 * How each support stands that was offered: as the report says, or as the responders recorded since.
 *
 * @param since - in the order of the case.
 */
export function supportsOf(report: ReportBody, since: readonly SupportBody[]): Support[] {
  return supportKeys.flatMap((key) => {
    const state = since.findLast(({ support }) => support === key)?.state ?? report[key]
    return state === undefined ? [] : [{ key, state }]
  })
}

/** The supports that are wanted and not yet arranged: open tasks for the responders (B4). */
export const openSupports = (report: ReportBody, since: readonly SupportBody[]): SupportKey[] =>
  supportsOf(report, since)
    .filter(({ state }) => state === 'wanted')
    .map(({ key }) => key)
