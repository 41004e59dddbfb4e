import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { newId } from '../../sealing/bytes.ts'
import { fingerprint, signEntry } from '../../sealing/directory.ts'
import { recipientOf } from '../../sealing/identity.ts'
import { newKeyring, publicKeysOf } from '../../sealing/keyring.ts'
import { communityRecoveryIdentity } from '../../sealing/unlocker.ts'
import { Problem } from '../api/client.ts'
import type { NewUnlocker, SetUp } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { FirstUnlocker } from '../keys/first-unlocker.tsx'
import { newKit } from '../keys/kit.ts'
import { KitStep } from '../keys/kit-step.tsx'
import { SecondUnlocker } from '../keys/second-unlocker.tsx'
import { newRecoveryKit } from '../keys/unlock.ts'
import { Button } from '../pieces/button.tsx'
import { Field, Pick, Tick } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { Title } from '../pieces/page.tsx'
import { isEmail, isShortName, shortNameFrom, timeZones } from './community-names.ts'
import { PersonForm } from './person-form.tsx'

const steps = ['community', 'founder', 'kit', 'community-kit', 'unlocker', 'second', 'done'] as const
type Step = (typeof steps)[number]

/** The guided first run: whoever holds the set-up link founds a community. */
export function SetUpPage() {
  const { say, api, keys, now } = useDesk()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [token] = useState(() => location.hash.slice(1))
  const [step, setStep] = useState<Step>('community')
  const [community, setCommunity] = useState<CommunityFields>({
    name: '',
    shortName: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    email: '',
    organizersEmail: '',
    phone: '',
  })
  const [founder, setFounder] = useState({ name: '', email: '' })
  const [ids] = useState(() => ({ community: newId(), member: newId() }))
  const [keyring] = useState(newKeyring)
  const [kit] = useState(newKit)
  const [communityKit] = useState(newKit)
  const [hasCommunityKit, setHasCommunityKit] = useState(true)
  // Whoever has to go back for another name does not have to keep the kits again.
  const [kept, setKept] = useState({ yours: false, community: false })
  const [first, setFirst] = useState<NewUnlocker | null>(null)
  const [printed, setPrinted] = useState('')

  const found = useMutation({
    mutationFn: async (unlocker: NewUnlocker) => {
      const publicKeys = await publicKeysOf(keyring)
      const recoveryRecipient = hasCommunityKit
        ? await recipientOf(communityRecoveryIdentity(communityKit.join(' ')))
        : null
      const directoryEntry = signEntry(
        {
          v: 1,
          community: ids.community,
          previous: null,
          at: now(),
          member: ids.member,
          act: 'found',
          keys: publicKeys,
          recovery: recoveryRecipient,
        },
        keyring.signingSeed,
      )
      const body: SetUp = {
        community: {
          name: community.name.trim(),
          shortName: community.shortName,
          timeZone: community.timeZone,
          contact: {
            email: orNull(community.email),
            organizersEmail: orNull(community.organizersEmail),
            phone: orNull(community.phone),
          },
        },
        communityId: ids.community,
        memberId: ids.member,
        founder: { name: founder.name.trim(), email: founder.email.trim() },
        keys: publicKeys,
        directoryEntry,
        recoveryRecipient,
        unlockers: [unlocker, await newRecoveryKit(keyring, kit, say('account.unlocker.recovery'))],
      }
      await api.send('POST', '/set-up', body, { authorization: `Setup ${token}` })
      const session = await api.get<{ account: { id: string } }>('/session')
      keys.hold({ account: session.account.id, keyring })
      setPrinted(fingerprint(directoryEntry))
      setFirst(unlocker)
      setStep('second')
    },
    onError: (error) => {
      if (error instanceof Problem && error.code === 'name-taken') setStep('community')
    },
  })

  const keptOrDeclined = (): void => {
    setKept({ ...kept, community: true })
    setStep('unlocker')
  }
  const begin = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['session'] })
    await navigate({
      to: '/console/communities/$community/people',
      params: { community: community.shortName },
      replace: true,
    })
  }

  if (token === '')
    return (
      <Frame step={null} title={say('set-up.title')}>
        <Notice tone="warn">{say('set-up.no-token')}</Notice>
        <p>
          <a href="/console">{say('set-up.to-console')}</a>
        </p>
      </Frame>
    )
  switch (step) {
    case 'community':
      return (
        <Frame step={step} title={say('set-up.community.title')}>
          <p className="soft">{say('set-up.intro')}</p>
          <Mishap error={found.error} />
          <CommunityForm fields={community} onChange={setCommunity} onDone={() => setStep('founder')} />
        </Frame>
      )
    case 'founder':
      return (
        <Frame step={step} title={say('set-up.founder.title')} onBack={() => setStep('community')}>
          <PersonForm
            person={founder}
            onChange={setFounder}
            onDone={() => setStep(!kept.yours ? 'kit' : kept.community ? 'unlocker' : 'community-kit')}
          />
        </Frame>
      )
    case 'kit':
      return (
        <Frame step={step} title={say('kit.yours.title')} onBack={() => setStep('founder')}>
          <p>{say('kit.yours.intro')}</p>
          <KitStep
            key="yours"
            name={say('kit.yours.name')}
            owner={`${founder.name} · ${founder.email} · ${location.host}`}
            purpose={say('kit.yours.purpose', { address: `${location.origin}/console` })}
            words={kit}
            onConfirmed={() => {
              setKept({ ...kept, yours: true })
              setStep('community-kit')
            }}
            submitLabel={say('app.next')}
          />
        </Frame>
      )
    case 'community-kit':
      return (
        <Frame step={step} title={say('kit.community.title')} onBack={() => setStep('kit')}>
          <p>{say('kit.community.intro')}</p>
          <Tick
            label={say('kit.community.decline')}
            isOn={!hasCommunityKit}
            onChange={(declines) => setHasCommunityKit(!declines)}
          />
          {hasCommunityKit ? (
            <KitStep
              key="community"
              name={say('kit.community.name')}
              owner={`${community.name} · ${location.host}/${community.shortName}`}
              purpose={say('kit.community.purpose')}
              words={communityKit}
              onConfirmed={keptOrDeclined}
              submitLabel={say('app.next')}
            />
          ) : (
            <>
              <Notice tone="warn">{say('kit.community.price')}</Notice>
              <Button look="main" onPress={keptOrDeclined}>
                {say('kit.community.without')}
              </Button>
            </>
          )}
        </Frame>
      )
    case 'unlocker':
      return (
        <Frame step={step} title={say('first.title')} onBack={() => setStep('community-kit')}>
          <p>{say('first.intro')}</p>
          <FirstUnlocker
            person={founder}
            keyring={keyring}
            onMade={(unlocker) => found.mutateAsync(unlocker)}
            submitLabel={say('set-up.found')}
          />
        </Frame>
      )
    case 'second':
      return (
        <Frame step={step} title={say('second.title')}>
          {first && (
            <SecondUnlocker person={founder} keyring={keyring} first={first} onDone={() => setStep('done')} />
          )}
        </Frame>
      )
    case 'done':
      return (
        <Frame step={step} title={say('set-up.done.title', { community: community.name })}>
          <p>{say('set-up.done.fingerprint')}</p>
          <p className="fingerprint">{printed}</p>
          <p>{say('set-up.done.next')}</p>
          <p>
            <a href={`/${community.shortName}`}>{`${location.host}/${community.shortName}`}</a>
          </p>
          <Button look="main" onPress={() => void begin()}>
            {say('set-up.done.begin')}
          </Button>
        </Frame>
      )
  }
}

