import { z } from '@hono/zod-openapi'
import { changeSettings, replacePlaybook } from '../../casework/change-settings.ts'
import { Contact } from '../../casework/contact.ts'
import type { Office } from '../../casework/office.ts'
import { Refused } from '../../casework/refused.ts'
import { checkPlaybook, Playbook } from '../../procedure/playbook.ts'
import { communityByShortName } from '../../store/communities.ts'
import type { CommunityTable } from '../../store/schema.ts'
import type { Routes } from '../endpoint.ts'
import { memberOf } from '../visitor.ts'
import { name } from './account-shapes.ts'
import { shortName } from './shapes.ts'
import { timeZone } from './time-zone.ts'

const params = z.object({ community: shortName })

const settings = z
  .object({
    name: z.string(),
    shortName,
    timeZone: z.string(),
    contact: Contact,
    playbook: Playbook,
    recoveryRecipient: z.string().nullable(),
    mail: z.object({
      /** False: what would be sent is written into `folder`. */
      configured: z.boolean(),
      folder: z.string().nullable(),
      /** Whether somebody who is called for help is called by mail: not where letters only lie in a folder (D3). */
      calls: z.boolean(),
    }),
  })
  .openapi('Settings')

const change = z
  .object({ name: name.optional(), timeZone: timeZone.optional(), contact: Contact.optional() })
  .openapi('SettingsChange')

/** The settings of a community. */
export type SettingsAnswer = z.infer<typeof settings>

/** What a community may set. */
export function addSettingsRoutes(routes: Routes, office: Office, mail: SettingsAnswer['mail']): void {
  const read = async (community: string): Promise<CommunityTable> => {
    const row = await communityByShortName(office.store.db, community)
    if (!row) throw new Refused('not-found')
    return row
  }

  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/settings',
      who: 'chair',
      summary: 'What is set',
      params,
      answer: settings,
    },
    async ({ params }) => {
      const row = await read(params.community)
      return {
        name: row.name,
        shortName: row.short_name,
        timeZone: row.time_zone,
        contact: JSON.parse(row.contact),
        playbook: playbookOf(row),
        recoveryRecipient: row.recovery_recipient,
        mail,
      }
    },
  )

  routes.endpoint(
    {
      method: 'patch',
      path: '/communities/{community}/settings',
      who: 'chair',
      summary: 'Change what the community says of itself; what is left out stays',
      params,
      body: change,
    },
    async ({ body, c }) => {
      await changeSettings(office, memberOf(c.get('visitor')), body)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/playbook',
      who: 'member',
      summary: 'The playbook',
      params,
      answer: z.object({ playbook: Playbook }),
    },
    async ({ params }) => ({ playbook: playbookOf(await read(params.community)) }),
  )

  routes.endpoint(
    {
      method: 'put',
      path: '/communities/{community}/playbook',
      who: 'chair',
      summary: 'Replace the playbook; what it leaves out is the default',
      params,
      body: z.object({ playbook: z.unknown() }),
    },
    async ({ body, c }) => {
      await replacePlaybook(office, memberOf(c.get('visitor')), body.playbook)
      return null
    },
  )
}

/** The playbook as it is kept, with defaults for settings that came later than it. */
function playbookOf({ playbook }: CommunityTable): Playbook {
  const checked = checkPlaybook(JSON.parse(playbook))
  if (!checked.ok) throw new Error('The playbook that is kept is not valid.')
  return checked.playbook
}
