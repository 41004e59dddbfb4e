import { useMutation } from '@tanstack/react-query'
import { Dices, Eye, EyeOff } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { randomBytes } from '../../sealing/bytes.ts'
import type { Keyring } from '../../sealing/keyring.ts'
import { passphraseCost } from '../../sealing/unlocker.ts'
import type { NewUnlocker } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Field } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { Progress } from '../pieces/waiting.tsx'
import { passphraseStrength, shortestPassphrase, suggestPassphrase } from './passphrase-rule.ts'
import { newPassphrase } from './unlock.ts'

interface Props {
  readonly keyring: Keyring
  /** Takes it; its failure is shown here, and what was typed stays. */
  readonly onMade: (unlocker: NewUnlocker) => Promise<void>
  readonly submitLabel: string
}

/** A new passphrase: one of our suggestion or one's own, judged by its length. */
export function NewPassphraseForm({ keyring, onMade, submitLabel }: Props) {
  const { say, workOut } = useDesk()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [isShown, setShown] = useState(false)
  const [isTried, setTried] = useState(false)
  const [done, setDone] = useState(0)
  const making = useMutation({
    mutationFn: async () => {
      setDone(0)
      const cost = passphraseCost(randomBytes(16))
      const unlocker = await workOut(passphrase.trim(), cost, setDone)
      await onMade(await newPassphrase(keyring, unlocker, cost, say('account.unlocker.passphrase')))
    },
  })
  const strength = passphraseStrength(passphrase)
  const differs = !isShown && passphrase.trim() !== again.trim()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (strength !== 'short' && !differs && !making.isPending) making.mutate()
  }
  const suggest = (): void => {
    setPassphrase(suggestPassphrase())
    setAgain('')
    setShown(true)
  }
  return (
    <form onSubmit={submit}>
      <Field
        label={say('passphrase.new')}
        hint={say('passphrase.rule', { count: shortestPassphrase })}
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        spellCheck="false"
        value={passphrase}
        onChange={setPassphrase}
        error={
          isTried && strength === 'short' ? say('passphrase.short', { count: shortestPassphrase }) : null
        }
      />
      <p className={`strength ${strength}`} role="status">
        {passphrase !== '' && say(`passphrase.strength.${strength}`)}
      </p>
      <p className="buttons">
        <Button onPress={suggest}>
          <Dices aria-hidden="true" /> {say('passphrase.suggest')}
        </Button>
        <Button onPress={() => setShown(!isShown)}>
          {isShown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}{' '}
          {say(isShown ? 'passphrase.hide' : 'passphrase.show')}
        </Button>
      </p>
      {!isShown && (
        <Field
          label={say('passphrase.again')}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          error={isTried && differs ? say('passphrase.differs') : null}
        />
      )}
      {making.isPending ? (
        <Progress label={say('passphrase.working')} done={done} />
      ) : (
        <Button look="main" type="submit">
          {submitLabel}
        </Button>
      )}
      <Mishap error={making.error} />
    </form>
  )
}
