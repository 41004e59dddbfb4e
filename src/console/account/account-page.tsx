import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Printer, TextCursorInput } from 'lucide-react'
import { useState } from 'react'
import { languages } from '../../procedure/playbook.ts'
import { path } from '../api/client.ts'
import type { NewUnlocker, Session, SessionLine, UnlockerLine } from '../api/shapes.ts'
import { Channels } from '../channels/channels.tsx'
import { useDesk, useOwnKeys } from '../desk.tsx'
import { newKit } from '../keys/kit.ts'
import { KitStep } from '../keys/kit-step.tsx'
import { NewPasskeyButton } from '../keys/new-passkey-button.tsx'
import { NewPassphraseForm } from '../keys/new-passphrase-form.tsx'
import { passkeysWork } from '../keys/passkey.ts'
import { newRecoveryKit } from '../keys/unlock.ts'
import { Button } from '../pieces/button.tsx'
import { Pick } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { Page } from '../pieces/page.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { useSignOut } from '../sign-in/gate.tsx'
import { useSession } from '../sign-in/session.ts'
import { dateAndTime } from '../when.ts'

/** One's own account: the ways in, where one is signed in, the language. */
export function AccountPage() {
  const { say, language, setLanguage } = useDesk()
  const session = useSession()
  const signOut = useSignOut()
  return (
    <Page title={session.account.name}>
      <p className="soft">{session.account.email}</p>
      <Channels email={session.account.email} />
      <Unlockers session={session} />
      <StayUnlocked />
      <Sessions />
      <section className="panel">
        <Pick
          label={say('language.switch')}
          value={language}
          onChange={(chosen) => {
            const found = languages.find((each) => each === chosen)
            if (found) setLanguage(found)
          }}
          choices={[
            { value: 'en', label: 'English' },
            { value: 'es', label: 'Español' },
          ]}
        />
      </section>
      <Button onPress={() => void signOut()}>{say('account.sign-out')}</Button>
    </Page>
  )
}

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

function Unlockers({ session }: { readonly session: Session }) {
  const { api, say } = useDesk()
  const { keyring } = useOwnKeys()
  const queries = useQueryClient()
  const [adding, setAdding] = useState<'passphrase' | 'recovery' | null>(null)
  const [kit, setKit] = useState<readonly string[]>([])
  const refresh = () => queries.invalidateQueries({ queryKey: ['session'] })
  const { account, unlockers } = session
  const has = (kind: UnlockerLine['kind']): boolean => unlockers.some((unlocker) => unlocker.kind === kind)
  const add = async (unlocker: NewUnlocker): Promise<void> => {
    await api.send('POST', '/unlockers', unlocker)
    setAdding(null)
    await refresh()
  }
  const addingKit = useMutation({
    mutationFn: async () => add(await newRecoveryKit(keyring, kit, say('account.unlocker.recovery'))),
  })
  const opening = unlockers.filter(({ unlocks }) => unlocks).length
  return (
    <section className="panel">
      <h2>{say('account.unlockers')}</h2>
      <p className="soft small">{say('account.unlockers.text')}</p>
      {opening < 2 && <Notice tone="warn">{say('account.one-unlocker')}</Notice>}
      <ul className="members">
        {unlockers.map((unlocker) => (
          <li key={unlocker.id}>
            <Unlocker unlocker={unlocker} isOnly={unlockers.length === 1} />
          </li>
        ))}
      </ul>
      {adding === null && (
        <div className="buttons">
          {passkeysWork() && (
            <NewPasskeyButton person={account} keyring={keyring} onMade={add} look="plain" />
          )}
          <Button onPress={() => setAdding('passphrase')}>
            <TextCursorInput aria-hidden="true" />{' '}
            {say(has('passphrase') ? 'account.new-passphrase' : 'account.add-passphrase')}
          </Button>
          <Button
            onPress={() => {
              setKit(newKit())
              setAdding('recovery')
            }}
          >
            <Printer aria-hidden="true" /> {say(has('recovery') ? 'account.new-kit' : 'account.add-kit')}
          </Button>
        </div>
      )}
      {adding === 'passphrase' && (
        <>
          {has('passphrase') && <p>{say('account.replaces-passphrase')}</p>}
          <NewPassphraseForm keyring={keyring} onMade={add} submitLabel={say('app.save')} />
        </>
      )}
      {adding === 'recovery' && (
        <>
          {has('recovery') && <p>{say('account.replaces-kit')}</p>}
          <KitStep
            name={say('kit.yours.name')}
            owner={`${account.name} · ${account.email} · ${location.host}`}
            purpose={say('kit.yours.purpose', { address: `${location.origin}/console` })}
            words={kit}
            onConfirmed={() => addingKit.mutate()}
            submitLabel={say('app.save')}
          />
          <Mishap error={addingKit.error} />
        </>
      )}
      {adding !== null && (
        <Button look="quiet" onPress={() => setAdding(null)}>
          {say('app.cancel')}
        </Button>
      )}
    </section>
  )
}

