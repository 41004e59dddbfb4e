import { useState } from 'react'
import type { Keyring } from '../../sealing/keyring.ts'
import type { NewUnlocker } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Choice } from '../pieces/field.tsx'
import { Notice } from '../pieces/notice.tsx'
import { NewPasskeyButton } from './new-passkey-button.tsx'
import { NewPassphraseForm } from './new-passphrase-form.tsx'
import { passkeysWork } from './passkey.ts'

interface Props {
  readonly person: { readonly name: string; readonly email: string }
  readonly keyring: Keyring
  readonly onMade: (unlocker: NewUnlocker) => Promise<void>
  readonly submitLabel: string
}

/** The way in for every day: a passkey, or a passphrase. */
export function FirstUnlocker({ person, keyring, onMade, submitLabel }: Props) {
  const { say } = useDesk()
  const works = passkeysWork()
  const [way, setWay] = useState<'passkey' | 'passphrase'>(works ? 'passkey' : 'passphrase')
  return (
    <>
      {works ? (
        <Choice
          label={say('first.choice')}
          value={way}
          onChange={setWay}
          choices={[
            { value: 'passkey', label: say('first.passkey'), hint: say('first.passkey.hint') },
            { value: 'passphrase', label: say('first.passphrase'), hint: say('first.passphrase.hint') },
          ]}
        />
      ) : (
        <Notice>{say('first.no-passkeys')}</Notice>
      )}
      {way === 'passkey' ? (
        <NewPasskeyButton person={person} keyring={keyring} onMade={onMade} />
      ) : (
        <NewPassphraseForm keyring={keyring} onMade={onMade} submitLabel={submitLabel} />
      )}
    </>
  )
}
