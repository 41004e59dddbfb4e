/**
 * The tables. Ids are 16 random bytes in URL-safe base64, instants are epoch milliseconds, flags are 0 or 1,
 * columns named `sealed…` hold age files that the server has no key for, columns of JSON text say so.
 */
export interface Schema {
  community: CommunityTable
  account: AccountTable
  unlocker: UnlockerTable
  session: SessionTable
  challenge: ChallengeTable
  member: MemberTable
  invitation: InvitationTable
  directory_entry: DirectoryEntryTable
  duty: DutyTable
  incident: IncidentTable
  exclusion: ExclusionTable
  epoch: EpochTable
  grant_: GrantTable
  reader: ReaderTable
  record: RecordTable
  upload: UploadTable
  upload_part: UploadPartTable
  log: LogTable
  log_head: LogHeadTable
  outbox: OutboxTable
  due: DueTable
  answered_request: AnsweredRequestTable
  setup_token: SetupTokenTable
  task: TaskTable
}

export interface CommunityTable {
  id: string
  /** Its place in addresses: lower-case letters, digits and hyphens; unique. */
  short_name: string
  name: string
  /** IANA zone. */
  time_zone: string
  /** JSON: `Contact` of casework/community.ts. */
  contact: string
  /** JSON: `Playbook` of procedure/playbook.ts. */
  playbook: string
  /** Recipient of the printed recovery kit; null: declined at set-up. */
  recovery_recipient: string | null
  demo: number
  created_at: number
}

/** A person who signs in; the same keyring serves every community they are a member of. */
export interface AccountTable {
  id: string
  name: string
  /** Lower case; unique. */
  email: string
  recipient: string
  verify_key: string
  created_at: number
}

export interface UnlockerTable {
  id: string
  account_id: string
  kind: 'passkey' | 'passphrase' | 'recovery'
  label: string
  /** WebAuthn credential id (base64url) of a passkey. */
  credential_id: string | null
  /** COSE public key of a passkey. */
  public_key: Uint8Array | null
  counter: number
  /** JSON: transports of a passkey. */
  transports: string | null
  /** JSON: `PassphraseCost` of a passphrase. */
  cost: string | null
  /** SHA-256 (hex) of the token of a passphrase or recovery kit. */
  token_hash: string | null
  /** The keyring, sealed to this unlocker; null for a passkey without PRF, which signs in but does not unlock. */
  sealed_keyring: Uint8Array | null
  created_at: number
  used_at: number | null
}

export interface SessionTable {
  /** SHA-256 (hex) of the cookie's token. */
  id: string
  account_id: string
  /** Shown in the list of sessions, revocable by it. */
  handle: string
  /** Browser and system in two words, never an address. */
  label: string
  created_at: number
  seen_at: number
}

/** A WebAuthn challenge that was answered: it is not accepted again. Those not yet answered are kept nowhere. */
export interface ChallengeTable {
  id: string
  expires_at: number
}

export interface MemberTable {
  id: string
  community_id: string
  account_id: string
  standing: 'member' | 'organizer'
  chair: number
  /** Order in the rotation (K2), lowest first. */
  rotation: number
  joined_at: number
  /** Null while active. */
  left_at: number | null
}

export interface InvitationTable {
  id: string
  community_id: string
  standing: 'member' | 'organizer'
  chair: number
  /** For whom, in the inviter's words; shown in the list only. */
  note: string
  /** JSON: `SignedText` of a `Delegation`. */
  delegation: string
  /** Member whose keys are replaced; null for somebody new. */
  replaces: string | null
  invited_by: string
  created_at: number
  expires_at: number
  used_at: number | null
  revoked_at: number | null
}

export interface DirectoryEntryTable {
  community_id: string
  seq: number
  text: string
  signature: string
  hash: string
}

/** A pair on call from an instant on, set by hand (G1). */
export interface DutyTable {
  id: string
  community_id: string
  starts_at: number
  primary_id: string
  secondary_id: string | null
  set_by: string
  set_at: number
}

