import type { Keyring } from '../../sealing/keyring.ts'

/** An unlocked keyring, and whose it is. */
export interface HeldKeys {
  /** Account id. */
  readonly account: string
  readonly keyring: Keyring
}

/** Where the unlocked keyring is while somebody works: in memory alone. */
export interface KeyHolder {
  current(): HeldKeys | null
  hold(held: HeldKeys): void
  /** Forgets the keyring, as far as JavaScript allows, and everything that was opened with it. */
  drop(): void
  /** Calls back at each change; returns how to stop that. */
  subscribe(onChange: () => void): () => void
}

/**
 * An empty key holder.
 *
 * @param forget - called when the keys go: drop what was opened with them.
 */
export function makeKeyHolder(forget: () => void): KeyHolder {
  let held: HeldKeys | null = null
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  return {
    current: () => held,
    hold(next) {
      held = next
      tell()
    },
    drop() {
      held?.keyring.signingSeed.fill(0)
      held = null
      forget()
      tell()
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}
