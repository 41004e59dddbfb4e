import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import type { Keyring } from '../../sealing/keyring.ts'
import type { NewUnlocker } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { makePasskey, type PublicKeyCredentialCreationOptionsJSON, wasCancelled } from './passkey.ts'
import { newPasskey } from './unlock.ts'

interface Props {
  readonly person: { readonly name: string; readonly email: string }
  readonly keyring: Keyring
  /** Takes it; its failure is shown here. */
  readonly onMade: (unlocker: NewUnlocker) => Promise<void>
  readonly look?: 'main' | 'plain'
}

/** Makes a passkey on this device. */
export function NewPasskeyButton({ person, keyring, onMade, look = 'main' }: Props) {
  const { api, say } = useDesk()
  const making = useMutation({
    mutationFn: async () => {
      const { challenge, options } = await api.send<{
        challenge: string
        options: PublicKeyCredentialCreationOptionsJSON
      }>('POST', '/passkeys/options', person)
      const passkey = await makePasskey(options)
      await onMade(
        await newPasskey(
          keyring,
          passkey,
          challenge,
          deviceName(navigator.userAgent, say('account.unlocker.passkey')),
        ),
      )
    },
  })
  return (
    <>
      <Button look={look} isPending={making.isPending} onPress={() => making.mutate()}>
        <KeyRound aria-hidden="true" /> {say('passkey.make')}
      </Button>
      {wasCancelled(making.error) ? (
        <Notice role="status">{say('passkey.cancelled')}</Notice>
      ) : isKnownAlready(making.error) ? (
        <Notice role="status">{say('passkey.known')}</Notice>
      ) : (
        <Mishap error={making.error} />
      )}
    </>
  )
}

const isKnownAlready = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'

/** What a passkey is called in the list: the kind of device it was made on. */
function deviceName(userAgent: string, otherwise: string): string {
  const kinds = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'CrOS', 'Linux']
  const found = kinds.find((kind) => userAgent.includes(kind))
  if (found === 'Macintosh') return 'Mac'
  return found === 'CrOS' ? 'Chromebook' : (found ?? otherwise)
}
