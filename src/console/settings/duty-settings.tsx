import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { path } from '../api/client.ts'
import type { DutyLine, Membership } from '../api/shapes.ts'
import { ChannelWarning } from '../channels/channel-warning.tsx'
import { useDesk } from '../desk.tsx'
import { membersQuery } from '../inbox/inbox.ts'
import { Button } from '../pieces/button.tsx'
import { Field, Pick } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { dateAndTime } from '../when.ts'
import { instantOf, wallClockOf } from './duty-time.ts'

/** Two ways to unlock, before somebody can be on call. */
const unlockersOnCall = 2

/** Who is on call, set by hand (G1). */
export function DutySettings({ me }: { readonly me: Membership }) {
  const { api, say, now, language } = useDesk()
  const { shortName, timeZone } = me.community
  const members = useQuery(membersQuery(api, shortName))
  const duties = useQuery({
    queryKey: ['duty', shortName],
    queryFn: () => api.get<readonly DutyLine[]>(path`/communities/${shortName}/duty`),
  })
  const nameOf = (id: string | null): string => members.data?.find((member) => member.id === id)?.name ?? ''
  const current = duties.data?.findLast(({ startsAt }) => startsAt <= now())
  const shown = duties.data?.filter((duty) => duty === current || duty.startsAt > now())
  return (
    <>
      <p className="soft">{say('duty.intro')}</p>
      {duties.isPending && <Waiting />}
      {duties.isError && <CouldNotLoad error={duties.error} again={duties.refetch} />}
      {shown?.length === 0 && <Notice tone="warn">{say('duty.none')}</Notice>}
      <ol className="members">
        {shown?.map((duty) => (
          <li key={duty.id}>
            <p>
              <b>{[duty.primary, duty.secondary].map(nameOf).filter(Boolean).join(', ')}</b>
              {duty === current && <span className="tag due">{say('duty.now')}</span>}
            </p>
            <p className="soft small">
              {say('duty.from', { time: dateAndTime(duty.startsAt, now(), timeZone, language) })}
            </p>
          </li>
        ))}
      </ol>
      {members.data && duties.data && (
        <DutyForm
          me={me}
          members={members.data.filter(({ active, standing }) => active && standing === 'member')}
        />
      )}
    </>
  )
}

interface FormProps {
  readonly me: Membership
  readonly members: readonly {
    readonly id: string
    readonly name: string
    readonly unlockers: number | null
  }[]
}

function DutyForm({ me, members }: FormProps) {
  const { api, say, now } = useDesk()
  const queries = useQueryClient()
  const { shortName, timeZone } = me.community
  const [from, setFrom] = useState(() => wallClockOf(now(), timeZone))
  const [primary, setPrimary] = useState(members[0]?.id ?? '')
  const [secondary, setSecondary] = useState('')
  const startsAt = instantOf(from, timeZone)
  const naming = useMutation({
    mutationFn: () =>
      api.send('POST', path`/communities/${shortName}/duty`, {
        startsAt,
        primary,
        secondary: secondary === '' ? null : secondary,
      }),
    onSuccess: () => {
      for (const key of ['duty', 'on-call', 'members'])
        void queries.invalidateQueries({ queryKey: [key, shortName] })
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (startsAt !== null && !naming.isPending) naming.mutate()
  }
  const choices = members.map(({ id, name, unlockers }) => ({
    value: id,
    label: unlockers !== null && unlockers < unlockersOnCall ? say('duty.one-unlocker', { name }) : name,
  }))
  return (
    <section className="panel">
      <h2>{say('duty.title')}</h2>
      <form onSubmit={submit}>
        <Pick label={say('turn.primary')} value={primary} onChange={setPrimary} choices={choices} />
        <Pick
          label={say('turn.secondary')}
          value={secondary}
          onChange={setSecondary}
          choices={[
            { value: '', label: say('duty.nobody') },
            ...choices.filter(({ value }) => value !== primary),
          ]}
        />
        <Field
          label={say('duty.when')}
          hint={say('duty.when.hint', { zone: timeZone.replaceAll('_', ' ') })}
          type="datetime-local"
          value={from}
          onChange={setFrom}
          error={startsAt === null ? say('duty.when.wrong') : null}
        />
        <ChannelWarning community={shortName} members={[primary, secondary]} />
        <Button look="main" type="submit" isPending={naming.isPending}>
          {say('duty.set')}
        </Button>
        {naming.isSuccess && (
          <Notice tone="good" role="status">
            {say('app.saved')}
          </Notice>
        )}
        <Mishap error={naming.error} />
      </form>
    </section>
  )
}
