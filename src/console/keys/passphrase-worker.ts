import { passphraseUnlocker } from '../../sealing/unlocker.ts'
import type { PassphraseAnswer, PassphraseTask } from './passphrase-work.ts'

const answer = (message: PassphraseAnswer): void => self.postMessage(message)

self.onmessage = ({ data: { passphrase, cost } }: MessageEvent<PassphraseTask>) => {
  passphraseUnlocker(passphrase, cost, (done) => answer({ done })).then(
    (unlocker) => answer({ unlocker }),
    (error: unknown) => answer({ failed: error instanceof Error ? error.message : 'failed' }),
  )
}
