import { closeAlert } from '../../casework/close-alert.ts'
import { createEvent } from '../../casework/keep-event.ts'
import { raiseAlert } from '../../casework/raise-alert.ts'
import { recordWhyNoReport } from '../../casework/record-why-no-report.ts'
import { seeAlert } from '../../casework/see-alert.ts'
import { takeAlert } from '../../casework/take-alert.ts'
import { newId } from '../../sealing/bytes.ts'
import type { Membership } from '../../store/members.ts'
import { community } from './cast.ts'
import type { DemoCommunity } from './committee.ts'
import type { Deed, Stage } from './play.ts'

const day = 86_400_000

/** An event that is on while the demo runs, with numbers and an address of its own (A1). */
export async function holdMeetup(stage: Stage, { id, members }: DemoCommunity, now: number): Promise<void> {
  const date = (at: number): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone: community.timeZone }).format(at)
  const chair: Membership = {
    id: members[0]?.id as string,
    community: id,
    standing: 'member',
    chair: true,
  }
  await createEvent(stage, chair, {
    slug: 'meetup',
    name: 'Prairie meetup',
    place: community.playbook.venue.name,
    address: [...community.playbook.venue.address],
    from: date(now - day),
    to: date(now + day),
    phones: { security: community.playbook.phones.security },
  })
}

/** Last night somebody called from the coat racks; Sam came and stayed with them until they had a ride (D1, D2, A4). */
export function callForHelp(demo: DemoCommunity): Deed[] {
  let alert = ''
  const sam = demo.members.find(({ name }) => name === 'Sam')?.id as string
  const deed = (ago: number, does: (stage: Stage) => Promise<void>): Deed => ({ ago, does })
  return [
    deed(14, async (stage) => {
      const raised = await raiseAlert(stage, {
        community: demo.id,
        token: newId(),
        event: null,
        place: 'by the coat racks',
        words: null,
        involved: [],
        offered: demo.members.filter(({ standing }) => standing === 'member').map(({ id }) => id),
      })
      alert = raised.alert
    }),
    deed(13.97, async (stage) => {
      await seeAlert(stage, alert, sam)
      await takeAlert(stage, alert, sam)
    }),
    deed(13.5, (stage) => closeAlert(stage, alert, sam, { reason: 'helped', note: null })),
    deed(13.4, (stage) => recordWhyNoReport(stage, alert, sam, 'not-wanted')),
  ]
}
