import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** How long a connection that the browser has given up rests before it is tried again. */
const restFor = 10_000

/**
 * Follows what happens in the cases of whoever is signed in, and in calls for help, and fetches again what has changed. After a break
 * everything is fetched again, since nobody tells what was missed.
 *
 * @returns whether the connection stands.
 */
export function useLive(): boolean {
  const queries = useQueryClient()
  const [isLive, setLive] = useState(true)
  useEffect(() => {
    let events: EventSource
    let wasBroken = false
    let rest: ReturnType<typeof setTimeout>
    const refetch = (queryKey: readonly string[]): void => void queries.invalidateQueries({ queryKey })
    const follow = (): void => {
      events = new EventSource('/api/v1/live')
      events.addEventListener('case', (event) => {
        const { case: id } = JSON.parse(event.data) as { case: string }
        refetch(['cases'])
        refetch(['case', id])
      })
      events.addEventListener('alert', (event) => {
        const { alert } = JSON.parse(event.data) as { alert: string }
        refetch(['alerts'])
        refetch(['alert', alert])
      })
      events.onopen = () => {
        setLive(true)
        if (wasBroken) void queries.invalidateQueries()
        wasBroken = false
      }
      events.onerror = () => {
        setLive(false)
        // Whether the session has ended or the server is away, only asking tells.
        if (!wasBroken) refetch(['session'])
        wasBroken = true
        if (events.readyState === EventSource.CLOSED) rest = setTimeout(follow, restFor)
      }
    }
    follow()
    return () => {
      clearTimeout(rest)
      events.close()
    }
  }, [queries])
  return isLive
}
