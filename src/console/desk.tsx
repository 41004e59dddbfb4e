import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Language } from '../procedure/playbook.ts'
import type { Unlocker } from '../sealing/unlocker.ts'
import { say as sayIn } from '../words/format.ts'
import { problemWords } from '../words/problems.ts'
import type { WordKey, Words } from '../words/types.ts'
import { type Api, NoConnection, Problem } from './api/client.ts'
import type { PassphraseCost } from './api/shapes.ts'
import type { Drafts } from './case/drafts.ts'
import type { HeldKeys, KeyHolder } from './keys/held.ts'
import type { PinStore } from './keys/pins.ts'
import type { Device } from './keys/stay-unlocked.ts'

type Values = Readonly<Record<string, string | number | Date>>

/** A message of the catalog, in the language of the console. */
export type Say = (key: WordKey, values?: Values) => string

/** What a member works with: one per open window. */
export interface Desk {
  readonly api: Api
  readonly keys: KeyHolder
  readonly device: Device
  readonly pins: PinStore
  readonly drafts: Drafts
  /** The server's clock, epoch milliseconds. */
  readonly now: () => number
  /** `--test-clock`: the time stands still, and everybody is told. */
  readonly testClock: boolean
  readonly language: Language
  readonly setLanguage: (language: Language) => void
  readonly say: Say
  /** Works a passphrase out in a worker. */
  readonly workOut: (
    passphrase: string,
    cost: PassphraseCost,
    onProgress: (done: number) => void,
  ) => Promise<Unlocker>
  /** Forgets the keys here, on this device and in other windows. */
  readonly lock: () => Promise<void>
}

const DeskContext = createContext<Desk | null>(null)
export const DeskProvider = DeskContext.Provider

/** The desk of this window. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (desk === null) throw new Error('There is no desk here.')
  return desk
}

/** How to say things here. */
export const useSay = (): Say => useDesk().say

/** The unlocked keyring, or null while it is locked. */
export function useHeldKeys(): HeldKeys | null {
  const { keys } = useDesk()
  return useSyncExternalStore(keys.subscribe, keys.current)
}

/** The keyring of somebody who works behind the gate, where it is always unlocked. */
export function useOwnKeys(): HeldKeys {
  const held = useHeldKeys()
  if (held === null) throw new Error('The keys are locked.')
  return held
}

/** The sentence for whatever went wrong, or null if nothing did. */
export function useSentence(error: unknown): string | null {
  const { language, say } = useDesk()
  if (error === null || error === undefined) return null
  if (error instanceof Problem) return problemWords(error.code, error.values, language).detail
  return say(error instanceof NoConnection ? 'app.no-connection' : 'app.failed')
}

/** Says messages of one catalog. */
export const sayer =
  (words: Words): Say =>
  (key, values) =>
    sayIn(words, key, values)
