import { checkPlaybook } from '../procedure/playbook.ts'
import { holdCommunity } from '../store/communities.ts'
import { appendLog } from '../store/log.ts'
import type { Membership } from '../store/members.ts'
import { readRotation } from '../store/roster.ts'
import type { CommunityTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import type { Contact } from './contact.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { keepRule } from './set-rule.ts'

/** What a community says of itself. What is left out stays. */
export interface SettingsChange {
  readonly name?: string | undefined
  /** IANA zone. */
  readonly timeZone?: string | undefined
  readonly contact?: Contact | undefined
}

/** Changes what a community says of itself. */
export async function changeSettings(
  office: Office,
  chair: Membership,
  change: SettingsChange,
): Promise<void> {
  const { name, timeZone, contact } = change
  await changeCommunity(office, chair, 'settings-changed', {
    ...(name !== undefined && { name }),
    ...(timeZone !== undefined && { time_zone: timeZone }),
    ...(contact !== undefined && { contact: JSON.stringify(contact) }),
  })
}

/**
 * Replaces the playbook. Cases keep the deadlines they were given; what is due later follows the new one.
 *
 * @param playbook - as sent; what it leaves out is ChiPy's value.
 * @throws {Refused} `playbook-invalid`, naming the first setting that is wrong and why.
 */
export async function replacePlaybook(office: Office, chair: Membership, playbook: unknown): Promise<void> {
  const checked = checkPlaybook(playbook)
  if (!checked.ok) {
    const [problem] = checked.problems
    throw new Refused('playbook-invalid', {
      field: problem?.path || 'playbook',
      reason: problem?.message ?? 'is not valid',
    })
  }
  await changeCommunity(office, chair, 'playbook-changed', { playbook: JSON.stringify(checked.playbook) })
}

async function changeCommunity(
  { store, clock }: Office,
  chair: Membership,
  deed: string,
  change: Partial<CommunityTable>,
): Promise<void> {
  if (Object.keys(change).length === 0) return
  const now = clock.now()
  await store.write(async (tx) => {
    await holdCommunity(tx, store.kind, chair.community)
    await tx.updateTable('community').set(change).where('id', '=', chair.community).execute()
    if (change.time_zone !== undefined) await rosterIn(tx, chair, change.time_zone, now)
    await appendLog(tx, [{ community: chair.community, at: now, case: null, actor: chair.id, deed }])
  })
}

/** Hand-overs take place at the same time of day, in the community's new zone (G1). */
async function rosterIn(tx: Tx, chair: Membership, zone: string, now: number): Promise<void> {
  const { rules } = await readRotation(tx, chair.community)
  const rule = rules.at(-1)?.rule
  if (rule && rule.zone !== zone) await keepRule(tx, chair, { ...rule, zone }, now)
}
