import { type RawBuilder, sql } from 'kysely'

/**
 * That an alert does not leave a member out, to whom there would be no such alert (K1).
 *
 * @param alert - its id or the column it stands in; null: it is about none.
 * @param member - a member's id, or the column.
 */
export const mayKnowAlert = (
  alert: string | null | RawBuilder<unknown>,
  member: string | RawBuilder<unknown>,
): RawBuilder<boolean> => sql<boolean>`not exists (
  select 1 from alert_exclusion where alert_exclusion.alert_id = ${alert} and alert_exclusion.member_id = ${member}
)`
