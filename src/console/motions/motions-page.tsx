import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type VoteOutcome, voteOutcomes } from '../../procedure/decision.ts'
import { path } from '../api/client.ts'
import type { MotionsAnswer } from '../api/shapes.ts'
import { directoryQuery } from '../case/case.ts'
import { useDesk, useOwnKeys } from '../desk.tsx'
import { membersQuery } from '../inbox/inbox.ts'
import { Button } from '../pieces/button.tsx'
import { Choice } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { Page } from '../pieces/page.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { membershipIn, useSession } from '../sign-in/session.ts'
import { dateAndTime } from '../when.ts'
import { type OpenedMotion, openMotions } from './open-motion.ts'

/** What the committee asks the organizers to decide (J3), opened with their own keys. */
export function MotionsPage() {
  const { community } = useParams({ from: '/console/communities/$community/motions' })
  const desk = useDesk()
  const { api, say } = desk
  const queries = useQueryClient()
  const { keyring } = useOwnKeys()
  const at = membershipIn(useSession(), community)?.community
  const query = useQuery({
    queryKey: ['motions', community],
    enabled: at !== undefined,
    queryFn: async () => {
      const motions = await api.get<MotionsAnswer>(path`/communities/${community}/motions`)
      const known = { id: at?.id ?? '', shortName: community }
      const directory = await queries.fetchQuery({ ...directoryQuery(desk, known), staleTime: 0 })
      return openMotions(motions, { community: known.id, keyring, directory })
    },
    structuralSharing: false,
    gcTime: 60_000,
  })
  return (
    <Page title={say('motions.title')}>
      <p className="soft">{say('motions.intro')}</p>
      {query.isPending && <Waiting />}
      {query.isError && <CouldNotLoad error={query.error} again={query.refetch} />}
      {query.data?.length === 0 && <p>{say('motions.none')}</p>}
      {query.data?.map((opened) => (
        <OneMotion
          key={opened.motion.id}
          opened={opened}
          community={community}
          zone={at?.timeZone ?? 'UTC'}
        />
      ))}
    </Page>
  )
}

interface Props {
  readonly opened: OpenedMotion
  /** Short name. */
  readonly community: string
  readonly zone: string
}

function OneMotion({ opened: { motion, text, isSound }, community, zone }: Props) {
  const { api, say, now, language } = useDesk()
  const members = useQuery(membersQuery(api, community))
  const name = members.data?.find(({ id }) => id === motion.movedBy)?.name ?? say('record.by.former')
  return (
    <section className="panel motion">
      <h2>{say('motions.from', { name })}</h2>
      <p className="soft small">{dateAndTime(motion.movedAt, now(), zone, language)}</p>
      {text === null ? (
        <p className="soft">{say('motions.unreadable')}</p>
      ) : (
        <>
          {!isSound && <Notice tone="danger">{say('motions.doubt')}</Notice>}
          <div className="sheet words">{text}</div>
        </>
      )}
      {motion.outcome === null ? (
        <Vote motion={motion.id} community={community} />
      ) : (
        <p>
          <b>{say(`motions.${motion.outcome}`)}</b>{' '}
          <span className="soft small">{dateAndTime(motion.votedAt ?? 0, now(), zone, language)}</span>
        </p>
      )}
    </section>
  )
}

function Vote({ motion, community }: { readonly motion: string; readonly community: string }) {
  const { api, say } = useDesk()
  const queries = useQueryClient()
  const [outcome, setOutcome] = useState<VoteOutcome | null>(null)
  const [isTried, setTried] = useState(false)
  const voting = useMutation({
    mutationFn: () => api.send('POST', path`/communities/${community}/motions/${motion}/vote`, { outcome }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['motions', community] }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (outcome !== null && !voting.isPending) voting.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Choice
        label={say('motions.vote')}
        hint={say('motions.sure')}
        value={outcome}
        onChange={setOutcome}
        choices={voteOutcomes.map((value) => ({ value, label: say(`motions.${value}`) }))}
        error={isTried && outcome === null ? say('motions.missing') : null}
        isRow
      />
      <Mishap error={voting.error} />
      <Button look="main" type="submit" isPending={voting.isPending}>
        {say('motions.record')}
      </Button>
    </form>
  )
}
