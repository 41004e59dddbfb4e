import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button as Trigger } from 'react-aria-components/Button'
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure'
import { useSay } from '../desk.tsx'
import { passkeysWork, wasCancelled } from '../keys/passkey.ts'
import { isWholeKit, WrongUnlocker } from '../keys/unlock.ts'
import { Button } from '../pieces/button.tsx'
import { Field, Tick } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { Progress } from '../pieces/waiting.tsx'

/** What is typed besides a passkey. No email: it is known whose keys are being unlocked. */
interface Typed {
  readonly email: string
  readonly secret: string
}

interface Props {
  /** Each way in that there is. `stay`: this device is to stay unlocked. */
  readonly passkey: ((stay: boolean) => Promise<void>) | null
  readonly passphrase:
    | ((typed: Typed, stay: boolean, onProgress: (done: number) => void) => Promise<void>)
    | null
  readonly kit: ((typed: Typed, stay: boolean) => Promise<void>) | null
  readonly asksEmail: boolean
  readonly passkeyLabel: string
  readonly submitLabel: string
}

/** Passkey, passphrase, recovery kit: to sign in, and to unlock again. One is open at a time. */
export function WaysIn({ passkey, passphrase, kit, asksEmail, passkeyLabel, submitLabel }: Props) {
  const say = useSay()
  const [stay, setStay] = useState(false)
  const [email, setEmail] = useState('')
  const usable = passkey !== null && passkeysWork()
  const [open, setOpen] = useState<'passphrase' | 'kit' | null>(
    usable ? null : passphrase === null ? 'kit' : 'passphrase',
  )
  const shared = { asksEmail, email, setEmail, submitLabel, stay }
  const toggle = (which: 'passphrase' | 'kit') => (isOpen: boolean) => setOpen(isOpen ? which : null)
  return (
    <>
      {usable && <PasskeyWay enter={() => passkey(stay)} label={passkeyLabel} />}
      <Tick label={say('sign-in.stay')} hint={say('sign-in.stay.hint')} isOn={stay} onChange={setStay} />
      {passphrase !== null && (
        <Way title={say('sign-in.passphrase')} isOpen={open === 'passphrase'} onToggle={toggle('passphrase')}>
          <PassphraseWay {...shared} enter={passphrase} />
        </Way>
      )}
      {kit !== null && (
        <Way title={say('sign-in.kit')} isOpen={open === 'kit'} onToggle={toggle('kit')}>
          <KitWay {...shared} enter={kit} />
        </Way>
      )}
    </>
  )
}

interface WayProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onToggle: (isOpen: boolean) => void
  readonly children: React.ReactNode
}

const Way = ({ title, isOpen, onToggle, children }: WayProps) => (
  <Disclosure className="disclosure" isExpanded={isOpen} onExpandedChange={onToggle}>
    <h2>
      <Trigger slot="trigger" className="disclosure-trigger">
        {title}
      </Trigger>
    </h2>
    <DisclosurePanel>{isOpen && children}</DisclosurePanel>
  </Disclosure>
)

function PasskeyWay({ enter, label }: { readonly enter: () => Promise<void>; readonly label: string }) {
  const say = useSay()
  const entering = useMutation({ mutationFn: enter })
  return (
    <>
      <Button look="main" isPending={entering.isPending} onPress={() => entering.mutate()}>
        <KeyRound aria-hidden="true" /> {label}
      </Button>
      <EnterMishap error={entering.error} wrong={say('sign-in.passkey.wrong')} />
    </>
  )
}

interface TypedProps {
  readonly asksEmail: boolean
  readonly email: string
  readonly setEmail: (email: string) => void
  readonly submitLabel: string
  readonly stay: boolean
}

function PassphraseWay({
  enter,
  asksEmail,
  email,
  setEmail,
  submitLabel,
  stay,
}: TypedProps & { readonly enter: NonNullable<Props['passphrase']> }) {
  const say = useSay()
  const [secret, setSecret] = useState('')
  const [done, setDone] = useState(0)
  const entering = useMutation({
    mutationFn: () => {
      setDone(0)
      return enter({ email: email.trim(), secret }, stay, setDone)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!entering.isPending) entering.mutate()
  }
  return (
    <form onSubmit={submit}>
      {asksEmail && <EmailField email={email} setEmail={setEmail} />}
      <Field
        label={say('passphrase.label')}
        type="password"
        autoComplete="current-password"
        value={secret}
        onChange={setSecret}
      />
      {entering.isPending ? (
        <Progress label={say('passphrase.working')} done={done} />
      ) : (
        <Button look="main" type="submit" isDisabled={secret === '' || (asksEmail && email === '')}>
          {submitLabel}
        </Button>
      )}
      <EnterMishap error={entering.error} wrong={say('sign-in.passphrase.wrong')} />
    </form>
  )
}

function KitWay({
  enter,
  asksEmail,
  email,
  setEmail,
  submitLabel,
  stay,
}: TypedProps & { readonly enter: NonNullable<Props['kit']> }) {
  const say = useSay()
  const [secret, setSecret] = useState('')
  const [isShort, setShort] = useState(false)
  const entering = useMutation({ mutationFn: () => enter({ email: email.trim(), secret }, stay) })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setShort(!isWholeKit(secret))
    if (isWholeKit(secret) && !entering.isPending) entering.mutate()
  }
  return (
    <form onSubmit={submit}>
      {asksEmail && <EmailField email={email} setEmail={setEmail} />}
      <Field
        label={say('sign-in.kit.words')}
        hint={say('sign-in.kit.hint')}
        rows={3}
        spellCheck="false"
        autoComplete="off"
        value={secret}
        onChange={setSecret}
        error={isShort ? say('sign-in.kit.short') : null}
      />
      <Button look="main" type="submit" isPending={entering.isPending} isDisabled={asksEmail && email === ''}>
        {submitLabel}
      </Button>
      <EnterMishap error={entering.error} wrong={say('sign-in.kit.wrong')} />
    </form>
  )
}

const EmailField = ({ email, setEmail }: Pick<TypedProps, 'email' | 'setEmail'>) => (
  <Field
    label={useSay()('sign-in.email')}
    type="email"
    autoComplete="username"
    spellCheck="false"
    value={email}
    onChange={setEmail}
  />
)

function EnterMishap({ error, wrong }: { readonly error: unknown; readonly wrong: string }) {
  const say = useSay()
  if (error instanceof WrongUnlocker)
    return (
      <Notice tone="danger" role="alert">
        {wrong}
      </Notice>
    )
  if (wasCancelled(error)) return <Notice role="status">{say('passkey.cancelled')}</Notice>
  return <Mishap error={error} />
}
