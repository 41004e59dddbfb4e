import { useDesk } from '../desk.tsx'
import { Notice } from '../pieces/notice.tsx'
import { dateAndTime } from '../when.ts'
import { type Part, useNames } from './roster.ts'

/** What is wrong in the coming 45 days, for everybody to see (G5). */
export function Gaps({ me, roster, members }: Part) {
  const { say, now, language } = useDesk()
  const { nameOf } = useNames(members)
  const at = (instant: number) => dateAndTime(instant, now(), me.community.timeZone, language)
  if (roster.gaps.length === 0) return null
  return (
    <Notice tone="warn">
      <ul>
        {roster.gaps.map((gap) => (
          <li key={`${gap.kind} ${gap.member ?? gap.override ?? ''} ${gap.from}`}>
            {say(`roster.gap.${gap.kind}`, { from: at(gap.from), to: at(gap.to), name: nameOf(gap.member) })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
