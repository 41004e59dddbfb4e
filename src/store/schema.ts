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
  roster_rule: RosterRuleTable
  moved_hand_over: MovedHandOverTable
  duty_override: DutyOverrideTable
  swap: SwapTable
  calendar_feed: CalendarFeedTable
  told_gap: ToldGapTable
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
  channel: ChannelTable
  quiet_hours: QuietHoursTable
  push_key: PushKeyTable
  alert: AlertTable
  alert_exclusion: AlertExclusionTable
  alert_step: AlertStepTable
  alert_seen: AlertSeenTable
  event: EventTable
  task: TaskTable
  shepherd_pick: ShepherdPickTable
  set_aside: SetAsideTable
  proposal: ProposalTable
  agreement: AgreementTable
  draft: DraftTable
  draft_confirmation: DraftConfirmationTable
  motion: MotionTable
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

/** By which rule duty goes round from `set_at` on (G1). Never changed or deleted: the past stays on record. */
export interface RosterRuleTable {
  id: string
  community_id: string
  /** JSON: `RotationRule` of procedure/rotation.ts; null: from then on pairs are named by hand. */
  rule: string | null
  set_by: string
  set_at: number
}

/** A hand-over that was set to another time by hand (G1). Never changed or deleted. */
export interface MovedHandOverTable {
  id: string
  community_id: string
  /** `YYYY-MM-DD`: the date that the rule gives it, and the one it takes place on. */
  instead: string
  date: string
  /** `HH:mm` */
  time: string
  /** The reason, sealed with the server's key. */
  sealed_why: Uint8Array | null
  set_by: string
  set_at: number
}

/** Other people on call than the rule says, or a pair named by hand (G1, G5). Never deleted, only taken back. */
export interface DutyOverrideTable {
  id: string
  community_id: string
  /** From an instant, or from the hand-over that the rule gives this date: one of the two. */
  starts_at: number | null
  hand_over: string | null
  /** Null: until the next hand-over. */
  ends_at: number | null
  /** Null: that seat stays as it is. */
  primary_id: string | null
  secondary_id: string | null
  /** The reason, sealed with the server's key; null: none was given. */
  sealed_why: Uint8Array | null
  set_by: string
  set_at: number
  taken_back_by: string | null
  taken_back_at: number | null
  /** The swap that made it. */
  swap_id: string | null
}

/** A turn that one member offers to another, in exchange for one of theirs or for none (G5). */
export interface SwapTable {
  id: string
  community_id: string
  offered_by: string
  offered_to: string
  /** The turns by the dates that the rule gives their hand-overs; `takes` null: nothing in exchange. */
  gives: string
  takes: string | null
  /** The reason, sealed with the server's key. */
  sealed_why: Uint8Array | null
  offered_at: number
  answer: 'accepted' | 'declined' | 'withdrawn' | null
  answered_at: number | null
}

/** A secret link to a member's own turns as a calendar (G5). */
export interface CalendarFeedTable {
  /** SHA-256 (hex) of the link's token. */
  token_hash: string
  member_id: string
  made_at: number
  revoked_at: number | null
}

