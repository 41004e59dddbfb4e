import { fromUtf8, utf8 } from './bytes.ts'
import type { Directory } from './directory.ts'
import { open, seal } from './envelope.ts'
import { padJson } from './padding.ts'

/**
 * Seals words of an alert, or the note it is closed with, to each of some members.
 *
 * @param community - its id.
 * @param readers - ids of members; all of them active in the directory.
 * @throws if one of them is not.
 */
export async function sealAlertWords(
  community: string,
  text: string,
  directory: Directory,
  readers: readonly string[],
): Promise<Uint8Array> {
  const recipients = readers.map((id) => {
    const member = directory.members.get(id)
    if (!member?.active) throw new Error('Nobody vouches for the keys of one of the readers.')
    return member.recipient
  })
  return seal(padJson(utf8(JSON.stringify({ v: 1, community, text }))), recipients)
}

/**
 * Members who may read the words of an alert: active, on the committee, and not named as involved (K1). Where somebody
 * is named, one who could not be offered is left out too, since nobody could say that they are not.
 */
export const alertReaders = (
  { members }: Directory,
  { involved, offered }: { readonly involved: readonly string[]; readonly offered: readonly string[] },
): string[] =>
  [...members.values()]
    .filter(({ active, standing }) => active && standing === 'member')
    .map(({ id }) => id)
    .filter((id) => !involved.includes(id) && (involved.length === 0 || offered.includes(id)))

/** Opens what {@link sealAlertWords} made, with a member's identity. Throws if it cannot be opened or belongs elsewhere. */
export async function openAlertWords(
  sealed: Uint8Array,
  identity: string,
  community: string,
): Promise<string> {
  const read = JSON.parse(fromUtf8(await open(sealed, identity))) as {
    v: number
    community: string
    text: string
  }
  if (read.v !== 1 || read.community !== community) throw new Error('These words do not belong here.')
  return String(read.text)
}
