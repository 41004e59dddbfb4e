import { onDevice } from './device.ts'

/** What is kept, wrapped: beside what is sealed it names who is left out, and perhaps an address for notices. */
export interface Wrapped {
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly bytes: ArrayBuffer
}

/**
 * The key of this browser, made once. It cannot be taken out of the browser, so that what is kept can be used by our
 * own pages and not be read in a copy of its files with less effort than that.
 */
async function wrappingKey(): Promise<CryptoKey> {
  const kept = await onDevice<CryptoKey | undefined>(['keys'], 'readonly', (store) =>
    store('keys').get('wrap'),
  )
  if (kept) return kept
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  // Another tab may have been faster: the one that is there is everybody's.
  await onDevice(['keys'], 'readwrite', (store) => store('keys').add(made, 'wrap')).catch(() => {})
  const settled = await onDevice<CryptoKey | undefined>(['keys'], 'readonly', (store) =>
    store('keys').get('wrap'),
  )
  if (!settled) throw new Error('This browser keeps nothing.')
  return settled
}

/** Wraps a text for this browser. */
export async function wrap(text: string): Promise<Wrapped> {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce },
    await wrappingKey(),
    new TextEncoder().encode(text),
  )
  return { nonce, bytes }
}

/** Opens what was wrapped here. */
export async function unwrap({ nonce, bytes }: Wrapped): Promise<string> {
  const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, await wrappingKey(), bytes)
  return new TextDecoder().decode(opened)
}
