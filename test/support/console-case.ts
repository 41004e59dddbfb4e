import type { CaseView } from '../../src/console/api/shapes.ts'
import { openCase } from '../../src/console/case/open-case.ts'
import { isShared, type Writing, writeRecord } from '../../src/console/case/write-record.ts'
import type { ReportBody } from '../../src/procedure/report.ts'
import { fromBase64, newId, toBase64 } from '../../src/sealing/bytes.ts'
import {
  type Directory,
  entryHash,
  invitationKey,
  type PublicKeys,
  type SignedText,
  signDelegation,
  signEntry,
  verifyDirectory,
} from '../../src/sealing/directory.ts'
import { sealCase } from '../../src/sealing/intake.ts'
import { type Keyring, newKeyring, publicKeysOf } from '../../src/sealing/keyring.ts'
import { type Receipt, receiptOf } from '../../src/sealing/receipt.ts'
import { hashOf } from '../../src/sealing/record.ts'
import { drawWords } from '../../src/sealing/words.ts'

/** A member with their secrets. */
export interface Keyholder {
  readonly id: string
  readonly keyring: Keyring
  readonly keys: PublicKeys
}

/** A verified directory, and the id of its community. */
export type NamedDirectory = Directory & { readonly id: string; readonly entries: readonly SignedText[] }

const at = Date.UTC(2027, 9, 28, 23, 30)

const keyholder = async (): Promise<Keyholder> => {
  const keyring = newKeyring()
  return { id: newId(), keyring, keys: await publicKeysOf(keyring) }
}

/** Pat founds a community; Sam and Gus enter it. No server, no store. */
export async function community(): Promise<{
  pat: Keyholder
  sam: Keyholder
  gus: Keyholder
  directory: NamedDirectory
}> {
  const id = newId()
  const [pat, sam, gus] = [await keyholder(), await keyholder(), await keyholder()]
  const entries = [
    signEntry(
      {
        v: 1,
        community: id,
        previous: null,
        at,
        member: pat.id,
        act: 'found',
        keys: pat.keys,
        recovery: null,
      },
      pat.keyring.signingSeed,
    ),
  ]
  for (const member of [sam, gus]) entries.push(entering(id, entries, pat, member))
  return { pat, sam, gus, directory: { ...verifyDirectory(id, entries), id, entries } }
}

/** The entry with which a member whom another invited enters a directory. */
export function entering(
  id: string,
  entries: readonly SignedText[],
  by: Keyholder,
  member: Keyholder,
): SignedText {
  const seed = crypto.getRandomValues(new Uint8Array(32))
  const delegation = signDelegation(
    {
      v: 1,
      community: id,
      invitation: invitationKey(seed),
      standing: 'member',
      replaces: null,
      expires: at + 1,
      by: by.id,
    },
    by.keyring.signingSeed,
  )
  const previous = entryHash(entries.at(-1) as SignedText)
  return signEntry(
    { v: 1, community: id, previous, at, member: member.id, act: 'enter', keys: member.keys, delegation },
    seed,
  )
}

/** A case as the server would hand it out, which members can add to. */
export interface HandedCase {
  readonly id: string
  readonly receipt: Receipt | null
  readonly grants: readonly { readonly member: string; readonly sealed: Uint8Array }[]
  /** The case as this member gets it. */
  view(member: string): CaseView
  /** Adds a record of a member; who they say they are is up to them. */
  add(author: Keyholder, writing: Writing, directory: NamedDirectory): Promise<void>
}

/** A case that began with a report, sealed by its reporter, or by the server for somebody. */
export async function reportedCase(
  directory: NamedDirectory,
  body: ReportBody,
  involved: readonly string[] = [],
  sealedBy: 'reporter' | 'server' = 'reporter',
): Promise<HandedCase> {
  const receipt = await receiptOf(drawWords(8).join(' '))
  const sealed = await sealCase({
    community: directory.id,
    directory,
    involved,
    body,
    at,
    receipt,
    author: { who: sealedBy },
    signingSeed: sealedBy === 'reporter' ? receipt.signingSeed : null,
  })
  const records: { sealed: Uint8Array; shared: boolean; kind: string; author: string }[] = [
    { sealed: sealed.record, shared: true, kind: 'report', author: sealedBy },
  ]
  const view = (member: string): CaseView => {
    const grant = sealed.grants.find((one) => one.member === member)
    const shared = records.filter((record) => record.shared)
    const last = (of: typeof records): string | null => {
      const record = of.at(-1)
      return record ? hashOf(record.sealed) : null
    }
    return {
      id: sealed.case,
      community: {
        id: directory.id,
        shortName: 'chipy',
        name: 'Chicago Python',
        timeZone: 'America/Chicago',
        demo: false,
      },
      codeName: 'quiet-harbor',
      state: 'new',
      channel: 'web',
      arrivedAt: at,
      due: { what: 'acknowledge', at },
      overdue: false,
      blocked: false,
      epoch: 1,
      mine: true,
      needsMe: true,
      version: records.length,
      changedAt: at,
      times: {
        acknowledgeIdeallyBy: at,
        acknowledgeBy: at,
        secondaryInheritsAt: at,
        openAt: at,
        resolveBy: Date.UTC(2027, 10, 12, 0, 30),
      },
      acknowledgedAt: null,
      responder: null,
      shepherd: null,
      picks: [],
      keyholders: [],
      renewEpoch: false,
      conflicts: [],
      shepherdNamedAt: null,
      objectionEndsAt: null,
      shepherdIntroducedAt: null,
      broughtAt: null,
      closedAt: null,
      informedAt: null,
      delayedTo: null,
      reviewAt: null,
      decisions: { proposals: [], drafts: [], motions: [], organizers: { names: [], email: null } },
      epochs: [{ epoch: 1, recipient: sealed.recipient, grant: grant ? toBase64(grant.sealed) : null }],
      head: last(records) as string,
      sharedHead: last(shared),
      reporterRecipient: receipt.recipient,
      hasNotice: false,
      language: 'en',
      records: records.map((record, index) => ({
        id: `record-${index}`,
        epoch: 1,
        kind: record.kind,
        author: record.author,
        at,
        shared: record.shared,
        openedAt: null,
        sealed: toBase64(record.sealed),
      })),
      files: [],
      readers: [],
      eligible: [],
      waiting: [],
      people: [],
      receivers: [],
      nextStep: null,
      possibleSteps: [],
    }
  }
  return {
    id: sealed.case,
    receipt: sealedBy === 'reporter' ? receipt : null,
    grants: sealed.grants,
    view,
    async add(author, writing, verified) {
      const opened = await openCase(view(author.id), author.keyring, verified)
      const readable =
        opened.identities.size > 0
          ? opened
          : await openCase(viewFor(view, sealed, author), author.keyring, verified)
      const written = await writeRecord(readable, writing, { member: author.id, keyring: author.keyring, at })
      records.push({
        sealed: fromBase64(written.record.sealed),
        shared: isShared(writing, readable),
        kind: writing.kind,
        author: author.id,
      })
    },
  }
}

/** The case with the grant that this keyring opens, whoever its holder claims to be. */
function viewFor(
  view: (member: string) => CaseView,
  { grants }: { readonly grants: readonly { readonly member: string }[] },
  author: Keyholder,
): CaseView {
  const own = view(author.id)
  const others = grants.map(({ member }) => view(member).epochs)
  return { ...own, epochs: others.flat() }
}
