import { type Directory, type SignedText, verifyDirectory } from '../../sealing/directory.ts'

/** A directory this browser has verified, and what it thinks of it compared with the last time. */
export interface CheckedDirectory extends Directory {
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
  const since =
    pinned === null
      ? 'first'
      : pinned === directory.head
        ? 'same'
        : directory.hashes.includes(pinned)
          ? 'extended'
          : 'replaced'
  if (since === 'first' || since === 'extended') pinDirectory(community, directory, pins)
  return { ...directory, since }
}

/** Takes a directory as the one to compare with from now on. */
export const pinDirectory = (community: string, { head }: Directory, pins: PinStore): void =>
  pins.setItem(pinName(community), head)
