import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { path } from '../api/client.ts'
import { useDesk, useOwnKeys } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Pick } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { directoryQuery } from './case.ts'
import type { NameOf } from './name-of.ts'
import type { OpenedCase } from './open-case.ts'
import { nextEpoch } from './seal-epoch.ts'

interface Props {
  readonly opened: OpenedCase
  /** Member id. */
  readonly me: string
  readonly nameOf: NameOf
}

/** Which request a new epoch goes with, and who is left out of it. */
type Start =
  | { readonly deed: 'step-aside' }
  | { readonly deed: 'epochs' }
  | { readonly deed: 'set-aside'; readonly about: string }

/** Seals a case anew in this browser and sends it, with what it is done for (K3). */
function useNewEpoch({ opened, me }: Omit<Props, 'nameOf'>) {
  const desk = useDesk()
  const queries = useQueryClient()
  const { keyring } = useOwnKeys()
  const navigate = useNavigate()
  const { view } = opened
  return useMutation({
    mutationFn: async (start: Start) => {
      // Keys replaced a moment ago are in the newest directory only.
      const newest = await queries.fetchQuery({ ...directoryQuery(desk, view.community), staleTime: 0 })
      const without = start.deed === 'set-aside' ? start.about : start.deed === 'step-aside' ? me : null
      const epoch = await nextEpoch(opened, newest, { member: me, keyring, without, at: desk.now() })
      const about = start.deed === 'set-aside' ? { about: start.about } : {}
      await desk.api.send('POST', path`/cases/${view.id}/${start.deed}`, { ...about, ...epoch })
    },
    onSuccess: async (_, { deed }) => {
      void queries.invalidateQueries({ queryKey: ['cases'] })
      if (deed !== 'step-aside') return
      // Nothing of it stays in this window.
      await navigate({ to: '/console' })
      queries.removeQueries({ queryKey: ['case', view.id] })
    },
    onSettled: (_, error, { deed }) =>
      deed === 'step-aside' && error === null
        ? undefined
        : queries.invalidateQueries({ queryKey: ['case', view.id] }),
  })
}

/**
 * Makes the epoch that whoever stepped aside never held, as soon as another member opens the case (K3). Where two do so at
 * once the second is refused, and need not.
 */
export function RenewEpoch({ opened, me }: Omit<Props, 'nameOf'>) {
  const { mutate } = useNewEpoch({ opened, me })
  const isBegun = useRef(false)
  const isNeeded = opened.view.renewEpoch && opened.canWrite
  useEffect(() => {
    if (!isNeeded || isBegun.current) return
    isBegun.current = true
    mutate({ deed: 'epochs' })
  }, [isNeeded, mutate])
  return null
}

/** Conflicts of interest that are found later: one's own, and another member's (K3). */
export function ConflictPanel({ opened, me, nameOf }: Props) {
  const { say } = useDesk()
  const { view } = opened
  const starting = useNewEpoch({ opened, me })
  const [isAsked, setAsked] = useState<'self' | 'other' | null>(null)
  if (!opened.canWrite) return null
  const said = new Set(view.conflicts.map(({ member }) => member))
  const others = view.eligible.filter(({ id }) => id !== me && !said.has(id))
  return (
    <section className="panel">
      <h2>{say('conflict.title')}</h2>
      {view.conflicts.map((conflict) => (
        <Said
          key={conflict.member}
          opened={opened}
          me={me}
          nameOf={nameOf}
          conflict={conflict}
          isPending={starting.isPending}
          onDecide={() => starting.mutate({ deed: 'set-aside', about: conflict.member })}
        />
      ))}
      {isAsked === 'self' ? (
        <>
          <p>{say('conflict.step-aside.confirm')}</p>
          <Button
            look="danger"
            isPending={starting.isPending}
            onPress={() => starting.mutate({ deed: 'step-aside' })}
          >
            {say(starting.isPending ? 'write.sealing' : 'conflict.step-aside.do')}
          </Button>
          <Button look="quiet" onPress={() => setAsked(null)}>
            {say('app.cancel')}
          </Button>
        </>
      ) : (
        <Button look="quiet" onPress={() => setAsked('self')}>
          {say('conflict.step-aside')}
        </Button>
      )}
      {isAsked === 'other' ? (
        <SayOther opened={opened} others={others} onDone={() => setAsked(null)} />
      ) : (
        others.length > 0 && (
          <Button look="quiet" onPress={() => setAsked('other')}>
            {say('conflict.other')}
          </Button>
        )
      )}
      <Mishap error={starting.error} />
    </section>
  )
}

/** Whether another has a conflict, to be said: nobody asks why. */
function SayOther({
  opened: { view },
  others,
  onDone,
}: {
  readonly opened: OpenedCase
  readonly others: readonly { readonly id: string; readonly name: string }[]
  readonly onDone: () => void
}) {
  const { say } = useDesk()
  const [who, setWho] = useState('')
  const saying = useConflict(view.id, 'PUT', onDone)
  return (
    <>
      <Pick
        label={say('conflict.other.who')}
        hint={say('conflict.other.hint')}
        value={who}
        onChange={setWho}
        choices={[
          { value: '', label: say('shepherd.who.choose') },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Button isDisabled={who === ''} isPending={saying.isPending} onPress={() => saying.mutate(who)}>
        {say('conflict.other.do')}
      </Button>
      <Button look="quiet" onPress={onDone}>
        {say('app.cancel')}
      </Button>
      <Mishap error={saying.error} />
    </>
  )
}

/** What one member said of another: a second one decides. */
function Said({
  opened,
  me,
  nameOf,
  conflict,
  isPending,
  onDecide,
}: Props & {
  readonly conflict: OpenedCase['view']['conflicts'][number]
  readonly isPending: boolean
  readonly onDecide: () => void
}) {
  const { say } = useDesk()
  const withdrawing = useConflict(opened.view.id, 'DELETE', () => {})
  const name = nameOf(conflict.member)
  const isMine = conflict.saidBy === me
  return (
    <Notice tone="warn">
      <p>{say('conflict.said', { by: nameOf(conflict.saidBy), name })}</p>
      <div className="buttons">
        {!isMine && (
          <Button isPending={isPending} onPress={onDecide}>
            {say('conflict.decide', { name })}
          </Button>
        )}
        <Button
          look="quiet"
          isPending={withdrawing.isPending}
          onPress={() => withdrawing.mutate(conflict.member)}
        >
          {say(isMine ? 'conflict.withdraw' : 'conflict.disagree')}
        </Button>
      </div>
      <Mishap error={withdrawing.error} />
    </Notice>
  )
}

/** Says that a member has a conflict, or takes it back. */
function useConflict(caseId: string, method: 'PUT' | 'DELETE', onDone: () => void) {
  const { api } = useDesk()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (member: string) => api.send(method, path`/cases/${caseId}/conflicts/${member}`),
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ['case', caseId] }),
  })
}
