import { toBase64 } from '../../sealing/bytes.ts'
import type { Directory } from '../../sealing/directory.ts'
import { sealEpoch } from '../../sealing/epoch.ts'
import type { Keyring } from '../../sealing/keyring.ts'
import type { OpenedCase } from './open-case.ts'
import { NoKeyToWrite, ReporterNotVouched } from './write-record.ts'

/**
 * A new epoch of a case as it is sent, for everybody who is to read on but `without` (K3).
 *
 * @param directory - of the case's community, verified and new.
 * @param at - epoch milliseconds.
 * @throws {NoKeyToWrite | ReporterNotVouched}, and if somebody who is to read on is not in the directory.
 */
export async function nextEpoch(
  { view, head, sharedHead, canWrite, reporterVouched }: OpenedCase,
  directory: Directory,
  {
    member,
    keyring,
    without,
    at,
  }: {
    readonly member: string
    readonly keyring: Keyring
    readonly without: string | null
    readonly at: number
  },
): Promise<Readonly<Record<string, unknown>>> {
  if (!canWrite || head === null) throw new NoKeyToWrite()
  if (view.reporterRecipient !== null && !reporterVouched) throw new ReporterNotVouched()
  const sealed = await sealEpoch({
    community: view.community.id,
    case: view.id,
    epoch: view.epoch + 1,
    directory,
    members: view.keyholders.filter((id) => id !== without),
    author: member,
    signingSeed: keyring.signingSeed,
    at,
    after: head,
    afterShared: sharedHead,
    reporter: view.reporterRecipient,
  })
  return {
    version: view.version,
    directory: sealed.directory,
    recipient: sealed.recipient,
    grants: sealed.grants.map(({ member, sealed }) => ({ member, sealed: toBase64(sealed) })),
    record: { sealed: toBase64(sealed.record) },
    after: head,
  }
}