/** A case. (`case` is a word of SQL.) */
export interface IncidentTable {
  id: string
  community_id: string
  code_name: string
  state: string
  /** `taken`: written down by somebody to whom the person spoke (B); `member`: logged by a member (E1, F2). */
  channel: 'web' | 'web-plain' | 'member' | 'mail' | 'taken'
  arrived_at: number
  acknowledge_by: number
  resolve_by: number
  open_at: number
  acknowledged_at: number | null
  /** First responder. */
  responder_id: string | null
  shepherd_id: string | null
  brought_at: number | null
  closed_at: number | null
  /** Nobody on the committee can read it (J4): 1. */
  blocked: number
  epoch: number
  /** Grows by one with every change. */
  version: number
  /** {@link RecordTable.hash} of the newest record, and of the newest the reporter can read. */
  head: string
  shared_head: string | null
  records: number
  /** Null: a member's own log, which nobody returns to with a code. */
  receipt_lookup: string | null
  receipt_hash: string | null
  reporter_recipient: string | null
  reporter_key: string | null
  /** The reporter's mail address for notices, sealed with the server's key. */
  sealed_notice: Uint8Array | null
  /** Language the reporter used. */
  language: string
}

/** A member who must never know of a case (K1). */
export interface ExclusionTable {
  case_id: string
  member_id: string
  since: number
}

export interface EpochTable {
  case_id: string
  epoch: number
  recipient: string
}

export interface GrantTable {
  case_id: string
  epoch: number
  /** `recovery` for the community's recovery recipient. */
  member_id: string
  sealed: Uint8Array
}

/** Whom the server has handed a case to: the only source of what a member's lists, counts and events show. */
export interface ReaderTable {
  case_id: string
  member_id: string
  community_id: string
  since: number
  /** 1 while the case needs somebody. */
  open: number
  /** Place in the inbox, ascending: the next instant something is due while open, minus the last change once closed. */
  sort: number
}

export interface RecordTable {
  id: string
  case_id: string
  seq: number
  epoch: number
  /** report, answer, message, note, evidence-note … as the server must know it to route it; never what it says. */
  kind: string
  author_member: string | null
  by_server: number
  at: number
  /** The reporter may read it. */
  shared: number
  /** When the reporter first opened it. */
  opened_at: number | null
  hash: string
  sealed: Uint8Array
}

export interface UploadTable {
  id: string
  community_id: string
  /** Null until a record refers to it. */
  case_id: string | null
  epoch: number | null
  shared: number
  token_hash: string
  /** Bytes received and parts expected; complete once `completed_at` is set. */
  size: number
  parts: number
  completed_at: number | null
  created_at: number
}

export interface UploadPartTable {
  upload_id: string
  part: number
  bytes: Uint8Array
}

/** The log of a community: append-only, each entry hashed with the one before (N3). No content. */
export interface LogTable {
  community_id: string
  seq: number
  at: number
  case_id: string | null
  /** Member id, `reporter` or `server`. */
  actor: string
  deed: string
  /** JSON of ids, states and times alone. */
  detail: string
  hash: string
}

export interface LogHeadTable {
  community_id: string
  seq: number
  hash: string
}

/** Something to send, written in the transaction of what it announces. */
export interface OutboxTable {
  id: string
  community_id: string
  case_id: string | null
  channel: 'mail'
  /** Account to notify, or null where `sealed_address` says whom. */
  account_id: string | null
  sealed_address: Uint8Array | null
  /** Which notice; its text comes from words/. */
  notice: string
  /** JSON of values the notice may show: names of communities, code names, times. */
  detail: string
  created_at: number
  next_at: number
  attempts: number
  state: 'queued' | 'sent' | 'failed-for-now' | 'failed-for-good' | 'withdrawn'
  /** A short class of failure, never an address or a server's text. */
  failure: string | null
  sent_at: number | null
  /** The instant until which one process has it in hand. */
  claimed_until: number
}

/** Something that happens by itself at an instant. */
export interface DueTable {
  id: string
  at: number
  deed: string
  community_id: string
  case_id: string | null
}

/** The answer given to an idempotency key. */
export interface AnsweredRequestTable {
  /** SHA-256 (hex) over route and key. */
  id: string
  /** SHA-256 (hex) of the request's body: the same key with other content is an error. */
  body_hash: string
  answer: string
  at: number
}

export interface SetupTokenTable {
  hash: string
  created_at: number
  used_at: number | null
}

/** Something that is to be done, and of which somebody is reminded until it is. What it is, the server does not know. */
export interface TaskTable {
  id: string
  community_id: string
  /** Somebody who reported waits for something (B4): whoever has the case in hand is reminded. Null: a member's own (E3). */
  case_id: string | null
  /** The member whose own it is; null: of a case. */
  member_id: string | null
  due_at: number
  created_at: number
  done_at: number | null
  /** Member id. */
  done_by: string | null
  /** A member's words to themselves, sealed to nobody else; null: none. */
  sealed: Uint8Array | null
}
