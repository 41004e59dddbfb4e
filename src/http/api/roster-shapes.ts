import { z } from '@hono/zod-openapi'
import { dayNumber } from '../../procedure/wall-clock.ts'
import { id } from './shapes.ts'

/** A date that exists, `YYYY-MM-DD`. */
export const wallDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2027-11-04')
  .refine((date) => {
    try {
      return dayNumber(date) > 0
    } catch {
      return false
    }
  }, 'is not a day of the calendar')
  .openapi({ type: 'string', format: 'date' })

/** A time of day, `HH:mm`. */
export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 18:30')

/** Why something was set by hand, in a sentence. */
export const why = z.string().trim().min(1, 'is missing').max(300)

const weekday = z.union([1, 2, 3, 4, 5, 6, 7].map((day) => z.literal(day as 1 | 2 | 3 | 4 | 5 | 6 | 7)))
const nth = z.union([1, 2, 3, 4, 5].map((one) => z.literal(one as 1 | 2 | 3 | 4 | 5)))

const common = {
  /** Who takes turns, in which order. Empty: each pair is named by hand. */
  order: z
    .array(id)
    .max(200)
    .refine((order) => new Set(order).size === order.length, 'names somebody twice'),
  /** The first hand-over, to the first of the order. */
  start: wallDate,
  handOverTime: wallTime,
}

/** By which days duty is handed over. */
export const rotationRule = z
  .discriminatedUnion('kind', [
    z.object({
      ...common,
      kind: z.literal('monthly'),
      /** The 31st is the last of a shorter month, the 5th weekday the last where there are four. */
      handOverDay: z.union([z.object({ day: z.int().min(1).max(31) }), z.object({ nth, weekday })]),
    }),
    z.object({ ...common, kind: z.literal('weekly'), handOverDay: weekday }),
    z.object({ ...common, kind: z.literal('event'), handOverDates: z.array(wallDate).max(200) }),
  ])
  .openapi('RotationRule')
