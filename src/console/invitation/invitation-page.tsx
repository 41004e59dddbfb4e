import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { newId } from '../../sealing/bytes.ts'
import { newKeyring, publicKeysOf } from '../../sealing/keyring.ts'
import { type Api, Problem, path } from '../api/client.ts'
import type { Invitation, NewUnlocker, PublicKeys, SignedIn } from '../api/shapes.ts'
import { useDesk, useOwnKeys } from '../desk.tsx'
import { FirstUnlocker } from '../keys/first-unlocker.tsx'
import { newKit } from '../keys/kit.ts'
import { KitStep } from '../keys/kit-step.tsx'
import { SecondUnlocker } from '../keys/second-unlocker.tsx'
import { newRecoveryKit } from '../keys/unlock.ts'
import { Button } from '../pieces/button.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { Waiting } from '../pieces/waiting.tsx'
import { PersonForm } from '../set-up/person-form.tsx'
import { Door, Gate, useSignOut } from '../sign-in/gate.tsx'
import { sessionQuery, useSession } from '../sign-in/session.ts'
import { BrokenInvitation, type CheckedInvitation, checkInvitation, enterWith } from './invitation.ts'

const readInvitation = async (api: Api, id: string, seed: string): Promise<CheckedInvitation> =>
  checkInvitation(await api.get<Invitation>(path`/invitations/${id}`), seed)

/** Where an invitation's link leads: what it is for, and the way in. */
export function InvitationPage() {
  const { invitation: id } = useParams({ from: '/console/invitation/$invitation' })
  const { api, say } = useDesk()
  const [seed] = useState(() => location.hash.slice(1))
  const [isAccepting, setAccepting] = useState(false)
  const query = useQuery({
    queryKey: ['invitation', id],
    queryFn: () => readInvitation(api, id, seed),
    retry: false,
    // Once it is being accepted, the link is used: asking again would only say so.
    enabled: !isAccepting,
    structuralSharing: false,
  })
  const session = useQuery(sessionQuery(api))
  if (query.data && !session.isPending)
    return (
      <Invited
        checked={query.data}
        isSignedIn={session.data !== null && session.data !== undefined}
        seed={seed}
        onAccepting={() => setAccepting(true)}
      />
    )
  if (query.error)
    return (
      <Door title={say('invitation.failed.title')}>
        {query.error instanceof BrokenInvitation ? (
          <Notice tone="danger" role="alert">
            {say('invitation.broken')}
          </Notice>
        ) : (
          <Mishap error={query.error} />
        )}
        <p>
          <a href="/console">{say('set-up.to-console')}</a>
        </p>
      </Door>
    )
  return (
    <Door title={null}>
      <Waiting />
    </Door>
  )
}

interface InvitedProps {
  readonly checked: CheckedInvitation
  readonly isSignedIn: boolean
  readonly seed: string
  readonly onAccepting: () => void
}

function Invited({ checked, isSignedIn, seed, onAccepting }: InvitedProps) {
  const { say } = useDesk()
  const [way, setWay] = useState<'ask' | 'new' | 'own'>('ask')
  const signOut = useSignOut()
  const { invitation, fingerprint } = checked
  const { community, standing, replaces, invitedBy } = invitation
  if (way === 'new') return <NewKeys checked={checked} seed={seed} onAccepting={onAccepting} />
  if (way === 'own')
    return (
      <Gate>
        <JoinWithOwn checked={checked} seed={seed} onAccepting={onAccepting} />
      </Gate>
    )
  return (
    <Door
      title={
        replaces === null
          ? say('invitation.title', { community: community.name })
          : say('invitation.keys.title', { name: replaces.name })
      }
    >
      <p>
        {replaces === null
          ? say(`invitation.as.${standing}`, { name: invitedBy, community: community.name })
          : say('invitation.keys.text', { name: invitedBy, community: community.name })}
      </p>
      <p className="soft">{say(`invitation.means.${standing}`)}</p>
      <h2 className="small-title">{say('people.fingerprint')}</h2>
      <p className="fingerprint">{fingerprint}</p>
      <p className="soft small">{say('invitation.fingerprint.compare')}</p>
      {isSignedIn && replaces === null ? (
        <>
          <Notice>{say('invitation.signed-in')}</Notice>
          <Button look="main" onPress={() => setWay('own')}>
            {say('invitation.join-own')}
          </Button>
          <p>
            <Button look="quiet" onPress={() => void signOut()}>
              {say('invitation.somebody-else')}
            </Button>
          </p>
        </>
      ) : (
        <>
          <p className="soft small">{say('invitation.what-happens')}</p>
          <Button look="main" onPress={() => setWay('new')}>
            {say('invitation.begin')}
          </Button>
        </>
      )}
    </Door>
  )
}

interface AcceptProps {
  readonly checked: CheckedInvitation
  readonly seed: string
  readonly onAccepting: () => void
}