const orNull = (typed: string): string | null => (typed.trim() === '' ? null : typed.trim())

interface FrameProps {
  readonly step: Step | null
  readonly title: string
  readonly children: ReactNode
  readonly onBack?: () => void
}

/** One thing per screen, and how far it is. */
function Frame({ step, title, children, onBack }: FrameProps) {
  const { say } = useDesk()
  const at = step === null ? -1 : steps.indexOf(step)
  return (
    <main className="door">
      {step !== null && (
        <>
          <div className="steps-bar" aria-hidden="true">
            {steps.map((each, index) => (
              <i key={each} className={index <= at ? 'on' : ''} />
            ))}
          </div>
          <p className="soft small no-print">{say('set-up.step', { number: at + 1, total: steps.length })}</p>
        </>
      )}
      <Title title={title} />
      {children}
      {onBack && (
        <p className="no-print">
          <Button look="quiet" onPress={onBack}>
            {say('app.back')}
          </Button>
        </p>
      )}
    </main>
  )
}

/** What the first step asks about a community. */
interface CommunityFields {
  readonly name: string
  readonly shortName: string
  readonly timeZone: string
  readonly email: string
  readonly organizersEmail: string
  readonly phone: string
}

interface CommunityFormProps {
  readonly fields: CommunityFields
  readonly onChange: (fields: CommunityFields) => void
  readonly onDone: () => void
}

