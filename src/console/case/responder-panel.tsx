import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { path } from '../api/client.ts'
import type { CaseView } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Pick as PickOne } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'

interface Props {
  readonly view: CaseView
  /** Member id. */
  readonly me: string
}

/** Whoever is on call takes a report, anybody once it is open to all, and hands it over to another (G2 to G4). */
export function ResponderPanel({ view, me }: Props) {
  const { say, now } = useDesk()
  const { state, responder, receivers, times } = view
  const [isAsked, setAsked] = useState(false)
  if (state !== 'new' && state !== 'acknowledged') return null
  const isOnCall = receivers.includes(me)
  const mayTake = state === 'new' && responder !== me && (isOnCall || now() >= times.openAt)
  const mayHandOver = isOnCall || responder === me
  if (!mayTake && !mayHandOver) return null
  return (
    <section className="panel">
      <h2>{say('turn.first-responder')}</h2>
      {mayTake && <Take view={view} />}
      {mayHandOver &&
        (isAsked ? (
          <HandOver view={view} me={me} onCancel={() => setAsked(false)} />
        ) : (
          <Button look="quiet" onPress={() => setAsked(true)}>
            {say('case.hand-over')}
          </Button>
        ))}
    </section>
  )
}

function Take({ view }: Pick<Props, 'view'>) {
  const { say } = useDesk()
  const taking = useResponderDeed(view, 'take')
  return (
    <>
      <p className="soft small">{say('case.take.hint')}</p>
      <Button isPending={taking.isPending} onPress={() => taking.mutate({})}>
        {say('case.take')}
      </Button>
      <Mishap error={taking.error} />
    </>
  )
}

function HandOver({ view, me, onCancel }: Props & { readonly onCancel: () => void }) {
  const { say } = useDesk()
  const [to, setTo] = useState('')
  const handing = useResponderDeed(view, 'hand-over')
  const others = view.eligible.filter(({ id }) => id !== me && view.keyholders.includes(id))
  // The secondary first: it is theirs by the rules (G3).
  const order = (id: string): number => (view.receivers.includes(id) ? 0 : 1)
  return (
    <>
      <PickOne
        label={say('case.hand-over.to')}
        hint={say('case.hand-over.hint')}
        value={to}
        onChange={setTo}
        choices={[
          { value: '', label: say('shepherd.who.choose') },
          ...others
            .toSorted((a, b) => order(a.id) - order(b.id))
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Button isDisabled={to === ''} isPending={handing.isPending} onPress={() => handing.mutate({ to })}>
        {say('case.hand-over.do')}
      </Button>
      <Button look="quiet" onPress={onCancel}>
        {say('app.cancel')}
      </Button>
      <Mishap error={handing.error} />
    </>
  )
}

function useResponderDeed(view: CaseView, deed: 'take' | 'hand-over') {
  const { api } = useDesk()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: { readonly to?: string }) =>
      api.send('POST', path`/cases/${view.id}/${deed}`, { ...given, version: view.version }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['cases'] }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['case', view.id] }),
  })
}
