import { z } from '@hono/zod-openapi'
import { changeEvent, createEvent } from '../../casework/keep-event.ts'
import type { Office } from '../../casework/office.ts'
import { eventsOf } from '../../store/events.ts'
import type { Routes } from '../endpoint.ts'
import { memberOf } from '../visitor.ts'
import { id, shortName } from './shapes.ts'

const params = z.object({ community: shortName })
const phone = z.string().nullable()

const event = z
  .object({
    id,
    slug: z.string(),
    name: z.string(),
    place: z.string().nullable(),
    address: z.array(z.string()),
    from: z.string(),
    to: z.string(),
    phones: z.object({ emergency: phone, security: phone, nonEmergency: phone, committee: phone }),
    primary: id.nullable(),
    secondary: id.nullable(),
    archived: z.boolean(),
  })
  .openapi('Event')

/** An event of a community. */
export type EventLine = z.infer<typeof event>

/** The events of a community: chairs make and change them. */
export function addEventRoutes(routes: Routes, office: Office): void {
  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/events',
      who: 'member',
      summary: 'Every event, those put away too, the latest first',
      params,
      answer: z.array(event),
    },
    async ({ c }) => eventsOf(office.store.db, memberOf(c.get('visitor')).community),
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/events',
      who: 'chair',
      summary: 'Make an event; what is left out is the community’s',
      params,
      body: z.object({ event: z.unknown() }),
      answer: z.object({ id }),
      status: 201,
    },
    async ({ body, c }) => ({ id: await createEvent(office, memberOf(c.get('visitor')), body.event) }),
  )

  routes.endpoint(
    {
      method: 'put',
      path: '/communities/{community}/events/{event}',
      who: 'chair',
      summary: 'Change an event, or put it away; it is kept for the reports that name it',
      params: params.extend({ event: id }),
      body: z.object({ event: z.unknown(), archived: z.boolean() }),
    },
    async ({ params, body, c }) => {
      await changeEvent(office, memberOf(c.get('visitor')), params.event, body.event, body.archived)
      return null
    },
  )
}
