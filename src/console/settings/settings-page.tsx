import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { path } from '../api/client.ts'
import type { Membership, Playbook, SettingsAnswer } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { NotYours } from '../people/people-page.tsx'
import { Page } from '../pieces/page.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { membershipIn, useSession } from '../sign-in/session.ts'
import { CommunitySettings } from './community-settings.tsx'
import { EventSettings } from './event-settings.tsx'
import { MailCheck } from './mail-check.tsx'
import { MessageSettings } from './message-settings.tsx'
import { PlaybookSettings } from './playbook-settings.tsx'

const sections = ['community', 'events', 'playbook', 'messages', 'mail'] as const
type Section = (typeof sections)[number]

/** What the chair sets for a community. */
export function SettingsPage() {
  const { community, section } = useParams({ from: '/console/communities/$community/settings/{-$section}' })
  const { api, say } = useDesk()
  const me = membershipIn(useSession(), community)
  const settings = useQuery({
    queryKey: ['settings', community],
    queryFn: () => api.get<SettingsAnswer>(path`/communities/${community}/settings`),
    enabled: me?.chair === true,
  })
  if (me === undefined || !me.chair) return <NotYours />
  const shown = sections.find((each) => each === section) ?? 'community'
  return (
    <Page title={say('settings.title')}>
      <p className="soft">{me.community.name}</p>
      <nav className="sections" aria-label={say('settings.sections')}>
        {sections.map((each) => (
          <Link
            key={each}
            to="/console/communities/$community/settings/{-$section}"
            params={{ community, section: each }}
            aria-current={each === shown ? 'page' : undefined}
          >
            {say(`settings.${each}`)}
          </Link>
        ))}
      </nav>
      {settings.isPending && <Waiting />}
      {settings.isError && <CouldNotLoad error={settings.error} again={settings.refetch} />}
      {settings.data && <Sections key={community} shown={shown} me={me} settings={settings.data} />}
    </Page>
  )
}

interface SectionsProps {
  readonly shown: Section
  readonly me: Membership
  readonly settings: SettingsAnswer
}

/** The playbook is edited in two of them, so what was typed in one is still there in the other. */
function Sections({ shown, me, settings }: SectionsProps) {
  const [draft, setDraft] = useState<Playbook>(settings.playbook)
  const editing = { me, saved: settings.playbook, draft, onDraft: setDraft }
  switch (shown) {
    case 'community':
      return <CommunitySettings me={me} settings={settings} />
    case 'events':
      return <EventSettings me={me} playbook={settings.playbook} />
    case 'playbook':
      return <PlaybookSettings {...editing} />
    case 'messages':
      return <MessageSettings {...editing} />
    case 'mail':
      return <MailCheck me={me} mail={settings.mail} />
  }
}
