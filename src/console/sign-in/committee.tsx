import { type ReactNode, useState } from 'react'
import type { Membership } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Pick } from '../pieces/field.tsx'
import { committees, useSession } from './session.ts'

/**
 * For which committee something is done: the only one, or the one that is picked.
 *
 * @returns the membership, or undefined where there is none, and how to pick another (null where there is one at most).
 */
export function useCommittee(): { membership: Membership | undefined; picker: ReactNode } {
  const { say } = useDesk()
  const memberships = committees(useSession())
  const [chosen, setChosen] = useState(0)
  const picker =
    memberships.length > 1 ? (
      <Pick
        label={say('logging.community')}
        value={String(chosen)}
        onChange={(index) => setChosen(Number(index))}
        choices={memberships.map(({ community }, index) => ({
          value: String(index),
          label: community.name,
        }))}
      />
    ) : null
  return { membership: memberships[chosen], picker }
}
