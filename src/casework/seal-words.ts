import { alertReaders, sealAlertWords } from '../sealing/alert-words.ts'
import { verifyDirectory } from '../sealing/directory.ts'
import type { Office } from './office.ts'
import { intake } from './public-view.ts'
import type { NewAlert } from './raise-alert.ts'

/**
 * Seals words of an alert in memory, for a browser that cannot, by the same rules as one that can (K1). null where
 * nobody would be left to read them.
 *
 * @param shortName - of the community.
 * @param left - ids of the members named as involved, and of all whom the page could offer.
 */
export async function sealWords(
  office: Office,
  shortName: string,
  words: string,
  left: { readonly involved: readonly string[]; readonly offered: readonly string[] },
): Promise<NewAlert['words']> {
  const { community, directory: signed } = await intake(office, shortName)
  const directory = verifyDirectory(community, signed)
  const readers = alertReaders(directory, left)
  if (readers.length === 0) return null
  const sealed = await sealAlertWords(community, words, directory, readers)
  return { sealed, directory: directory.head, byServer: true }
}
