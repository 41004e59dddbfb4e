import { useQuery } from '@tanstack/react-query'
import type { MemberLine } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { membersQuery } from '../inbox/inbox.ts'
import { Notice } from '../pieces/notice.tsx'
import { channelsOnCall } from './channels.tsx'

/** Whether somebody can be missed because too few of their channels work. */
const isHardToReach = ({ active, channels }: MemberLine): boolean =>
  active && channels !== null && channels < channelsOnCall

interface Props {
  /** Short name. */
  readonly community: string
  /** Members who are, or are to be, on call. */
  readonly members: readonly string[]
}

/** Whom of those on call an alert may miss: for everybody who sees who is on call, and for whoever decides it. */
export function ChannelWarning({ community, members }: Props) {
  const { api, say } = useDesk()
  const query = useQuery(membersQuery(api, community))
  const names = query.data?.filter((one) => members.includes(one.id) && isHardToReach(one)) ?? []
  if (names.length === 0) return null
  return (
    <Notice tone="warn">
      {say('channels.warning', { names: names.map(({ name }) => name).join(', ') })}
    </Notice>
  )
}
