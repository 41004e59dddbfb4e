import { useState } from 'react'
import type { Keyring } from '../../sealing/keyring.ts'
import type { NewUnlocker } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Notice } from '../pieces/notice.tsx'
import { NewPasskeyButton } from './new-passkey-button.tsx'
import { NewPassphraseForm } from './new-passphrase-form.tsx'
import { passkeysWork } from './passkey.ts'

interface Props {
  readonly person: { readonly name: string; readonly email: string }
  readonly keyring: Keyring
  /** The one there is already, besides the kit. */
  readonly first: NewUnlocker
  readonly onDone: () => void
}

/** One more way in, for the day when the first is out of reach. Not to be skipped where the first does not unlock. */
export function SecondUnlocker({ person, keyring, first, onDone }: Props) {
  const { api, say } = useDesk()
  const [hasPasskey, setHasPasskey] = useState(false)
  const doesUnlock = first.sealedKeyring !== null
  const add = async (unlocker: NewUnlocker): Promise<void> => {
    await api.send('POST', '/unlockers', unlocker)
    if (unlocker.kind === 'passkey' && unlocker.sealedKeyring === null) setHasPasskey(true)
    else onDone()
  }
  return (
    <>
      {!doesUnlock && <Notice tone="warn">{say('second.no-unlock')}</Notice>}
      {hasPasskey && <Notice>{say('second.also-no-unlock')}</Notice>}
      <p>{say(first.kind === 'passkey' ? 'second.passphrase' : 'second.passkey')}</p>
      {first.kind === 'passkey' ? (
        <NewPassphraseForm keyring={keyring} onMade={add} submitLabel={say('second.add-passphrase')} />
      ) : passkeysWork() ? (
        <NewPasskeyButton person={person} keyring={keyring} onMade={add} />
      ) : (
        <Notice>{say('first.no-passkeys')}</Notice>
      )}
      {doesUnlock && (
        <p>
          <Button look="quiet" onPress={onDone}>
            {say('second.skip')}
          </Button>
        </p>
      )}
    </>
  )
}
