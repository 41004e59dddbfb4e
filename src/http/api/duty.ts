import { z } from '@hono/zod-openapi'
import type { Office } from '../../casework/office.ts'
import { nameDuty } from '../../casework/set-duty.ts'
import { readCommittee } from '../../store/committee.ts'
import { dutiesOf } from '../../store/duty.ts'
import type { DutyTable } from '../../store/schema.ts'
import type { Routes } from '../endpoint.ts'
import { memberOf } from '../visitor.ts'
import { id, instant, shortName } from './shapes.ts'

const params = z.object({ community: shortName })

const duty = z
  .object({
    id,
    startsAt: instant,
    primary: id,
    secondary: id.nullable(),
    setBy: id,
    setAt: instant,
  })
  .openapi('Duty')

const newDuty = z.object({ startsAt: instant, primary: id, secondary: id.nullable() }).openapi('NewDuty')

/** A pair and from when it is on call, until the next. */
export type DutyLine = z.infer<typeof duty>

const line = (row: DutyTable): DutyLine => ({
  id: row.id,
  startsAt: row.starts_at,
  primary: row.primary_id,
  secondary: row.secondary_id,
  setBy: row.set_by,
  setAt: row.set_at,
})

/** Who is on call, set by hand (G1). */
export function addDutyRoutes(routes: Routes, office: Office): void {
  const { store, clock } = office
  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/duty',
      who: 'member',
      summary: 'Every pair that was or will be on call, oldest first',
      params,
      answer: z.array(duty),
    },
    async ({ c }) => (await dutiesOf(store.db, memberOf(c.get('visitor')).community)).map(line),
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/duty',
      who: 'chair',
      summary: 'Name who is on call from an instant on; what is past counts as now. Answers with every pair.',
      params,
      body: newDuty,
      answer: z.array(duty),
      status: 201,
    },
    async ({ body, c }) => {
      const chair = memberOf(c.get('visitor'))
      await nameDuty(office, chair, body)
      return (await dutiesOf(store.db, chair.community)).map(line)
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/on-call',
      who: 'member',
      summary: 'Who is on call now; somebody who has left is nobody',
      params,
      answer: z.object({ primary: id.nullable(), secondary: id.nullable() }),
    },
    async ({ c }) => {
      const committee = await readCommittee(store.db, memberOf(c.get('visitor')).community, clock.now())
      const active = (member: string | null | undefined): string | null =>
        committee?.members.find(({ id }) => id === member)?.id ?? null
      return { primary: active(committee?.pair?.primary), secondary: active(committee?.pair?.secondary) }
    },
  )
}
