import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Bell, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { DirectoryBroken, signEntry } from '../../sealing/directory.ts'
import { path } from '../api/client.ts'
import type { MemberLine, Membership } from '../api/shapes.ts'
import { directoryQuery } from '../case/case.ts'
import { ChannelWarning } from '../channels/channel-warning.tsx'
import { useDesk, useOwnKeys } from '../desk.tsx'
import { membersQuery } from '../inbox/inbox.ts'
import { Button } from '../pieces/button.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { Page } from '../pieces/page.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { membershipIn, useSession } from '../sign-in/session.ts'
import { date } from '../when.ts'
import { DirectoryWarning } from './directory-warning.tsx'
import { Invitations, InviteForm } from './invitations.tsx'

/** Who is in a community, and by which keys they are known. */
export function PeoplePage() {
  const { community } = useParams({ from: '/console/communities/$community/people' })
  const { say, api } = useDesk()
  const me = membershipIn(useSession(), community)
  const members = useQuery(membersQuery(api, community))
  const [rekeyed, setRekeyed] = useState<MemberLine | null>(null)
  if (me === undefined) return <NotYours />
  const active = members.data?.filter((member) => member.active) ?? []
  const chairs = active.filter(({ chair }) => chair).length
  const left = members.data?.filter((member) => !member.active) ?? []
  return (
    <Page title={say('people.title')}>
      <p className="soft">{me.community.name}</p>
      {members.isPending && <Waiting />}
      {members.isError && <CouldNotLoad error={members.error} again={members.refetch} />}
      {active.length === 1 && me.chair && <Notice>{say('people.alone')}</Notice>}
      <ChannelWarning
        community={community}
        members={active.filter(({ onCall }) => onCall).map(({ id }) => id)}
      />
      <ul className="members">
        {active.map((member) => (
          <li key={member.id}>
            <Member
              member={member}
              me={me}
              isOnlyChair={member.chair && chairs === 1}
              onNewKeys={() => setRekeyed(member)}
            />
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <p className="soft small">{say('people.left', { names: left.map(({ name }) => name).join(', ') })}</p>
      )}
      {me.chair && (
        <>
          <InviteForm key={rekeyed?.id ?? 'new'} me={me} replaces={rekeyed} onDone={() => setRekeyed(null)} />
          <Invitations me={me} members={members.data ?? []} />
        </>
      )}
      <DirectoryPanel me={me} />
    </Page>
  )
}

/** An address of a community one is not in. */
export function NotYours() {
  const { say } = useDesk()
  return (
    <Page title={say('people.not-yours.title')}>
      <p>{say('people.not-yours.text')}</p>
    </Page>
  )
}

interface MemberProps {
  readonly member: MemberLine
  readonly me: Membership
  /** Somebody has to be. */
  readonly isOnlyChair: boolean
  readonly onNewKeys: () => void
}

function Member({ member, me, isOnlyChair, onNewKeys }: MemberProps) {
  const { api, say, language } = useDesk()
  const queries = useQueryClient()
  const { shortName, timeZone } = me.community
  const [isLeaving, setLeaving] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: ['members', shortName] })
  const changing = useMutation({
    mutationFn: (chair: boolean) =>
      api.send('PATCH', path`/communities/${shortName}/members/${member.id}`, { chair }),
    onSuccess: async () => {
      await refresh()
      if (member.id === me.id) await queries.invalidateQueries({ queryKey: ['session'] })
    },
  })
  const isMe = member.id === me.id
  return (
    <div className="member">
      <p className="member-head">
        <b>{member.name}</b>
        {isMe && <span className="soft"> {say('people.you')}</span>}
        <span className="tag">{say(`people.${member.standing}`)}</span>
        {member.chair && <span className="tag">{say('people.chair')}</span>}
        {member.onCall && (
          <span className="tag due">
            <Bell aria-hidden="true" /> {say('people.on-call')}
          </span>
        )}
      </p>
      <p className="soft small">
        {member.email !== null && `${member.email} · `}
        {say('people.since', { date: date(member.joinedAt, timeZone, language) })}
        {typeof member.unlockers === 'number' && ` · ${say('people.unlockers', { count: member.unlockers })}`}
        {member.channels !== null && ` · ${say('people.channels', { count: member.channels })}`}
        {(member.deadChannels ?? 0) > 0 &&
          ` · ${say('people.dead-channels', { count: member.deadChannels ?? 0 })}`}
      </p>
      {me.chair && (
        <p className="buttons">
          {member.standing === 'member' && !isOnlyChair && (
            <Button
              look="quiet"
              isPending={changing.isPending}
              onPress={() => changing.mutate(!member.chair)}
              aria-label={say(member.chair ? 'people.unchair.named' : 'people.make-chair.named', {
                name: member.name,
              })}
            >
              {say(member.chair ? 'people.unchair' : 'people.make-chair')}
            </Button>
          )}
          {!isMe && (
            <>
              <Button
                look="quiet"
                onPress={onNewKeys}
                aria-label={say('people.new-keys.named', { name: member.name })}
              >
                {say('people.new-keys')}
              </Button>
              <Button
                look="quiet"
                onPress={() => setLeaving(true)}
                aria-label={say('people.remove.named', { name: member.name })}
              >
                {say('people.remove')}
              </Button>
            </>
          )}
        </p>
      )}
      <Mishap error={changing.error} />
      {isLeaving && <Leave member={member} me={me} onDone={() => setLeaving(false)} />}
    </div>
  )
}

