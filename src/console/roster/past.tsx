import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { type Part, pastQuery } from './roster.ts'
import { ShiftLine } from './shift-list.tsx'

/** Who was on call at any time of the past year, newest first (G5). */
export function Past(part: Part) {
  const { api, say, now } = useDesk()
  const [isOpen, setOpen] = useState(false)
  const past = useQuery({ ...pastQuery(api, part.me.community.shortName, now()), enabled: isOpen })
  const shifts = past.data?.shifts.filter(({ to }) => to !== null && to <= now()).toReversed()
  return (
    <section>
      <h2>{say('roster.past')}</h2>
      <p className="soft">{say('roster.past.text')}</p>
      {!isOpen && (
        <p>
          <Button onPress={() => setOpen(true)}>{say('roster.past.show')}</Button>
        </p>
      )}
      {isOpen && past.isPending && <Waiting />}
      {past.isError && <CouldNotLoad error={past.error} again={past.refetch} />}
      {shifts?.length === 0 && <p>{say('roster.past.none')}</p>}
      <ol className="members">
        {shifts?.map((shift) => (
          <li key={shift.from}>
            <ShiftLine {...part} shift={shift} />
          </li>
        ))}
      </ol>
    </section>
  )
}
