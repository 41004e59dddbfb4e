import type { Office } from '../../casework/office.ts'
import { activeMembership } from '../../store/members.ts'
import type { Routes } from '../endpoint.ts'
import { type GuardSettings, whoIsSignedIn } from '../guard.ts'
import { inCommunity } from './in-community.ts'
import type { SiteSettings, View } from './view.ts'

/** Where somebody is led who needs a committee member now (D). */
const wayToOnCall = ({ inside }: View): string => inside('alert')

/**
 * A presentation goes wrong: only members of the committee get the screen that says how it is stopped, in their
 * console; everybody else gets the way to those on call (E4).
 */
export function addPresentationPage(
  routes: Routes,
  office: Office,
  site: SiteSettings,
  settings: Pick<GuardSettings, 'secure'>,
): void {
  routes.page(
    'get',
    '/:community/presentation',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const account = await whoIsSignedIn(c, office, settings)
      const member =
        account && (await activeMembership(office.store.db, account.id, view.community.shortName))
      return c.redirect(member?.standing === 'member' ? '/console/talk' : wayToOnCall(view), 302)
    }),
  )
}
