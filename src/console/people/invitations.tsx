import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { path } from '../api/client.ts'
import type { InvitationLine, MemberLine, Membership } from '../api/shapes.ts'
import { type Say, useDesk, useOwnKeys } from '../desk.tsx'
import { invitationLife, newInvitation } from '../invitation/invitation.ts'
import { Button } from '../pieces/button.tsx'
import { Choice, Field, Tick } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { dateAndTime } from '../when.ts'

interface InviteProps {
  readonly me: Membership
  /** The member who gets new keys; null: somebody new is invited. */
  readonly replaces: MemberLine | null
  readonly onDone: () => void
}

/** Invites somebody by a link that works once, or gives a member who lost their keys a way to new ones. */
export function InviteForm({ me, replaces, onDone }: InviteProps) {
  const { api, say, now } = useDesk()
  const { keyring } = useOwnKeys()
  const queries = useQueryClient()
  const section = useRef<HTMLElement>(null)
  const [note, setNote] = useState(replaces?.name ?? '')
  const [standing, setStanding] = useState(replaces?.standing ?? 'member')
  const [chair, setChair] = useState(replaces?.chair ?? false)
  const [isTried, setTried] = useState(false)
  const { community } = me
  useEffect(() => {
    if (replaces !== null) section.current?.scrollIntoView({ block: 'center' })
  }, [replaces])
  const inviting = useMutation({
    mutationFn: async () => {
      const { id, delegation, link } = newInvitation(
        {
          community: community.id,
          standing,
          replaces: replaces?.id ?? null,
          by: me.id,
          expires: now() + invitationLife,
        },
        keyring.signingSeed,
        location.origin,
      )
      await api.send('POST', path`/communities/${community.shortName}/invitations`, {
        id,
        standing,
        chair: standing === 'member' && chair,
        note: note.trim(),
        delegation,
        replaces: replaces?.id ?? null,
      })
      return link
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['invitations', community.shortName] }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (note.trim() !== '' && !inviting.isPending) inviting.mutate()
  }
  const another = (): void => {
    inviting.reset()
    setNote('')
    setTried(false)
    onDone()
  }
  return (
    <section className="panel" ref={section}>
      <h2>{replaces === null ? say('invite.title') : say('invite.keys.title', { name: replaces.name })}</h2>
      {inviting.data !== undefined ? (
        <Link link={inviting.data} note={note} onDone={another} />
      ) : (
        <form onSubmit={submit}>
          {replaces === null ? (
            <>
              <Field
                label={say('invite.note')}
                hint={say('invite.note.hint')}
                autoComplete="off"
                value={note}
                onChange={setNote}
                error={isTried && note.trim() === '' ? say('invite.note.missing') : null}
              />
              <Choice
                label={say('invite.standing')}
                value={standing}
                onChange={setStanding}
                choices={[
                  { value: 'member', label: say('people.member'), hint: say('invite.member.hint') },
                  { value: 'organizer', label: say('people.organizer'), hint: say('invite.organizer.hint') },
                ]}
              />
              {standing === 'member' && (
                <Tick
                  label={say('invite.chair')}
                  hint={say('invite.chair.hint')}
                  isOn={chair}
                  onChange={setChair}
                />
              )}
            </>
          ) : (
            <p>{say('invite.keys.text', { name: replaces.name })}</p>
          )}
          <p className="buttons">
            <Button look="main" type="submit" isPending={inviting.isPending}>
              {say('invite.make')}
            </Button>
            {replaces !== null && <Button onPress={onDone}>{say('app.cancel')}</Button>}
          </p>
          <Mishap error={inviting.error} />
        </form>
      )}
    </section>
  )
}

interface LinkProps {
  readonly link: string
  readonly note: string
  readonly onDone: () => void
}

/** The link, once: its secret half was made here and is kept nowhere. */
function Link({ link, note, onDone }: LinkProps) {
  const { say } = useDesk()
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = (): void => {
    navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <>
      <Notice tone="good" role="status">
        {say('invite.made', { note })}
      </Notice>
      <p className="link-box">{link}</p>
      <p className="buttons">
        <Button look="main" onPress={copy}>
          <Copy aria-hidden="true" /> {say('invite.copy')}
        </Button>
        <Button onPress={onDone}>{say('invite.another')}</Button>
        <span role="status">{copied !== null && say(copied ? 'invite.copied' : 'invite.copy-failed')}</span>
      </p>
    </>
  )
}

interface InvitationsProps {
  readonly me: Membership
  readonly members: readonly MemberLine[]
}

/** The invitations there are, and taking one back. */
export function Invitations({ me, members }: InvitationsProps) {
  const { api, say, now, language } = useDesk()
  const { shortName, timeZone } = me.community
  const query = useQuery({
    queryKey: ['invitations', shortName],
    queryFn: () => api.get<readonly InvitationLine[]>(path`/communities/${shortName}/invitations`),
  })
  return (
    <section className="panel">
      <h2>{say('invite.list')}</h2>
      {query.isPending && <Waiting />}
      {query.isError && <CouldNotLoad error={query.error} again={query.refetch} />}
      {query.data?.length === 0 && <p className="soft">{say('invite.none')}</p>}
      <ul className="members">
        {query.data?.map((line) => (
          <li key={line.id}>
            <p>
              <b>{line.note || members.find(({ id }) => id === line.replaces)?.name}</b>{' '}
              <span className="tag">{say(`people.${line.standing}`)}</span>
            </p>
            <p className="soft small">
              {stateOf(line, now(), say, (at) => dateAndTime(at, now(), timeZone, language))}
            </p>
            {isOpen(line, now()) && <Revoke line={line} community={shortName} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

const isOpen = ({ usedAt, revokedAt, expiresAt }: InvitationLine, now: number): boolean =>
  usedAt === null && revokedAt === null && expiresAt > now

function stateOf(line: InvitationLine, now: number, say: Say, said: (at: number) => string): string {
  if (line.usedAt !== null) return say('invite.used', { time: said(line.usedAt) })
  if (line.revokedAt !== null) return say('invite.revoked', { time: said(line.revokedAt) })
  return say(line.expiresAt > now ? 'invite.until' : 'invite.expired', { time: said(line.expiresAt) })
}

function Revoke({ line, community }: { readonly line: InvitationLine; readonly community: string }) {
  const { api, say } = useDesk()
  const queries = useQueryClient()
  const revoking = useMutation({
    mutationFn: () => api.send('DELETE', path`/communities/${community}/invitations/${line.id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['invitations', community] }),
  })
  return (
    <>
      <Button
        look="quiet"
        isPending={revoking.isPending}
        onPress={() => revoking.mutate()}
        aria-label={say('invite.revoke.named', { note: line.note })}
      >
        {say('invite.revoke')}
      </Button>
      <Mishap error={revoking.error} />
    </>
  )
}
