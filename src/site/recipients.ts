import { type Directory, fingerprint, verifyDirectory } from '../sealing/directory.ts'
import type { Intake, Named } from './api.ts'

/** To whom a report is sealed, verified. */
export interface Recipients {
  readonly community: string
  readonly directory: Directory
  readonly members: readonly Named[]
}

/** The committee's keys are not vouched for. */
export class Untrusted extends Error {
  override name = 'Untrusted'
}

/**
 * Verifies what the server hands out as the committee's keys.
 *
 * @param expected - fingerprint of the keys as the page shows it, or null.
 * @throws {Untrusted}
 */
export function verifiedRecipients(
  { community, directory, members }: Intake,
  expected: string | null,
): Recipients {
  const [first] = directory
  if (!first || (expected !== null && fingerprint(first) !== expected)) throw new Untrusted()
  try {
    return { community, directory: verifyDirectory(community, directory), members }
  } catch {
    throw new Untrusted()
  }
}

/** Ids of everybody to whom a report can be sealed. */
export const readers = ({ members }: Directory): string[] =>
  [...members.values()].filter(({ active, standing }) => active && standing === 'member').map(({ id }) => id)
