import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { path } from '../api/client.ts'
import type { Membership } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { date } from '../when.ts'

/** The secret link to one's own turns as a calendar (G5). */
export function CalendarLink({ me }: { readonly me: Membership }) {
  const { api, say, language } = useDesk()
  const queries = useQueryClient()
  const { shortName, timeZone } = me.community
  const at = path`/communities/${shortName}/roster/calendar`
  const [copied, setCopied] = useState(false)
  const link = useQuery({
    queryKey: ['calendar', shortName],
    queryFn: () => api.get<{ readonly madeAt: number | null }>(at),
  })
  const refresh = () => queries.invalidateQueries({ queryKey: ['calendar', shortName] })
  const making = useMutation({
    mutationFn: () => api.send<{ readonly path: string }>('POST', at),
    onSuccess: refresh,
  })
  const ending = useMutation({
    mutationFn: () => api.send('DELETE', at),
    onSuccess: async () => {
      making.reset()
      await refresh()
    },
  })
  const made = making.data && `${location.origin}${making.data.path}?language=${language}`
  const madeAt = link.data?.madeAt ?? null
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(made ?? '')
    setCopied(true)
  }
  return (
    <section className="panel">
      <h2>{say('roster.calendar')}</h2>
      <p className="soft">{say('roster.calendar.text')}</p>
      {made && (
        <>
          <p className="link-box" role="status" aria-label={say('roster.calendar.link')}>
            {made}
          </p>
          <p className="soft small">{say('roster.calendar.how')}</p>
        </>
      )}
      {!made && madeAt !== null && (
        <p>{say('roster.calendar.again.text', { date: date(madeAt, timeZone, language) })}</p>
      )}
      <p className="buttons">
        {made ? (
          <Button look="main" onPress={() => void copy()}>
            <Copy aria-hidden="true" /> {say('roster.calendar.copy')}
          </Button>
        ) : (
          <Button isPending={making.isPending} onPress={() => making.mutate()}>
            {say(madeAt === null ? 'roster.calendar.make' : 'roster.calendar.again')}
          </Button>
        )}
        {madeAt !== null && (
          <Button look="quiet" isPending={ending.isPending} onPress={() => ending.mutate()}>
            {say('roster.calendar.end')}
          </Button>
        )}
        <span role="status">{copied && made && say('roster.calendar.copied')}</span>
      </p>
      {ending.isSuccess && madeAt === null && (
        <Notice tone="good" role="status">
          {say('roster.calendar.ended')}
        </Notice>
      )}
      <Mishap error={making.error ?? ending.error} />
    </section>
  )
}