interface UnlockerProps {
  readonly unlocker: UnlockerLine
  readonly isOnly: boolean
}

function Unlocker({ unlocker, isOnly }: UnlockerProps) {
  const { api, say, now, language } = useDesk()
  const queries = useQueryClient()
  const removing = useMutation({
    mutationFn: () => api.send('DELETE', path`/unlockers/${unlocker.id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['session'] }),
  })
  const kind = say(`account.unlocker.${unlocker.kind}`)
  const said = (at: number): string => dateAndTime(at, now(), zone(), language)
  return (
    <>
      <p>
        <KeyRound aria-hidden="true" /> <b>{kind}</b>
        {unlocker.label !== kind && unlocker.label !== '' && ` · ${unlocker.label}`}
        {!unlocker.unlocks && <span className="tag due">{say('account.no-unlock')}</span>}
      </p>
      <p className="soft small">
        {say('account.made', { time: said(unlocker.createdAt) })} ·{' '}
        {unlocker.usedAt === null
          ? say('account.never-used')
          : say('account.used', { time: said(unlocker.usedAt) })}
      </p>
      {!isOnly && (
        <Button
          look="quiet"
          isPending={removing.isPending}
          onPress={() => removing.mutate()}
          aria-label={say('account.remove.named', { name: `${kind} ${unlocker.label}` })}
        >
          {say('account.remove')}
        </Button>
      )}
      <Mishap error={removing.error} />
    </>
  )
}

/** The explicit choice that this device stays unlocked, and taking it back. */
function StayUnlocked() {
  const { device, say, now, language } = useDesk()
  const held = useOwnKeys()
  const queries = useQueryClient()
  const until = useQuery({ queryKey: ['stay-unlocked'], queryFn: () => device.until() })
  const changing = useMutation({
    mutationFn: (stay: boolean) => (stay ? device.stayUnlocked(held) : device.forget()),
    onSettled: () => queries.invalidateQueries({ queryKey: ['stay-unlocked'] }),
  })
  const isOn = typeof until.data === 'number'
  return (
    <section className="panel">
      <h2>{say('account.device')}</h2>
      <p>
        {isOn
          ? say('account.stays', { time: dateAndTime(until.data as number, now(), zone(), language) })
          : say('account.locks')}
      </p>
      <Button onPress={() => changing.mutate(!isOn)}>{say(isOn ? 'account.forget' : 'sign-in.stay')}</Button>
      {!isOn && <p className="soft small">{say('sign-in.stay.hint')}</p>}
    </section>
  )
}

function Sessions() {
  const { api, say } = useDesk()
  const query = useQuery({
    queryKey: ['sessions'],
    queryFn: () => api.get<readonly SessionLine[]>('/sessions'),
  })
  return (
    <section className="panel">
      <h2>{say('account.sessions')}</h2>
      {query.isPending && <Waiting />}
      {query.isError && <CouldNotLoad error={query.error} again={query.refetch} />}
      <ul className="members">
        {query.data?.map((session) => (
          <li key={session.handle}>
            <SignedInAt session={session} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function SignedInAt({ session }: { readonly session: SessionLine }) {
  const { api, say, now, language } = useDesk()
  const queries = useQueryClient()
  const ending = useMutation({
    mutationFn: () => api.send('DELETE', path`/sessions/${session.handle}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  })
  return (
    <>
      <p>
        <b>{session.label}</b>
        {session.current && <span className="tag">{say('account.this-one')}</span>}
      </p>
      <p className="soft small">
        {say('account.seen', { time: dateAndTime(session.seenAt, now(), zone(), language) })}
      </p>
      {!session.current && (
        <Button
          look="quiet"
          isPending={ending.isPending}
          onPress={() => ending.mutate()}
          aria-label={say('account.end.named', { name: session.label })}
        >
          {say('account.end')}
        </Button>
      )}
      <Mishap error={ending.error} />
    </>
  )
}
