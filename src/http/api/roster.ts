import { z } from '@hono/zod-openapi'
import { answerSwap } from '../../casework/answer-swap.ts'
import { linkCalendar, unlinkCalendar } from '../../casework/link-calendar.ts'
import { moveHandOver } from '../../casework/move-hand-over.ts'
import { offerSwap } from '../../casework/offer-swap.ts'
import type { Office } from '../../casework/office.ts'
import { overrideDuty } from '../../casework/override-duty.ts'
import { rosterView, type WithReason } from '../../casework/roster-view.ts'
import { setRule } from '../../casework/set-rule.ts'
import { takeOverrideBack } from '../../casework/take-override-back.ts'
import { feedOf } from '../../store/calendar-feeds.ts'
import { readCommittee } from '../../store/committee.ts'
import type { DutyOverrideTable, MovedHandOverTable, SwapTable } from '../../store/schema.ts'
import type { Routes } from '../endpoint.ts'
import { memberOf } from '../visitor.ts'
import { rotationRule, wallDate, wallTime, why } from './roster-shapes.ts'
import { id, instant, shortName } from './shapes.ts'

const params = z.object({ community: shortName })

const shift = z
  .object({
    from: instant,
    /** null: no end in sight. */
    to: instant.nullable(),
    primary: id,
    secondary: id.nullable(),
    /** The date that the rule gives the turn's hand-over; null: no turn. */
    turn: wallDate.nullable(),
    /** Ids of the overrides that put somebody here. */
    overrides: z.array(id),
  })
  .openapi('Shift')

const gap = z
  .object({
    from: instant,
    to: instant,
    kind: z.enum(['nobody', 'not-named', 'no-secondary', 'gone', 'unplaced']),
    member: id.optional(),
    override: id.optional(),
  })
  .openapi('Gap')

const from = z.union([instant, z.object({ handOver: wallDate })])

const override = z
  .object({
    id,
    from,
    to: instant.nullable(),
    primary: id.nullable(),
    secondary: id.nullable(),
    why: z.string().nullable(),
    setBy: id,
    setAt: instant,
    takenBackAt: instant.nullable(),
    swap: id.nullable(),
  })
  .openapi('Override')

const moved = z
  .object({
    instead: wallDate,
    date: wallDate,
    time: wallTime,
    why: z.string().nullable(),
    setBy: id,
    setAt: instant,
  })
  .openapi('MovedHandOver')

const swap = z
  .object({
    id,
    offeredBy: id,
    offeredTo: id,
    gives: wallDate,
    takes: wallDate.nullable(),
    why: z.string().nullable(),
    offeredAt: instant,
    answer: z.enum(['accepted', 'declined', 'withdrawn']).nullable(),
    answeredAt: instant.nullable(),
  })
  .openapi('Swap')

const roster = z
  .object({
    now: shift.nullable(),
    shifts: z.array(shift),
    handOvers: z.array(z.object({ at: instant, date: wallDate })),
    gaps: z.array(gap),
    rule: z
      .object({
        rule: rotationRule.and(z.object({ zone: z.string() })).nullable(),
        setBy: id,
        setAt: instant,
      })
      .nullable(),
    moved: z.array(moved),
    overrides: z.array(override),
    swaps: z.array(swap),
  })
  .openapi('Roster')

/** The roster of a community, in a stretch of time. */
export type RosterAnswer = z.infer<typeof roster>

const year = 366 * 86_400_000
const longestSpan = 12 * year

const asked = z.object({
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
})

