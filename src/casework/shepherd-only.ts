import type { IncidentTable } from '../store/schema.ts'
import { Refused } from './refused.ts'

/** Refuses a step that is the shepherd's to anybody else. @throws {Refused} `impossible-step`: `not-yours`. */
export function shepherdOnly({ shepherd_id }: Pick<IncidentTable, 'shepherd_id'>, member: string): void {
  if (shepherd_id !== member) throw new Refused('impossible-step', { reason: 'not-yours' })
}