/** A gap in the roster that was announced (G5), until it is closed. */
export interface ToldGapTable {
  id: string
  community_id: string
  /** `Gap['kind']` of procedure/rotation.ts. */
  kind: string
  /** The member or override it is about. */
  about: string | null
  starts_at: number
  ends_at: number
  told_at: number
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
  /** When the reporter was told who the shepherd is (M3; M4 where the first responder is it); null: not yet (I5). */
  shepherd_named_at: number | null
  /** Until when the reporter may object; null: they agreed, or were not told yet (I6). */
  objection_ends_at: number | null
  /** When this shepherd wrote to the reporter (M4, I7). */
  shepherd_introduced_at: number | null
  brought_at: number | null
  closed_at: number | null
  /** When the reporter was told what was decided (M5, L1); null: not of what is decided now. */
  informed_at: number | null
  /** What was decided, or is proposed, needs the organizers (J3): 1. */
  group_level: number
  /** The new date of a case that takes longer (I4, L5). */
  delayed_to: number | null
  /** When its shepherd is to look at it again (L6). */
  review_at: number | null
  /** Nobody on the committee can read it (J4): 1. */
  blocked: number
  epoch: number
  /** Whoever stepped aside made the present epoch: the next who opens the case makes another: 1 (K3). */
  renew_epoch: number
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
  /** report, answer, message, note, shepherd, epoch … as the server must know it to route it; never what it says. */
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

/**
 * Something to send, written in the transaction of what it announces: one row for each channel it goes out by. A
 * notice to an account is queued as one row `any`, and shared out to channels when it is taken in hand.
 */
export interface OutboxTable {
  id: string
  /** The first row of the same notice; null for that one itself. */
  group_id: string | null
  community_id: string
  case_id: string | null
  /** The alert it is about; null for anything else. */
  alert_id: string | null
  channel: 'any' | ChannelKind
  /** Of a channel that has a row: which. */
  channel_id: string | null
  /** Account to notify, or null where `sealed_address` says whom, or for a webhook of the community. */
  account_id: string | null
  sealed_address: Uint8Array | null
  /** Which notice; its text comes from words/. */
  notice: string
  /** JSON of values the notice may show: names of communities, code names, times. */
  detail: string
  /**
   * One line that the notice shows (the place of an alert), or all of a message to somebody else until it is sent (L2),
   * sealed with the server's key.
   */
  sealed_line: Uint8Array | null
  /** It rings, and goes before all others: 1. */
  urgent: number
  /** Whoever is told has the duty for what it is about, so quiet hours do not hold it back: 1. */
  on_duty: number
  created_at: number
  next_at: number
  attempts: number
  state: 'queued' | 'sent' | 'failed-for-now' | 'failed-for-good' | 'withdrawn'
  /** A short class of failure, never an address or a server's text. */
  failure: string | null
  sent_at: number | null
  /** The device said that it has it (web push). */
  delivered_at: number | null
  /** Its link was opened in the console. */
  seen_at: number | null
  /** The instant until which one process has it in hand. */
  claimed_until: number
}

export type ChannelKind = 'mail' | 'push' | 'ntfy' | 'webhook'

/**
 * A way to reach an account, or a community's chat. Mail is there without a row: an account has one of kind `mail`
 * (its id is the account's) from when there is something to note of it.
 */
export interface ChannelTable {
  id: string
  /** Whose it is; null for a webhook, which is the community's. */
  account_id: string | null
  community_id: string | null
  kind: ChannelKind
  /** Browser and system in two words, or the kind of chat; never an address. */
  label: string
  /** JSON of endpoint, keys, topic or token, sealed with the server's key; null for mail, and once it is gone. */
  sealed: Uint8Array | null
  /** Place in the member's order, lowest first. */
  position: number
  /** It is checked weekly: 1. */
  heartbeat: number
  created_at: number
  /** When it last took something. */
  worked_at: number | null
  /** When it was last checked by itself. */
  checked_at: number | null
  /** Since when nothing gets through, when that was last tried, and a short class of failure. */
  failing_since: number | null
  failed_at: number | null
  failure: string | null
  /** Nothing more is expected of it: 1. */
  dead: number
}

/** When an account is not to be rung (unless on call): minutes of the day, on the wall clock of the community. */
export interface QuietHoursTable {
  account_id: string
  from_minute: number
  /** May be smaller than `from_minute`: then they go past midnight. */
  until_minute: number
}

/** The key pair by which push services know this server (VAPID). */
export interface PushKeyTable {
  /** 1: there is one. */
  id: number
  public_key: string
  /** Sealed with the server's key. */
  sealed_private_key: Uint8Array
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

/** Somebody called the committee (D1). What it does next stands in `due`, under its own id. */
export interface AlertTable {
  id: string
  community_id: string
  event_id: string | null
  /** SHA-256 (hex) of the token of whoever raised it: the end of the address of their page. */
  token_hash: string
  raised_at: number
  /** The line that says where, sealed with the server's key, since it is sent; null: not said. */
  sealed_place: Uint8Array | null
  /** Words for the committee, sealed to its members without a conflict. */
  sealed_words: Uint8Array | null
  /** The server sealed the words, for a browser without JavaScript: 1. */
  words_by_server: number
  /** When whoever raised it last said that it got worse, and that it is over. */
  worse_at: number | null
  over_at: number | null
  /** When somebody first took it, and who has it now. */
  taken_at: number | null
  taken_by: string | null
  withdrawn_at: number | null
  closed_at: number | null
  closed_by: string | null
  /** A `CloseReason` of procedure/alert.ts. */
  close_reason: string | null
  /** Sealed like the words. */
  sealed_note: Uint8Array | null
  /** The case of the report that it ended with (A4). */
  report_case: string | null
  /** A `NoReportReason`: why there is none, and who said so. */
  no_report: string | null
  no_report_by: string | null
  /** Number of the last reminder of the report; null: none was sent. */
  reminded: number | null
}

/** A member who must never know of an alert (K1). */
export interface AlertExclusionTable {
  alert_id: string
  member_id: string
}

/** A step of an alert that was done, once: its number is its key. */
export interface AlertStepTable {
  alert_id: string
  step: number
  at: number
  /** A `StepKind` of procedure/escalation.ts. */
  kind: string
  /** JSON: ids of the members it went to. */
  members: string
}

/** A member who has opened an alert, and when first. */
export interface AlertSeenTable {
  alert_id: string
  member_id: string
  at: number
}

/** An event of a community. Days are wall dates (`YYYY-MM-DD`) in its zone. */
export interface EventTable {
  id: string
  community_id: string
  /** Its place in addresses; unique in the community, also among those put away. */
  slug: string
  name: string
  place: string | null
  /** JSON: lines to read out. */
  address: string
  starts_on: string
  ends_on: string
  /** JSON: `EventDetails.phones` of procedure/event.ts. */
  phones: string
  /** Members on call on its days; null: whoever the roster says. */
  primary_id: string | null
  secondary_id: string | null
  created_at: number
  /** Put away: not offered any more, but kept, since a sealed report may name it. */
  archived_at: number | null
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

/** Somebody who was proposed as shepherd of a case (I2). Never deleted: what became of it stays on record. */
export interface ShepherdPickTable {
  id: string
  case_id: string
  member_id: string
  proposed_by: string
  proposed_at: number
  /** When they said whether there is a bias; what they said is sealed (I3). */
  declared_at: number | null
  /** Who else on the committee agreed, so that it was decided. */
  assigned_by: string | null
  assigned_at: number | null
  ended_at: number | null
  /** A `PickEnd` of procedure/shepherd.ts; null while it stands. */
  ended: string | null
}

/** A member says that another has a conflict of interest (K3), until a second one decides. Hidden from whom it is about. */
export interface SetAsideTable {
  case_id: string
  member_id: string
  proposed_by: string
  proposed_at: number
}

/** Actions that a shepherd proposed (J2). Never deleted: those that were replaced stay on record. */
export interface ProposalTable {
  id: string
  case_id: string
  /** The sealed record that says what is proposed. */
  record_id: string
  proposed_by: string
  proposed_at: number
  /** It needs the organizers too (J3): 1. */
  group_level: number
  ended_at: number | null
  /** A `ProposalEnd` of procedure/decision.ts; null while members are asked. */
  ended: string | null
}

/** What a member last said of a proposal (J2). */
export interface AgreementTable {
  proposal_id: string
  member_id: string
  /** 1: they agree. Why not is sealed. */
  agrees: number
  record_id: string
  at: number
}

/** A message to somebody else, which another member confirms before it is sent (L2). */
export interface DraftTable {
  id: string
  case_id: string
  record_id: string
  /** `outgoingDigest` of what it says and to whom: what is sent must be what was confirmed. */
  digest: string
  drafted_by: string
  drafted_at: number
  ended_by: string | null
  ended_at: number | null
  /** A `DraftEnd` of procedure/decision.ts; null while it waits. */
  ended: string | null
}

export interface DraftConfirmationTable {
  draft_id: string
  member_id: string
  at: number
}

/** A confidential report and a motion, for the organizers to vote on (J3). */
export interface MotionTable {
  id: string
  community_id: string
  case_id: string
  /** The copy in the case. */
  record_id: string
  moved_by: string
  moved_at: number
  /** The report and the motion, sealed to the organizers alone. */
  sealed: Uint8Array
  outcome: 'passed' | 'failed' | null
  /** Member id of the organizer who recorded the vote. */
  voted_by: string | null
  voted_at: number | null
}
