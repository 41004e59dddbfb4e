import { z } from 'zod'
import {
  type Directory,
  DirectoryBroken,
  type DirectoryEntry,
  entryHash,
  type SignedText,
  verifyDirectory,
} from '../sealing/directory.ts'
import { isHybridRecipient } from '../sealing/identity.ts'
import { directoryEntries } from '../store/communities.ts'
import { appendEntry } from '../store/directory.ts'
import type { Db, Tx } from '../store/store.ts'
import { Refused } from './refused.ts'

const id = z.string().regex(/^[A-Za-z0-9_-]{22}$/)
const keys = z.strictObject({
  recipient: z.string().refine(isHybridRecipient),
  verifyKey: z.base64().length(44),
})
const signed = z.strictObject({ text: z.string().max(2000), signature: z.base64().max(100) })
const every = {
  v: z.literal(1),
  community: id,
  previous: z.string().max(64).nullable(),
  at: z.int(),
  member: id,
}

/** Exactly what an entry may hold: a directory that everybody downloads is no place to keep anything else. */
const Entry = z.discriminatedUnion('act', [
  z.strictObject({
    ...every,
    act: z.literal('found'),
    keys,
    recovery: z.string().refine(isHybridRecipient).nullable(),
  }),
  z.strictObject({ ...every, act: z.literal('enter'), keys, delegation: signed }),
  z.strictObject({ ...every, act: z.literal('remove'), by: id }),
])

const Delegation = z.strictObject({
  v: z.literal(1),
  community: id,
  invitation: z.base64().length(44),
  standing: z.enum(['member', 'organizer']),
  replaces: id.nullable(),
  expires: z.int(),
  by: id,
})

/** An entry that was verified to follow the directory as it stands. */
export interface Vouched<Act extends DirectoryEntry['act']> {
  readonly entry: DirectoryEntry & { readonly act: Act }
  readonly signed: SignedText
  /** The directory with the entry in it. */
  readonly directory: Directory
}

/**
 * Verifies a new entry against the directory it continues, before the transaction that appends it.
 *
 * @throws {Refused} `directory-changed` where another entry came first, `directory-refused` where nobody entitled
 * vouches for it or it is not the act expected.
 */
export async function vouched<Act extends DirectoryEntry['act']>(
  db: Db,
  community: string,
  signed: SignedText,
  act: Act,
): Promise<Vouched<Act>> {
  const before = await directoryEntries(db, community)
  const entry = read(Entry, signed.text)
  if (entry.act !== act) throw new Refused('directory-refused', { reason: 'It is an entry of another kind.' })
  if (entry.act === 'enter') read(Delegation, entry.delegation.text)
  const last = before.at(-1)
  if (entry.previous !== (last ? entryHash(last) : null)) throw new Refused('directory-changed')
  return {
    entry: entry as Vouched<Act>['entry'],
    signed,
    directory: verified(community, [...before, signed]),
  }
}

/** Verifies a whole directory as it is kept. Throws `directory-refused` where it is broken. */
export function verified(community: string, entries: readonly SignedText[]): Directory {
  try {
    return verifyDirectory(community, entries)
  } catch (error) {
    if (error instanceof DirectoryBroken) throw new Refused('directory-refused', { reason: error.message })
    throw error
  }
}

/** Reads a delegation strictly. Throws `directory-refused`. */
export const readDelegation = ({ text }: SignedText): z.infer<typeof Delegation> => read(Delegation, text)

/**
 * Appends a vouched entry. Hold the community first (communities.ts).
 *
 * @throws {Refused} `directory-changed` where another entry came first.
 */
export async function append(tx: Tx, { entry, signed }: Vouched<DirectoryEntry['act']>): Promise<void> {
  const kept = { ...signed, hash: entryHash(signed) }
  if (!(await appendEntry(tx, entry.community, kept, entry.previous))) throw new Refused('directory-changed')
}

function read<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new Refused('directory-refused', { reason: 'It is not written as an entry must be.' })
  }
}
