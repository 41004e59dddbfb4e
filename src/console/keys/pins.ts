import { type Directory, fingerprint, type SignedText, verifyDirectory } from '../../sealing/directory.ts'

/** A directory this browser has verified, and what it thinks of it compared with the last time. */
export interface CheckedDirectory extends Directory {
  /** As the public page shows it. */
  readonly fingerprint: string
  /**
   * `same` or `extended`: it continues what this browser saw before. `first`: seen for the first time.
   * `replaced`: what was seen before is gone, which no honest server does.
   */
  readonly since: 'first' | 'same' | 'extended' | 'replaced'
}

/** Where heads are pinned: one text per community. */
export interface PinStore {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
}

const pinName = (community: string): string => `bellwether.directory.${community}`

/**
 * Verifies a community's key directory and compares it with the head this browser pinned the last time. What
 * continues it is pinned in its place; a replaced one is not, until somebody has compared the fingerprint and says
 * so ({@link pinDirectory}).
 *
 * @throws {DirectoryBroken} at an entry that nobody entitled vouched for.
 */
export function checkDirectory(
  community: string,
  entries: readonly SignedText[],
  pins: PinStore,
): CheckedDirectory {
  const directory = verifyDirectory(community, entries)
  const pinned = pins.getItem(pinName(community))
  const since = compare(pinned, directory)
  if (since === 'first' || since === 'extended') pinDirectory(community, directory, pins)
  return { ...directory, fingerprint: fingerprint(entries[0] as SignedText), since }
}

function compare(pinned: string | null, { head, hashes }: Directory): CheckedDirectory['since'] {
  if (pinned === null) return 'first'
  if (pinned === head) return 'same'
  return hashes.includes(pinned) ? 'extended' : 'replaced'
}

/** Takes a directory as the one to compare with from now on. */
export const pinDirectory = (community: string, { head }: Directory, pins: PinStore): void =>
  pins.setItem(pinName(community), head)
