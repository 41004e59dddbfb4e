import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type { Keyring } from '../../sealing/keyring.ts'
import type { SealedUnlocker, Session } from '../api/shapes.ts'
import { useDesk, useHeldKeys } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Notice } from '../pieces/notice.tsx'
import { Title } from '../pieces/page.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { sessionQuery } from './session.ts'
import {
  type Entered,
  signInWithKit,
  signInWithPasskey,
  signInWithPassphrase,
  unlockWithKit,
  unlockWithPasskey,
  unlockWithPassphrase,
  waysToUnlock,
} from './sign-in.ts'
import { WaysIn } from './ways-in.tsx'

/** Lets through whoever is signed in and has their keyring unlocked; asks everybody else, at the same address. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const { api, say } = useDesk()
  const held = useHeldKeys()
  const session = useQuery(sessionQuery(api))
  if (session.isPending)
    return (
      <Door title={null}>
        <Waiting />
      </Door>
    )
  if (session.data === undefined)
    return (
      <Door title={say('sign-in.title')}>
        <CouldNotLoad error={session.error} again={session.refetch} />
      </Door>
    )
  if (session.data === null) return <SignIn />
  if (held?.account !== session.data.account.id) return <Locked session={session.data} />
  return children
}

/** The frame of what is in front of the gate. */
export function Door({ title, children }: { readonly title: string | null; readonly children: ReactNode }) {
  return (
    <main className="door">
      {title !== null && <Title title={title} />}
      {children}
    </main>
  )
}

function useEnter(): (entered: Entered, stay: boolean) => Promise<void> {
  const { keys, device, api } = useDesk()
  const queries = useQueryClient()
  return async ({ signedIn, keyring }, stay) => {
    if (keyring !== null) {
      const held = { account: signedIn.account.id, keyring }
      keys.hold(held)
      if (stay) await device.stayUnlocked(held)
    }
    await queries.fetchQuery({ ...sessionQuery(api), staleTime: 0 })
  }
}

function SignIn() {
  const { api, workOut, say } = useDesk()
  const enter = useEnter()
  return (
    <Door title={say('sign-in.title')}>
      <p className="soft">{say('sign-in.intro')}</p>
      <WaysIn
        asksEmail={true}
        passkeyLabel={say('sign-in.passkey')}
        submitLabel={say('sign-in.submit')}
        passkey={async (stay) => enter(await signInWithPasskey(api), stay)}
        passphrase={async ({ email, secret }, stay, onProgress) =>
          enter(await signInWithPassphrase(api, workOut, { email, passphrase: secret }, onProgress), stay)
        }
        kit={async ({ email, secret }, stay) =>
          enter(await signInWithKit(api, { email, words: secret }), stay)
        }
      />
      <p className="soft small">{say('sign-in.lost')}</p>
    </Door>
  )
}

/** Somebody is signed in, and their keyring is not open: perhaps this device keeps it. */
function Locked({ session }: { readonly session: Session }) {
  const { device, keys } = useDesk()
  const [isAsked, setAsked] = useState(false)
  useEffect(() => {
    let isGone = false
    device.unlocked(session.account.id).then((kept) => {
      if (isGone) return
      if (kept === null) setAsked(true)
      else keys.hold(kept)
    })
    return () => {
      isGone = true
    }
  }, [device, keys, session.account.id])
  if (isAsked) return <Unlock session={session} />
  return (
    <Door title={null}>
      <Waiting />
    </Door>
  )
}

function Unlock({ session }: { readonly session: Session }) {
  const { api, keys, device, workOut, say } = useDesk()
  const unlockers = useQuery({
    queryKey: ['keyrings'],
    queryFn: () => api.get<{ unlockers: readonly SealedUnlocker[] }>('/session/keyrings'),
    gcTime: 0,
  })
  const signOut = useSignOut()
  const hold = async (keyring: Keyring, stay: boolean): Promise<void> => {
    const held = { account: session.account.id, keyring }
    if (stay) await device.stayUnlocked(held)
    keys.hold(held)
  }
  const ways = unlockers.data && waysToUnlock(unlockers.data.unlockers)
  const isStuck = ways && ways.passkeys.length + ways.kits.length === 0 && ways.passphrase === null
  return (
    <Door title={say('unlock.title')}>
      <p>{say('unlock.intro', { name: session.account.name })}</p>
      {unlockers.isError && <CouldNotLoad error={unlockers.error} again={unlockers.refetch} />}
      {unlockers.isPending && <Waiting />}
      {isStuck && <Notice tone="warn">{say('unlock.stuck')}</Notice>}
      {ways && !isStuck && (
        <WaysIn
          asksEmail={false}
          passkeyLabel={say('unlock.passkey')}
          submitLabel={say('unlock.submit')}
          passkey={
            ways.passkeys.length === 0
              ? null
              : async (stay) => hold(await unlockWithPasskey(ways, session), stay)
          }
          passphrase={
            ways.passphrase === null
              ? null
              : async ({ secret }, stay, onProgress) =>
                  hold(await unlockWithPassphrase(ways, session, workOut, secret, onProgress), stay)
          }
          kit={
            ways.kits.length === 0
              ? null
              : async ({ secret }, stay) => hold(await unlockWithKit(ways, session, secret), stay)
          }
        />
      )}
      <p className="soft small">{say('unlock.lost')}</p>
      <Button look="quiet" onPress={() => void signOut()}>
        {say('account.sign-out')}
      </Button>
    </Door>
  )
}

/** Signs out here, on this device and on the server. */
export function useSignOut(): () => Promise<void> {
  const { api, device, lock, drafts } = useDesk()
  const queries = useQueryClient()
  return async () => {
    await device.forget()
    await api.send('DELETE', '/session').catch(() => {})
    queries.setQueryData(['session'], null)
    await lock()
    drafts.clear()
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  }
}