/** Sends the acceptance; where the directory has grown since it was read, once more after its newest entry. */
async function accept(
  api: Api,
  { checked, seed }: Omit<AcceptProps, 'onAccepting'>,
  given: {
    readonly member: string
    readonly id: string
    readonly account: { readonly name: string; readonly email: string } | null
    readonly keys: PublicKeys
    readonly unlockers: readonly NewUnlocker[]
  },
): Promise<SignedIn> {
  const { id, member, account, keys, unlockers } = given
  const send = (current: CheckedInvitation): Promise<SignedIn> =>
    api.send<SignedIn>('POST', path`/invitations/${id}/accept`, {
      memberId: member,
      account,
      keys,
      directoryEntry: enterWith(current, member, keys),
      unlockers,
    })
  return send(checked).catch(async (error: unknown) => {
    if (!(error instanceof Problem) || error.code !== 'directory-changed') throw error
    return send(await readInvitation(api, id, seed))
  })
}

const useInvitationId = (): string => useParams({ from: '/console/invitation/$invitation' }).invitation

/** Somebody who has an account here already joins with the keys they have. */
function JoinWithOwn({ checked, seed, onAccepting }: AcceptProps) {
  const { api, say } = useDesk()
  const { account } = useSession()
  const held = useOwnKeys()
  const id = useInvitationId()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const joining = useMutation({
    mutationFn: async () => {
      onAccepting()
      const keys = await publicKeysOf(held.keyring)
      await accept(api, { checked, seed }, { id, member: newId(), account: null, keys, unlockers: [] })
      await queries.invalidateQueries({ queryKey: ['session'] })
      await navigate({ to: '/console', replace: true })
    },
  })
  return (
    <Door title={say('invitation.title', { community: checked.invitation.community.name })}>
      <p>{say('invitation.join-as', { name: account.name, email: account.email })}</p>
      <Button look="main" isPending={joining.isPending} onPress={() => joining.mutate()}>
        {say('invitation.join')}
      </Button>
      <Mishap error={joining.error} />
    </Door>
  )
}

type Step = 'person' | 'kit' | 'unlocker' | 'second'

/** Somebody new, or somebody whose keys are lost: a new keyring, its kit, and two ways to open it. */
function NewKeys({ checked, seed, onAccepting }: AcceptProps) {
  const { api, keys: holder, say } = useDesk()
  const id = useInvitationId()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { replaces, community } = checked.invitation
  const [step, setStep] = useState<Step>('person')
  const [person, setPerson] = useState({ name: replaces?.name ?? '', email: '' })
  const [keyring] = useState(newKeyring)
  const [kit] = useState(newKit)
  const [member] = useState(() => replaces?.id ?? newId())
  const [first, setFirst] = useState<NewUnlocker | null>(null)

  const enter = async (unlocker: NewUnlocker): Promise<void> => {
    onAccepting()
    const account = { name: person.name.trim(), email: person.email.trim() }
    const signedIn = await accept(
      api,
      { checked, seed },
      {
        id,
        member,
        account,
        keys: await publicKeysOf(keyring),
        unlockers: [unlocker, await newRecoveryKit(keyring, kit, say('account.unlocker.recovery'))],
      },
    )
    holder.hold({ account: signedIn.account.id, keyring })
    setFirst(unlocker)
    setStep('second')
  }
  const finish = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['session'] })
    await navigate({ to: '/console', replace: true })
  }
  const back = (to: Step): ReactNode => (
    <p className="no-print">
      <Button look="quiet" onPress={() => setStep(to)}>
        {say('app.back')}
      </Button>
    </p>
  )
  switch (step) {
    case 'person':
      return (
        <Door title={say('person.title')}>
          <PersonForm person={person} onChange={setPerson} onDone={() => setStep('kit')} />
        </Door>
      )
    case 'kit':
      return (
        <Door title={say('kit.yours.title')}>
          <p>{say('kit.yours.intro')}</p>
          <KitStep
            name={say('kit.yours.name')}
            owner={`${person.name} · ${person.email} · ${location.host}`}
            purpose={say('kit.yours.purpose', { address: `${location.origin}/console` })}
            words={kit}
            onConfirmed={() => setStep('unlocker')}
            submitLabel={say('app.next')}
          />
          {back('person')}
        </Door>
      )
    case 'unlocker':
      return (
        <Door title={say('first.title')}>
          <p>{say('first.intro')}</p>
          <FirstUnlocker
            person={person}
            keyring={keyring}
            onMade={enter}
            submitLabel={say('invitation.enter', { community: community.name })}
          />
          {back('kit')}
        </Door>
      )
    case 'second':
      return (
        <Door title={say('second.title')}>
          {first && (
            <SecondUnlocker person={person} keyring={keyring} first={first} onDone={() => void finish()} />
          )}
        </Door>
      )
  }
}
