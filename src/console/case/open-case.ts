import {
  type AgreementBody,
  type ClosingBody,
  checkAgreementBody,
  checkClosingBody,
  checkDelayBody,
  checkDraftBody,
  checkMotionBody,
  checkProposalBody,
  type DelayBody,
  type DraftBody,
  type MotionBody,
  type ProposalBody,
} from '../../procedure/decision.ts'
import {
  type AnswerBody,
  type CompletionBody,
  checkAnswerBody,
  checkCompletionBody,
  checkMessageBody,
  checkNoteBody,
  checkSupportBody,
  type FileRef,
  type MessageBody,
  type NoteBody,
  type SupportBody,
} from '../../procedure/records.ts'
import { checkReportBody, onFileFacts, type ReportBody } from '../../procedure/report.ts'
import { checkShepherdBody, type ShepherdBody } from '../../procedure/shepherd.ts'
import { fromBase64 } from '../../sealing/bytes.ts'
import type { Directory } from '../../sealing/directory.ts'
import { openGrant } from '../../sealing/grant.ts'
import type { Keyring } from '../../sealing/keyring.ts'
import { type Author, hashOf } from '../../sealing/record.ts'
import {
  type Doubt,
  epochVouched,
  readTimeline,
  reportVouchesFor,
  type TimelineEntry,
} from '../../sealing/timeline.ts'
import type { CaseView } from '../api/shapes.ts'

/** What a record holds, once opened and checked. `unknown`: of a kind, or in a shape, this console cannot show. */
export type Content =
  | { readonly kind: 'report'; readonly body: ReportBody }
  | { readonly kind: 'answer'; readonly body: AnswerBody }
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
  /** From here on it is sealed anew (K3). */
  | { readonly kind: 'epoch' }
  | { readonly kind: 'unknown' }

/** One record of a case as its reader sees it. */
export interface ReadRecord {
  readonly id: string
  readonly epoch: number
  /** null: it could not be opened. */
  readonly author: Author | null
  readonly content: Content | null
  /** When the server took it, epoch milliseconds. */
  readonly at: number
  /** The reporter can read it. */
  readonly shared: boolean
  /** When the reporter first opened it. */
  readonly openedAt: number | null
  readonly sealedByServer: boolean
  /** Empty: verified. */
  readonly doubts: readonly Doubt[]
}

/** The two facts that decide whether a case can be kept on file (H3), and which of them the report itself says. */
export interface OnFile {
  readonly actionTaken: boolean | null
  readonly decisionWanted: boolean | null
  readonly saidByReport: { readonly actionTaken: boolean; readonly decisionWanted: boolean }
}

/** A case with everything in it that this member can open. */
export interface OpenedCase {
  readonly view: CaseView
  readonly records: readonly ReadRecord[]
  /** The report it began with; null if it could not be opened. */
  readonly report: ReportBody | null
  /** The newest completion of the record (H4). */
  readonly completion: CompletionBody | null
  readonly onFile: OnFile
  /** What came of what was offered to the person, oldest first (B4). */
  readonly supports: readonly SupportBody[]
  /** Identities of the epochs this member can open. */
  readonly identities: ReadonlyMap<number, string>
  /** Whether the newest epoch is one of them, and vouched for: only then can this member write. */
  readonly canWrite: boolean
  /** Whether the report itself names the reporter's recipient that the server hands out. */
  readonly reporterVouched: boolean
  /** {@link hashOf} the newest record, and the newest that the reporter can read: what the next one follows. */
  readonly head: string | null
  readonly sharedHead: string | null
  /** The server claims another newest record than the one it handed out: something is kept back. */
  readonly keptBack: boolean
}

/**
 * Opens a case: its grants with the member's keyring, its records with the grants, and checks all of it. Never
 * throws for what is wrong with a record or a grant: that is said beside it.
 *
 * @param directory - of the case's community, verified.
 */
export async function openCase(view: CaseView, keyring: Keyring, directory: Directory): Promise<OpenedCase> {
  const identities = await openGrants(view, keyring)
  const sealed = view.records.map(({ id, epoch, sealed }) => ({ id, epoch, sealed: fromBase64(sealed) }))
  const entries = await readTimeline(sealed, {
    community: view.community.id,
    case: view.id,
    identityOf: (epoch) => identities.get(epoch),
    memberKeys: (member) => directory.members.get(member)?.verifyKeys ?? [],
    reporterKey: null,
    chain: 'after',
  })
  const records = entries.map((entry, index) => readRecord(entry, view.records[index]))
  const hashes = sealed.map((record) => hashOf(record.sealed))
  const head = hashes.at(-1) ?? null
  const sharedHead = hashes.findLast((_, index) => view.records[index]?.shared === true) ?? null
  const report = contentOf(records, 'report')?.body ?? null
  const completion = contentOf(records, 'completion')?.body ?? null
  return {
    view,
    records,
    report,
    completion,
    onFile: onFile(report, completion),
    supports: records.flatMap(({ content, doubts }) =>
      content?.kind === 'support' && trusted(doubts) ? [content.body] : [],
    ),
    identities,
    canWrite: identities.has(view.epoch) && isVouched(view, entries),
    reporterVouched: view.reporterRecipient !== null && reportVouchesFor(entries, view.reporterRecipient),
    head,
    sharedHead,
    keptBack: head !== view.head || sharedHead !== view.sharedHead,
  }
}