/** Who is on call, by rule and by hand (G1, G5). */
export function addRosterRoutes(routes: Routes, office: Office): void {
  const { store, clock } = office

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
        committee?.members.find((one) => one.id === member)?.id ?? null
      return { primary: active(committee?.pair?.primary), secondary: active(committee?.pair?.secondary) }
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/roster',
      who: 'member',
      summary:
        'Who is on call now, and who is, was or will be from one instant to another (the coming year if not said), with what is wrong in the next 45 days',
      params,
      query: asked,
      answer: roster,
    },
    async ({ query, c }) => {
      const begins = query.from ?? clock.now()
      const ends = Math.min(query.to ?? begins + year, begins + longestSpan, clock.now() + longestSpan)
      const view = await rosterView(office, memberOf(c.get('visitor')).community, {
        from: begins,
        to: Math.max(ends, begins + 1),
      })
      return {
        now: view.now && shiftLine(view.now),
        shifts: view.shifts.map(shiftLine),
        handOvers: [...view.handOvers],
        gaps: [...view.gaps],
        rule: view.rule && {
          rule:
            view.rule.rule === null
              ? null
              : (JSON.parse(view.rule.rule) as z.input<typeof rotationRule> & { zone: string }),
          setBy: view.rule.set_by,
          setAt: view.rule.set_at,
        },
        moved: view.moved.map(movedLine),
        overrides: view.overrides.map(overrideLine),
        swaps: view.swaps.map(swapLine),
      }
    },
  )

  routes.endpoint(
    {
      method: 'put',
      path: '/communities/{community}/roster/rule',
      who: 'chair',
      summary: 'Set by which rule duty goes round from now on; null: pairs are named by hand',
      params,
      body: z.object({ rule: rotationRule.nullable() }),
    },
    async ({ body, c }) => {
      await setRule(office, memberOf(c.get('visitor')), body.rule)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/roster/hand-overs',
      who: 'chair',
      summary: 'Move a hand-over to another day or time of the community’s zone',
      params,
      body: z.object({ instead: wallDate, date: wallDate, time: wallTime, why }),
    },
    async ({ body, c }) => {
      await moveHandOver(office, memberOf(c.get('visitor')), body)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/roster/overrides',
      who: 'committee',
      summary:
        'Put other people on call than the rule says, or name a pair by hand; who is no chair can only step in themselves',
      params,
      body: z.object({
        id,
        from,
        to: instant.nullable(),
        primary: id.nullable(),
        secondary: id.nullable(),
        why: why.nullable(),
      }),
    },
    async ({ body, c }) => {
      await overrideDuty(office, memberOf(c.get('visitor')), body)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'delete',
      path: '/communities/{community}/roster/overrides/{override}',
      who: 'committee',
      summary: 'Take an override back: from now on it is as if it had not been set',
      params: params.extend({ override: id }),
    },
    async ({ params: { override: taken }, c }) => {
      await takeOverrideBack(office, memberOf(c.get('visitor')), taken)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/roster/swaps',
      who: 'committee',
      summary: 'Offer one’s turn to another member, in exchange for one of theirs or for nothing',
      params,
      body: z.object({ id, to: id, gives: wallDate, takes: wallDate.nullable(), why }),
    },
    async ({ body, c }) => {
      await offerSwap(office, memberOf(c.get('visitor')), body)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/roster/swaps/{swap}/answer',
      who: 'committee',
      summary: 'Accept or decline a turn that was offered, or withdraw one’s own offer',
      params: params.extend({ swap: id }),
      body: z.object({ answer: z.enum(['accepted', 'declined', 'withdrawn']) }),
    },
    async ({ params: { swap: offered }, body, c }) => {
      await answerSwap(office, memberOf(c.get('visitor')), offered, body.answer)
      return null
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/roster/calendar',
      who: 'committee',
      summary: 'Whether there is a link to one’s own calendar, and since when',
      params,
      answer: z.object({ madeAt: instant.nullable() }),
    },
    async ({ c }) => ({
      madeAt: (await feedOf(store.db, memberOf(c.get('visitor')).id))?.made_at ?? null,
    }),
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/roster/calendar',
      who: 'committee',
      summary: 'Make the secret link to one’s own calendar, shown this once; the one before ends',
      params,
      answer: z.object({ path: z.string() }),
      status: 201,
    },
    async ({ c }) => ({ path: `/feeds/${await linkCalendar(office, memberOf(c.get('visitor')))}.ics` }),
  )

  routes.endpoint(
    {
      method: 'delete',
      path: '/communities/{community}/roster/calendar',
      who: 'committee',
      summary: 'End the link to one’s own calendar',
      params,
    },
    async ({ c }) => {
      await unlinkCalendar(office, memberOf(c.get('visitor')))
      return null
    },
  )
}

const shiftLine = ({
  from: begins,
  to,
  primary,
  secondary,
  turn,
  overrides,
}: NonNullable<Awaited<ReturnType<typeof rosterView>>['now']>) => ({
  from: begins,
  to,
  primary,
  secondary,
  turn,
  overrides: [...overrides],
})

const movedLine = (row: WithReason<MovedHandOverTable>): z.infer<typeof moved> => ({
  instead: row.instead,
  date: row.date,
  time: row.time,
  why: row.why,
  setBy: row.set_by,
  setAt: row.set_at,
})

const overrideLine = (row: WithReason<DutyOverrideTable>): z.infer<typeof override> => ({
  id: row.id,
  from: row.hand_over === null ? (row.starts_at as number) : { handOver: row.hand_over },
  to: row.ends_at,
  primary: row.primary_id,
  secondary: row.secondary_id,
  why: row.why,
  setBy: row.set_by,
  setAt: row.set_at,
  takenBackAt: row.taken_back_at,
  swap: row.swap_id,
})

const swapLine = (row: WithReason<SwapTable>): z.infer<typeof swap> => ({
  id: row.id,
  offeredBy: row.offered_by,
  offeredTo: row.offered_to,
  gives: row.gives,
  takes: row.takes,
  why: row.why,
  offeredAt: row.offered_at,
  answer: row.answer,
  answeredAt: row.answered_at,
})
