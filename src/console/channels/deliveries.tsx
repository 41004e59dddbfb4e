import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DeliveryLine } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { CouldNotLoad } from '../pieces/waiting.tsx'
import { dateAndTime } from '../when.ts'
import { failureText } from './failure-text.ts'

const newest = 5

/** What was sent to oneself, by which channel, and how it fared. */
export function Deliveries() {
  const { api, say, now, language } = useDesk()
  const query = useQuery({
    queryKey: ['deliveries'],
    queryFn: () => api.get<readonly DeliveryLine[]>('/deliveries'),
  })
  const [areAllShown, setAllShown] = useState(false)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <>
      <h3>{say('deliveries.title')}</h3>
      {query.isError && <CouldNotLoad error={query.error} again={query.refetch} />}
      {query.data?.length === 0 && <p className="soft">{say('deliveries.none')}</p>}
      <ul className="members">
        {query.data?.slice(0, areAllShown ? undefined : newest).map((line) => (
          <li key={line.id}>
            <p>
              <b>{say(`outbox.${line.notice}`)}</b>{' '}
              <span className={line.state.startsWith('failed') ? 'tag over' : 'tag'}>
                {say(`deliveries.state.${line.state}`)}
              </span>
            </p>
            <p className="soft small">
              {say(line.channel === 'any' ? 'deliveries.any' : `deliveries.${line.channel}`)} ·{' '}
              {dateAndTime(line.at, now(), zone, language)}
              {line.failure !== null && ` · ${failureText(line.failure, say)}`}
            </p>
          </li>
        ))}
      </ul>
      {!areAllShown && (query.data?.length ?? 0) > newest && (
        <Button onPress={() => setAllShown(true)}>{say('outbox.older')}</Button>
      )}
    </>
  )
}
