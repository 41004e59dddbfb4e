/** Who is on call (G), and who receives a given case (F1, G3, K2). Instants are epoch milliseconds. */

export type MemberId = string

/** A pair and the instant from which it is on call (G1). */
export type Duty = {
  readonly from: number
  readonly primary: MemberId
  readonly secondary: MemberId | null
}

/**
 * The members who receive a case, at most two, the one in charge first (F1).
 *
 * `pair` is who is on call when it arrives, `rotation` the order in which members take turns, `excluded`
 * those named as involved (K1), `active` those who are members now. Primary and secondary come first; where
 * one of them is left out or absent, the next in the rotation takes the place at once (K2, G3), counted
 * onwards from the last of the pair. With nobody on call the rotation is taken from its beginning, so that a
 * report always reaches somebody if there is anybody. Empty only when everybody is excluded or inactive.
 */
export function receivers(given: {
  readonly pair: Pick<Duty, 'primary' | 'secondary'> | null
  readonly rotation: readonly MemberId[]
  readonly excluded: ReadonlySet<MemberId>
  readonly active: ReadonlySet<MemberId>
}): MemberId[] {
  const { pair, rotation, excluded, active } = given
  const named = [pair?.primary, pair?.secondary].filter((id) => id !== undefined && id !== null)
  const last = named.map((id) => rotation.indexOf(id)).findLast((index) => index >= 0) ?? -1
  const inTurn = [...rotation.slice(last + 1), ...rotation.slice(0, last + 1)]
  const eligible = [...named, ...inTurn].filter((id) => active.has(id) && !excluded.has(id))
  return [...new Set(eligible)].slice(0, 2)
}
