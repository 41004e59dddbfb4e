/** What the API takes and gives, as far as the console uses it: types of the API's own schemas. */
import type { NewUnlockerBody } from '../../http/api/account-shapes.ts'
import type { CaseAnswer, CaseList, CaseLogAnswer } from '../../http/api/cases.ts'
import type { LogSubmission } from '../../http/api/logs.ts'
import type { KeyringsAnswer, SessionAnswer } from '../../http/api/session.ts'
import type { TasksAnswer } from '../../http/api/tasks.ts'

export type { RegistrationResponseJSON } from '@simplewebauthn/browser'
export type { SignedInAnswer as SignedIn } from '../../http/api/account-shapes.ts'
export type { AlertAnswer as AlertView, AlertLineAnswer as AlertLine } from '../../http/api/alerts.ts'
export type {
  ChannelLine,
  ChannelsAnswer,
  ChannelTestAnswer,
  DeliveryLine,
} from '../../http/api/channels.ts'
export type { DirectoryAnswer } from '../../http/api/directory.ts'
export type { EventLine } from '../../http/api/events.ts'
export type { InvitationAnswer as Invitation, InvitationLine } from '../../http/api/invitations.ts'
export type { MailTestAnswer, NoticeLine } from '../../http/api/mail.ts'
export type { MemberLine } from '../../http/api/members.ts'
export type { MotionsAnswer } from '../../http/api/motions.ts'
export type { RosterAnswer } from '../../http/api/roster.ts'
export type { SessionLine } from '../../http/api/sessions.ts'
export type { SetUpBody as SetUp } from '../../http/api/set-up.ts'
export type { SettingsAnswer } from '../../http/api/settings.ts'
export type { UnlockerLine } from '../../http/api/unlockers.ts'
export type { Playbook } from '../../procedure/playbook.ts'
export type { PublicKeys } from '../../sealing/directory.ts'
export type { PassphraseCost } from '../../sealing/unlocker.ts'
export type { CaseList }

/** Who is signed in. */
export type Session = SessionAnswer
export type Membership = SessionAnswer['memberships'][number]
export type CommunityLine = Membership['community']

/** A way to unlock, with what it takes. */
export type SealedUnlocker = KeyringsAnswer['unlockers'][number]
export type NewUnlocker = NewUnlockerBody

export type CaseLine = CaseList['cases'][number]
export type CaseView = CaseAnswer
export type LogLine = CaseLogAnswer[number]

/** A member whose new keys open only some epochs of a case, and the others. */
export type WaitingMember = CaseAnswer['waiting'][number]

/** What a member logs, sealed. */
export type LogBody = LogSubmission

/** Something that a member is to do. */
export type TaskLine = TasksAnswer[number]
