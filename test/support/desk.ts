import type { FiledKind } from '../../src/casework/append-record.ts'
import type { Office } from '../../src/casework/office.ts'
import type { AddedAnswer, CaseAnswer, CaseList } from '../../src/http/api/cases.ts'
import type { PickAct } from '../../src/procedure/shepherd.ts'
import { fromBase64, newId, toBase64 } from '../../src/sealing/bytes.ts'
import { sealEpoch } from '../../src/sealing/epoch.ts'
import { openGrant } from '../../src/sealing/grant.ts'
import { sealRecord } from '../../src/sealing/record.ts'
import { readTimeline, type TimelineEntry } from '../../src/sealing/timeline.ts'
import type { Person, TestCommunity } from './community.ts'
import { sessionOf } from './sessions.ts'
import { answerOf, json, type Send } from './wire.ts'

/** A member at work, signed in, with their keys at hand. */
export interface Desk {
  readonly person: Person
  /** What the API answers, whatever that is. */
  ask(path: string, init?: RequestInit): Promise<Response>
  cases(query?: string): Promise<CaseList>
  /** A case as this member sees it, with everything in it that their keys open. Throws where it is refused. */
  open(caseId: string): Promise<{ view: CaseAnswer; entries: TimelineEntry[] }>
  /** A record sealed as the console does, as the body of a request. */
  write(
    view: CaseAnswer,
    kind: FiledKind,
    body: unknown,
    more?: { readonly recipients?: readonly string[] },
  ): Promise<{ record: { sealed: string }; after: string }>
  /** Sends it, and gives back whatever is answered. */
  post(path: string, body: unknown, key?: string): Promise<Response>
  acknowledge(caseId: string, template?: 'M1' | 'M2', text?: string): Promise<CaseAnswer>
  note(caseId: string, text: string): Promise<AddedAnswer>
  message(caseId: string, text: string): Promise<AddedAnswer>
  bring(caseId: string): Promise<CaseAnswer>
  /** Says something of who is to be shepherd. `bias`: declared at once. */
  shepherd(
    caseId: string,
    act: PickAct,
    about: string,
    said?: { readonly bias?: boolean; readonly text?: string },
  ): Promise<CaseAnswer>
  /** A new epoch for everybody but `without`, as the body of a request (K3). */
  epoch(view: CaseAnswer, without?: readonly string[]): Promise<Record<string, unknown>>
  /** Takes a step of the case's address with a record: what the record says, and what else the request has. */
  step(
    caseId: string,
    path: string,
    kind: FiledKind,
    body: unknown,
    more?: Readonly<Record<string, unknown>>,
  ): Promise<CaseAnswer>
  /** M3 or M4. */
  tell(caseId: string, template: 'M3' | 'M4', text?: string): Promise<CaseAnswer>
}

