/**
 * What the API takes and gives, as far as the console uses it. Sealed bytes are standard base64, instants epoch
 * milliseconds, communities in addresses are short names.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/browser'
import type { NextStep, State, StepKey } from '../../procedure/lifecycle.ts'
import type { Playbook } from '../../procedure/playbook.ts'
import type { PublicKeys, SignedText, Standing } from '../../sealing/directory.ts'
import type { PassphraseCost } from '../../sealing/unlocker.ts'

export type {
  AuthenticationResponseJSON,
  PassphraseCost,
  Playbook,
  PublicKeys,
  RegistrationResponseJSON,
  SignedText,
  Standing,
  State,
  StepKey,
}

export interface Person {
  readonly id: string
  readonly name: string
}

export interface Contact {
  readonly email: string | null
  readonly organizersEmail: string | null
  readonly phone: string | null
}

export interface Account {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly keys: PublicKeys
}

export interface CommunityLine {
  readonly id: string
  readonly shortName: string
  readonly name: string
  readonly timeZone: string
  readonly demo: boolean
}

export interface Membership {
  /** Member id. */
  readonly id: string
  readonly community: CommunityLine
  readonly standing: Standing
  readonly chair: boolean
}

export interface SignedIn {
  readonly account: Account
  readonly sealedKeyring: string | null
  readonly unlocker: string
  readonly memberships: readonly Membership[]
}

export type UnlockerKind = 'passkey' | 'passphrase' | 'recovery'

export interface UnlockerLine {
  readonly id: string
  readonly kind: UnlockerKind
  readonly label: string
  readonly createdAt: number
  readonly usedAt: number | null
  readonly unlocks: boolean
}

export interface Session {
  readonly account: Account
  readonly memberships: readonly Membership[]
  readonly unlockers: readonly UnlockerLine[]
  readonly idleMs: number
}

export interface SealedUnlocker {
  readonly id: string
  readonly kind: UnlockerKind
  readonly cost: PassphraseCost | null
  readonly sealedKeyring: string | null
  readonly credentialId: string | null
}

export type NewUnlocker =
  | {
      readonly kind: 'passphrase'
      readonly label: string
      readonly cost: PassphraseCost
      readonly token: string
      readonly sealedKeyring: string
    }
  | {
      readonly kind: 'recovery'
      readonly label: string
      readonly token: string
      readonly sealedKeyring: string
    }
  | {
      readonly kind: 'passkey'
      readonly label: string
      readonly attestation: RegistrationResponseJSON
      readonly challenge: string
      readonly sealedKeyring: string | null
    }

export interface SessionLine {
  readonly handle: string
  readonly label: string
  readonly createdAt: number
  readonly seenAt: number
  readonly current: boolean
}

export interface SetUp {
  readonly community: {
    readonly name: string
    readonly shortName: string
    readonly timeZone: string
    readonly contact: Contact
  }
  readonly communityId: string
  readonly memberId: string
  readonly founder: { readonly name: string; readonly email: string }
  readonly keys: PublicKeys
  readonly directoryEntry: SignedText
  readonly recoveryRecipient: string | null
  readonly unlockers: readonly NewUnlocker[]
}

export interface Invitation {
  readonly community: {
    readonly id: string
    readonly shortName: string
    readonly name: string
    readonly fingerprint: string
  }
  readonly standing: Standing
  readonly replaces: Person | null
  readonly delegation: SignedText
  readonly directory: readonly SignedText[]
  readonly invitedBy: string
  readonly expiresAt: number
}

export interface InvitationLine {
  readonly id: string
  readonly standing: Standing
  readonly chair: boolean
  readonly note: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly usedAt: number | null
  readonly revokedAt: number | null
  readonly replaces: string | null
}

export interface MemberLine {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly standing: Standing
  readonly chair: boolean
  readonly joinedAt: number
  readonly active: boolean
  readonly unlockers?: number | null
  readonly onCall: boolean
}

export interface DirectoryAnswer {
  readonly entries: readonly SignedText[]
  readonly head: string
}

export interface SettingsAnswer {
  readonly name: string
  readonly timeZone: string
  readonly contact: Contact
  readonly playbook: Playbook
  readonly recoveryRecipient: string | null
  readonly mail: { readonly configured: boolean; readonly folder?: string | null }
}

export interface Duty {
  readonly startsAt: number
  readonly primary: string
  readonly secondary: string | null
}

export interface OnCall {
  readonly primary: string | null
  readonly secondary: string | null
}

export interface NoticeLine {
  readonly id: string
  readonly notice: string
  readonly channel: string
  readonly state: 'queued' | 'sent' | 'failed-for-now' | 'failed-for-good' | 'withdrawn'
  readonly createdAt: number
  readonly attempts: number
  readonly failure: string | null
}

export interface CaseLine {
  readonly id: string
  readonly community: string
  readonly codeName: string
  readonly state: State
  readonly channel: 'web' | 'web-plain' | 'member' | 'mail'
  readonly arrivedAt: number
  readonly due: { readonly what: 'acknowledge' | 'resolve' | null; readonly at: number | null }
  readonly overdue: boolean
  readonly blocked: boolean
  readonly epoch: number
  readonly mine: boolean
  readonly needsMe: boolean
  readonly version: number
  readonly changedAt: number
}

export interface CaseList {
  readonly cases: readonly CaseLine[]
  readonly next: string | null
  readonly counts: { readonly open: number; readonly closed: number }
}

export interface CaseFile {
  readonly upload: string
  readonly epoch: number
  readonly parts: number
  readonly size: number
}

export interface HandedRecord {
  readonly id: string
  readonly epoch: number
  readonly kind: string
  readonly author: string | null
  readonly at: number
  readonly shared: boolean
  readonly openedAt: number | null
  readonly sealed: string
}

export interface CaseView extends Omit<CaseLine, 'community'> {
  readonly community: CommunityLine
  readonly times: { readonly acknowledgeBy: number; readonly resolveBy: number; readonly openAt: number }
  readonly acknowledgedAt: number | null
  readonly responder: string | null
  readonly shepherd: string | null
  readonly broughtAt: number | null
  readonly epochs: readonly {
    readonly epoch: number
    readonly recipient: string
    readonly grant: string | null
  }[]
  readonly head: string
  readonly sharedHead: string | null
  readonly reporterRecipient: string | null
  readonly hasNotice: boolean
  readonly records: readonly HandedRecord[]
  readonly files: readonly CaseFile[]
  readonly readers: readonly Person[]
  readonly eligible: readonly Person[]
  readonly waiting: readonly Person[]
  readonly nextStep: NextStep | null
  readonly possibleSteps: readonly StepKey[]
}

export interface LogLine {
  readonly at: number
  readonly actor: string
  readonly deed: string
  readonly detail: Readonly<Record<string, unknown>>
}
