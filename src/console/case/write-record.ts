import type {
  AgreementBody,
  ClosingBody,
  DelayBody,
  DraftBody,
  MotionBody,
  ProposalBody,
} from '../../procedure/decision.ts'
import type { CompletionBody, MessageBody, NoteBody, SupportBody } from '../../procedure/records.ts'
import type { ShepherdBody } from '../../procedure/shepherd.ts'
import { toBase64 } from '../../sealing/bytes.ts'
import type { Directory } from '../../sealing/directory.ts'
import { sealGrant } from '../../sealing/grant.ts'
import type { Keyring } from '../../sealing/keyring.ts'
import { sealRecord } from '../../sealing/record.ts'
import type { WaitingMember } from '../api/shapes.ts'
import type { OpenedCase } from './open-case.ts'

/** What a member writes into a case. */
export type Writing =
  | { readonly kind: 'note'; readonly body: NoteBody }
  | { readonly kind: 'message'; readonly body: MessageBody }
  | { readonly kind: 'completion'; readonly body: CompletionBody }
  | { readonly kind: 'support'; readonly body: SupportBody }
  | { readonly kind: 'shepherd'; readonly body: ShepherdBody }
  | { readonly kind: 'proposal'; readonly body: ProposalBody }
  | { readonly kind: 'agreement'; readonly body: AgreementBody }
  | { readonly kind: 'draft'; readonly body: DraftBody }
  | { readonly kind: 'delay'; readonly body: DelayBody }
  | { readonly kind: 'motion'; readonly body: MotionBody }
  | { readonly kind: 'closing'; readonly body: ClosingBody }

/** A record as it is sent: sealed, and after which one it comes. */
export interface WrittenRecord {
  readonly record: { readonly sealed: string }
  readonly after: string
}

/** This member has no key for the newest part of the case, so nothing can be written. */
export class NoKeyToWrite extends Error {
  override name = 'NoKeyToWrite'
}

/** The server hands out another recipient for the reporter than the report was sealed to. */
export class ReporterNotVouched extends Error {
  override name = 'ReporterNotVouched'
}

/** Messages are for the reporter too, where there is one to return; the rest stays with those who read the case. */
export const isShared = ({ kind }: Writing, { view }: OpenedCase): boolean =>
  kind === 'message' && view.reporterRecipient !== null

/**
 * Signs and seals what a member writes, after everything that was read in the case.
 *
 * @param member - member id of the author.
 * @param at - epoch milliseconds.
 * @throws {NoKeyToWrite | ReporterNotVouched}
 */
export async function writeRecord(
  opened: OpenedCase,
  writing: Writing,
  { member, keyring, at }: { readonly member: string; readonly keyring: Keyring; readonly at: number },
): Promise<WrittenRecord> {
  const { view, head, sharedHead } = opened
  const epoch = view.epochs.find((candidate) => candidate.epoch === view.epoch)
  if (!opened.canWrite || epoch === undefined || head === null) throw new NoKeyToWrite()
  if (isShared(writing, opened) && !opened.reporterVouched) throw new ReporterNotVouched()
  const reporter = isShared(writing, opened) ? [view.reporterRecipient as string] : []
  const sealed = await sealRecord(
    {
      v: 1,
      community: view.community.id,
      case: view.id,
      epoch: view.epoch,
      kind: writing.kind,
      author: { who: 'member', id: member },
      at,
      body: writing.body,
      after: head,
      afterShared: sharedHead,
    },
    keyring.signingSeed,
    [epoch.recipient, ...reporter],
  )
  return { record: { sealed: toBase64(sealed) }, after: head }
}

/** A grant for a member who lacks one, as it is sent. */
export interface NewGrant {
  readonly member: string
  readonly epoch: number
  readonly sealed: string
}

/**
 * Grants a case to a member who lost their keys, as far as this member can open it. The key it is sealed to comes
 * from the verified directory, never from the server's word.
 *
 * @returns none, if the member is not in the directory.
 */
export async function grantTo(
  { id: member, epochs }: WaitingMember,
  opened: OpenedCase,
  directory: Directory,
): Promise<NewGrant[]> {
  const listed = directory.members.get(member)
  if (!listed?.active || listed.standing !== 'member') return []
  const { view, identities } = opened
  const own = [...identities].filter(([epoch]) => epochs.includes(epoch))
  return Promise.all(
    own.map(async ([epoch, identity]) => ({
      member,
      epoch,
      sealed: toBase64(
        await sealGrant(
          { v: 1, community: view.community.id, case: view.id, epoch, identity },
          listed.recipient,
        ),
      ),
    })),
  )
}