/** Removing a member (K4): asked once more, and signed into the key directory. */
function Leave({ member, me, onDone }: Pick<MemberProps, 'member' | 'me'> & { readonly onDone: () => void }) {
  const desk = useDesk()
  const { api, say, now } = desk
  const { keyring } = useOwnKeys()
  const queries = useQueryClient()
  const { community } = me
  const removing = useMutation({
    mutationFn: async () => {
      const directory = await queries.fetchQuery({ ...directoryQuery(desk, community), staleTime: 0 })
      const directoryEntry = signEntry(
        {
          v: 1,
          community: community.id,
          previous: directory.head,
          at: now(),
          member: member.id,
          act: 'remove',
          by: me.id,
        },
        keyring.signingSeed,
      )
      await api.send('DELETE', path`/communities/${community.shortName}/members/${member.id}`, {
        directoryEntry,
      })
    },
    onSuccess: async () => {
      onDone()
      await queries.invalidateQueries({ queryKey: ['members', community.shortName] })
      void queries.invalidateQueries({ queryKey: ['directory', community.shortName] })
    },
  })
  return (
    <Notice tone="warn" role="alert">
      <p>{say('people.remove.ask', { name: member.name })}</p>
      <p className="buttons">
        <Button look="danger" isPending={removing.isPending} onPress={() => removing.mutate()}>
          {say('people.remove.do', { name: member.name })}
        </Button>
        <Button onPress={onDone}>{say('app.cancel')}</Button>
      </p>
      <Mishap error={removing.error} />
    </Notice>
  )
}

/** The key directory: verified here, with the fingerprint that stands on the public page. */
function DirectoryPanel({ me: { community } }: { readonly me: Membership }) {
  const desk = useDesk()
  const { say } = desk
  const directory = useQuery(directoryQuery(desk, community))
  return (
    <section className="panel">
      <h2>{say('people.directory')}</h2>
      {directory.isPending && <Waiting />}
      {directory.error instanceof DirectoryBroken ? (
        <Notice tone="danger">{say('directory.broken', { entry: directory.error.at + 1 })}</Notice>
      ) : (
        directory.isError && <CouldNotLoad error={directory.error} again={directory.refetch} />
      )}
      {directory.data && (
        <>
          <DirectoryWarning directory={directory.data} community={community} />
          {directory.data.since !== 'replaced' && (
            <>
              <p className="trust good">
                <ShieldCheck aria-hidden="true" />{' '}
                {say('people.directory.checked', { count: directory.data.hashes.length })}
              </p>
              <p>{say('people.fingerprint')}</p>
              <p className="fingerprint">{directory.data.fingerprint}</p>
              <p className="soft small">{say('people.fingerprint.text')}</p>
            </>
          )}
        </>
      )}
    </section>
  )
}
