import { type EpochDeed, startEpoch } from './leave-case.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/**
 * A member has a conflict of interest and leaves the case (K3). Their browser made the new epoch, so the next who opens
 * the case makes another.
 *
 * @throws {Refused} as {@link startEpoch}.
 */
export async function stepAside(office: Office, given: EpochDeed): Promise<void> {
  await startEpoch(office, given, async () => ({
    leaves: given.member,
    deed: 'stepped-aside',
    detail: { about: given.member },
  }))
}

/**
 * Makes the epoch that whoever stepped aside never held.
 *
 * @throws {Refused} `impossible-step` (`too-late`) where somebody did already, and as {@link startEpoch}.
 */
export async function renewEpoch(office: Office, given: EpochDeed): Promise<void> {
  await startEpoch(office, given, async (_, incident) => {
    if (incident.renew_epoch === 0) throw new Refused('impossible-step', { reason: 'too-late' })
    return { leaves: null, deed: 'epoch-renewed' }
  })
}
