/** What can be said of an alert, in closed sets and within limits (D, A4). Words: `alert.close.<reason>`, `alert.no-report.<reason>`. */

/** Why an alert is closed. Every alert ends with one of these, unless it was withdrawn. */
export const closeReasons = ['helped', 'over-before', 'nothing-needed', 'same-as-another', 'other'] as const
export type CloseReason = (typeof closeReasons)[number]

/** Why there is no report of it (A4). */
export const noReportReasons = ['nothing-happened', 'not-wanted', 'reported-elsewhere', 'mistake'] as const
export type NoReportReason = (typeof noReportReasons)[number]

/** Characters, at most. */
export const alertLimits = { place: 200, words: 2000, note: 2000 } as const

/** A place as it is sent: one line, without what a terminal or a letter's head would take for more; null if nothing is left. */
export function onOneLine(typed: string): string | null {
  const line = typed
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return line === '' ? null : [...line].slice(0, alertLimits.place).join('')
}
