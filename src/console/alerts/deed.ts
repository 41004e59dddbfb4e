import { useMutation, useQueryClient } from '@tanstack/react-query'
import { path } from '../api/client.ts'
import type { AlertView, Membership } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'

/** What the parts of the page share. */
export interface AlertProps {
  readonly alert: AlertView
  readonly me: Membership
}

/** A deed on a call; afterwards it is read again, whatever came of it. */
export function useDeed(alert: AlertView, what: string) {
  const { api } = useDesk()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body?: unknown) => api.send('POST', path`/alerts/${alert.id}/` + what, body),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['alert', alert.id] }),
        queries.invalidateQueries({ queryKey: ['alerts'] }),
      ]),
  })
}