/** Whether a member vouches for the newest epoch, where there was more than one: the server could make one for itself (K3). */
const isVouched = ({ epoch, epochs }: CaseView, entries: readonly TimelineEntry[]): boolean =>
  epoch === 1 ||
  epochVouched(entries, epoch, epochs.find((candidate) => candidate.epoch === epoch)?.recipient ?? '')

async function openGrants(view: CaseView, keyring: Keyring): Promise<Map<number, string>> {
  const identities = new Map<number, string>()
  for (const { epoch, recipient, grant } of view.epochs) {
    if (grant === null) continue
    const opened = await openGrant(fromBase64(grant), keyring.identity, {
      case: view.id,
      epoch,
      recipient,
    }).catch(() => null)
    if (opened !== null) identities.set(epoch, opened.identity)
  }
  return identities
}

function readRecord(entry: TimelineEntry, handed: CaseView['records'][number] | undefined): ReadRecord {
  return {
    id: entry.id,
    epoch: handed?.epoch ?? 0,
    author: entry.record?.author ?? null,
    content: entry.record && checkContent(entry.record.kind, entry.record.body),
    at: handed?.at ?? 0,
    shared: handed?.shared ?? false,
    openedAt: handed?.openedAt ?? null,
    sealedByServer: entry.sealedByServer,
    doubts: entry.doubts,
  }
}

function checkContent(kind: string, body: unknown): Content {
  try {
    switch (kind) {
      case 'report':
        return { kind, body: checkReportBody(body) }
      case 'answer':
        return { kind, body: checkAnswerBody(body) }
      case 'note':
        return { kind, body: checkNoteBody(body) }
      case 'message':
        return { kind, body: checkMessageBody(body) }
      case 'completion':
        return { kind, body: checkCompletionBody(body) }
      case 'support':
        return { kind, body: checkSupportBody(body) }
      case 'shepherd':
        return { kind, body: checkShepherdBody(body) }
      case 'proposal':
        return { kind, body: checkProposalBody(body) }
      case 'agreement':
        return { kind, body: checkAgreementBody(body) }
      case 'draft':
        return { kind, body: checkDraftBody(body) }
      case 'delay':
        return { kind, body: checkDelayBody(body) }
      case 'motion':
        return { kind, body: checkMotionBody(body) }
      case 'closing':
        return { kind, body: checkClosingBody(body) }
      case 'epoch':
        return { kind }
      default:
        return { kind: 'unknown' }
    }
  } catch {
    return { kind: 'unknown' }
  }
}

/** As long as nothing speaks against who wrote a record, and where. */
const trusted = (doubts: readonly Doubt[]): boolean =>
  !doubts.includes('signature-wrong') && !doubts.includes('misplaced')

/** The newest completion or the first report, as long as nothing speaks against it. */
function contentOf<K extends 'report' | 'completion'>(
  records: readonly ReadRecord[],
  kind: K,
): Extract<Content, { kind: K }> | null {
  const found = records
    .filter(({ doubts }) => trusted(doubts))
    .map(({ content }) => content)
    .filter((content): content is Extract<Content, { kind: K }> => content?.kind === kind)
  return (kind === 'report' ? found[0] : found.at(-1)) ?? null
}

/** What the report says counts; only what it leaves open is for the first responder to complete (H3, H4). */
function onFile(report: ReportBody | null, completion: CompletionBody | null): OnFile {
  const said = report ? onFileFacts(report) : { actionTaken: null, decisionWanted: null }
  return {
    actionTaken: said.actionTaken ?? completion?.actionTaken ?? null,
    decisionWanted: said.decisionWanted ?? completion?.decisionWanted ?? null,
    saidByReport: { actionTaken: said.actionTaken !== null, decisionWanted: said.decisionWanted !== null },
  }
}

/** The files of a case that a record refers to. */
export function filesOf({ content }: ReadRecord): readonly FileRef[] {
  if (content?.kind === 'report') return content.body.evidence ?? []
  return content?.kind === 'answer' ? content.body.files : []
}

/** Records that came since another reading of the same case: what somebody else did meanwhile. */
export function newSince(before: OpenedCase, after: OpenedCase): readonly ReadRecord[] {
  const known = new Set(before.records.map(({ id }) => id))
  return after.records.filter(({ id }) => !known.has(id))
}

type Filled = Extract<Content, { readonly body: unknown }>
type Bodies = { readonly [Each in Filled as Each['kind']]: Each['body'] }

/** What one record holds, as long as nothing speaks against it; null where it is not there or of another kind. */
export function bodyOf<K extends keyof Bodies>(
  { records }: OpenedCase,
  id: string,
  kind: K,
): Bodies[K] | null {
  const content = records.find((record) => record.id === id && trusted(record.doubts))?.content
  return content?.kind === kind ? ((content as Filled).body as Bodies[K]) : null
}