/** Signs a member of the community in. */
export async function deskOf(
  office: Office,
  send: Send,
  community: TestCommunity,
  name: string,
): Promise<Desk> {
  const person = community.person(name)
  const { cookie } = await sessionOf(office, person.account)

  const ask: Desk['ask'] = (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('cookie', cookie)
    return send(`/api/v1${path}`, { ...init, headers })
  }
  const post: Desk['post'] = (path, body, key = newId()) =>
    ask(path, json('POST', body, { 'idempotency-key': key }))
  const view = (caseId: string): Promise<CaseAnswer> => answerOf<CaseAnswer>(ask(`/cases/${caseId}`))

  const write: Desk['write'] = async (seen, kind, body, { recipients } = {}) => {
    const epoch = seen.epochs.find((one) => one.epoch === seen.epoch)
    if (!epoch) throw new Error('The case has no such epoch.')
    const reporter = kind === 'message' && seen.reporterRecipient ? [seen.reporterRecipient] : []
    const sealed = await sealRecord(
      {
        v: 1,
        community: community.id,
        case: seen.id,
        epoch: seen.epoch,
        kind,
        author: { who: 'member', id: person.id },
        at: office.clock.now(),
        body,
        after: seen.head,
        afterShared: seen.sharedHead,
      },
      person.keyring.signingSeed,
      recipients ?? [epoch.recipient, ...reporter],
    )
    return { record: { sealed: toBase64(sealed) }, after: seen.head }
  }

  const add = async (caseId: string, kind: 'note' | 'message', body: unknown): Promise<AddedAnswer> => {
    const written = await write(await view(caseId), kind, body)
    return answerOf(post(`/cases/${caseId}/records`, { kind, ...written }))
  }

  return {
    person,
    ask,
    cases: (query = '') => answerOf<CaseList>(ask(`/cases${query}`)),
    async open(caseId) {
      const seen = await view(caseId)
      const identities = new Map<number, string>()
      for (const { epoch, recipient, grant } of seen.epochs) {
        if (grant === null) continue
        const expected = { case: caseId, epoch, recipient }
        identities.set(
          epoch,
          (await openGrant(fromBase64(grant), person.keyring.identity, expected)).identity,
        )
      }
      const entries = await readTimeline(
        seen.records.map(({ id, epoch, sealed }) => ({ id, epoch, sealed: fromBase64(sealed) })),
        {
          community: community.id,
          case: caseId,
          identityOf: (epoch) => identities.get(epoch),
          memberKeys: (member) => community.directory.members.get(member)?.verifyKeys ?? [],
          reporterKey: null,
          chain: 'after',
        },
      )
      return { view: seen, entries }
    },
    write,
    post,
    async acknowledge(caseId, template = 'M1', text = 'Thank you. We will discuss it and come back to you.') {
      const seen = await view(caseId)
      const written = await write(seen, 'message', { template, text })
      return answerOf(post(`/cases/${caseId}/acknowledge`, { template, version: seen.version, ...written }))
    },
    note: (caseId, text) => add(caseId, 'note', { text }),
    message: (caseId, text) => add(caseId, 'message', { template: null, text }),
    async bring(caseId) {
      const { version } = await view(caseId)
      return answerOf(post(`/cases/${caseId}/bring`, { version }))
    },
    async shepherd(caseId, act, about, { bias, text = '' } = {}) {
      const seen = await view(caseId)
      const written = await write(seen, 'shepherd', { act, member: about, bias: bias ?? null, text })
      const declared = act === 'propose' && bias !== undefined
      return answerOf(
        post(`/cases/${caseId}/shepherd`, { act, about, declared, version: seen.version, ...written }),
      )
    },
    async step(caseId, path, kind, body, more = {}) {
      const seen = await view(caseId)
      const written = await write(seen, kind, body)
      return answerOf(post(`/cases/${caseId}/${path}`, { ...more, version: seen.version, ...written }))
    },
    async epoch(seen, without = []) {
      const sealed = await sealEpoch({
        community: community.id,
        case: seen.id,
        epoch: seen.epoch + 1,
        directory: community.directory,
        members: seen.keyholders.filter((id) => !without.includes(id)),
        author: person.id,
        signingSeed: person.keyring.signingSeed,
        at: office.clock.now(),
        after: seen.head,
        afterShared: seen.sharedHead,
        reporter: seen.reporterRecipient,
      })
      return {
        version: seen.version,
        directory: sealed.directory,
        recipient: sealed.recipient,
        grants: sealed.grants.map(({ member, sealed }) => ({ member, sealed: toBase64(sealed) })),
        record: { sealed: toBase64(sealed.record) },
        after: seen.head,
      }
    },
    async tell(caseId, template, text = 'I look after your report.') {
      const seen = await view(caseId)
      const written = await write(seen, 'message', { template, text })
      const path = template === 'M3' ? 'name-shepherd' : 'introduce-shepherd'
      return answerOf(post(`/cases/${caseId}/${path}`, { version: seen.version, ...written }))
    },
  }
}
