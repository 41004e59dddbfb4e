import { useSay } from '../desk.tsx'
import { Page } from '../pieces/page.tsx'
import { committees, useSession } from '../sign-in/session.ts'

/** The place of the inbox: beside it, what can be done there; for organizers, what they will get. */
export function InboxPage() {
  const say = useSay()
  const session = useSession()
  if (session.memberships.length === 0)
    return (
      <Page title={say('inbox.no-community.title')}>
        <p>{say('inbox.no-community.text')}</p>
      </Page>
    )
  if (committees(session).length === 0)
    return (
      <Page title={say('inbox.organizer.title')}>
        <p>{say('inbox.organizer.text')}</p>
        <p>{say('inbox.organizer.when')}</p>
        <p className="soft">{say('inbox.organizer.privacy')}</p>
      </Page>
    )
  return (
    <main className="page beside-inbox">
      <h1>{say('inbox.choose.title')}</h1>
      <p className="soft">{say('inbox.choose.text')}</p>
    </main>
  )
}
