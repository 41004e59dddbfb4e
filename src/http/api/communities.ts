import { z } from '@hono/zod-openapi'
import { Contact } from '../../casework/contact.ts'
import type { Office } from '../../casework/office.ts'
import { intake, publicView } from '../../casework/public-view.ts'
import { limits } from '../../procedure/records.ts'
import { partSize } from '../../sealing/parts.ts'
import { allCommunities } from '../../store/communities.ts'
import type { Routes } from '../endpoint.ts'
import { id, instant, shortName, signedText } from './shapes.ts'

const params = z.object({ community: shortName })
const people = z.array(z.object({ id, name: z.string() }))

const publicCommunity = z
  .object({
    id,
    shortName,
    name: z.string(),
    timeZone: z.string(),
    demo: z.boolean(),
    contact: Contact,
    fingerprint: z.string().nullable(),
    members: people,
    onCall: z.array(z.string()).nullable(),
    nextHandOver: instant.nullable(),
  })
  .openapi('Community')

const intakeAnswer = z
  .object({
    community: id,
    directory: z.array(signedText),
    members: people,
    now: instant,
    limits: z.object({ files: z.int(), fileBytes: z.int(), partSize: z.int() }),
  })
  .openapi('Intake')

/** What a reporter's browser seals with. */
export type IntakeAnswer = z.infer<typeof intakeAnswer>

/** What anybody may know of the communities here. */
export function addCommunityRoutes(routes: Routes, office: Office): void {
  routes.endpoint(
    {
      method: 'get',
      path: '/communities',
      who: 'anybody',
      summary: 'The communities here',
      answer: z.object({ communities: z.array(z.object({ shortName, name: z.string() })) }),
    },
    async () => {
      const rows = await allCommunities(office.store.db)
      return { communities: rows.map(({ short_name, name }) => ({ shortName: short_name, name })) }
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}',
      who: 'anybody',
      summary: 'What a community says of itself',
      params,
      answer: publicCommunity,
    },
    async ({ params: { community } }) => {
      const {
        playbook: _,
        organizers: __,
        recovery: ___,
        events: ____,
        members,
        onCall,
        ...view
      } = await publicView(office, community)
      return { ...view, members: [...members], onCall: onCall && [...onCall] }
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/intake',
      who: 'anybody',
      summary: 'To whom a report is sealed',
      params,
      answer: intakeAnswer,
    },
    async ({ params: { community } }) => {
      const { directory, members, ...rest } = await intake(office, community)
      return {
        ...rest,
        directory: [...directory],
        members: [...members],
        limits: { files: limits.files, fileBytes: limits.fileBytes, partSize },
      }
    },
  )
}
