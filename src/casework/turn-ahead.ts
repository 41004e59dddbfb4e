import { dutiesBetween, handOversBetween, type Rotation, type WallDate } from '../procedure/rotation.ts'

/** How far ahead turns are swapped, milliseconds. */
const farthest = 731 * 86_400_000

/** Whether a turn that has not begun is a member's to give away: they are primary as it begins. */
export function isTurnOf(rotation: Rotation, member: string, turn: WallDate, now: number): boolean {
  const handOver = handOversBetween(rotation, now + 1, now + farthest).find(({ date }) => date === turn)
  if (!handOver) return false
  const [first] = dutiesBetween(rotation, handOver.at, handOver.at + 1)
  return first?.turn === turn && first.primary === member
}