function CommunityForm({ fields, onChange, onDone }: CommunityFormProps) {
  const { say } = useDesk()
  const [isTried, setTried] = useState(false)
  const [isOwnShortName, setOwnShortName] = useState(fields.shortName !== shortNameFrom(fields.name))
  const change = (some: Partial<CommunityFields>): void => onChange({ ...fields, ...some })
  const errors = {
    name: fields.name.trim() === '' ? say('set-up.community.name.missing') : null,
    shortName: isShortName(fields.shortName) ? null : say('set-up.community.short-name.wrong'),
    email: wrongEmail(fields.email, say('app.email.wrong')),
    organizersEmail: wrongEmail(fields.organizersEmail, say('app.email.wrong')),
  }
  const shown = (error: string | null): string | null => (isTried ? error : null)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (Object.values(errors).every((error) => error === null)) onDone()
    else setTried(true)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Field
        label={say('settings.community.name')}
        hint={say('set-up.community.name.hint')}
        autoComplete="organization"
        value={fields.name}
        onChange={(name) => change(isOwnShortName ? { name } : { name, shortName: shortNameFrom(name) })}
        error={shown(errors.name)}
      />
      <Field
        label={say('set-up.community.short-name')}
        hint={say('set-up.community.short-name.hint', {
          address: `${location.host}/${fields.shortName || '…'}`,
        })}
        autoComplete="off"
        spellCheck="false"
        value={fields.shortName}
        onChange={(shortName) => {
          setOwnShortName(true)
          change({ shortName: shortName.toLowerCase() })
        }}
        error={shown(errors.shortName)}
      />
      <Pick
        label={say('settings.community.zone')}
        hint={say('settings.community.zone.hint')}
        value={fields.timeZone}
        onChange={(timeZone) => change({ timeZone })}
        choices={timeZones(fields.timeZone).map((zone) => ({
          value: zone,
          label: zone.replaceAll('_', ' '),
        }))}
      />
      <Field
        label={say('settings.community.email')}
        isOptional={say('app.optional')}
        hint={say('settings.community.email.hint')}
        type="email"
        autoComplete="off"
        value={fields.email}
        onChange={(email) => change({ email })}
        error={shown(errors.email)}
      />
      <Field
        label={say('settings.community.organizers')}
        isOptional={say('app.optional')}
        hint={say('settings.community.organizers.hint')}
        type="email"
        autoComplete="off"
        value={fields.organizersEmail}
        onChange={(organizersEmail) => change({ organizersEmail })}
        error={shown(errors.organizersEmail)}
      />
      <Field
        label={say('settings.community.phone')}
        isOptional={say('app.optional')}
        hint={say('settings.community.phone.hint')}
        type="tel"
        autoComplete="off"
        value={fields.phone}
        onChange={(phone) => change({ phone })}
      />
      <Notice>{say('set-up.playbook')}</Notice>
      <Button look="main" type="submit">
        {say('app.next')}
      </Button>
    </form>
  )
}

const wrongEmail = (typed: string, sentence: string): string | null =>
  typed.trim() === '' || isEmail(typed) ? null : sentence
