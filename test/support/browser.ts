import type { NewUnlockerBody, SignedInAnswer } from '../../src/http/api/account-shapes.ts'
import type { DirectoryAnswer } from '../../src/http/api/directory.ts'
import type { AcceptanceBody, InvitationAnswer } from '../../src/http/api/invitations.ts'
import type { SetUpBody } from '../../src/http/api/set-up.ts'
import { fromBase64Url, newId, randomBytes, toBase64, toBase64Url } from '../../src/sealing/bytes.ts'
import {
  type Delegation,
  entryHash,
  invitationKey,
  type SignedText,
  signDelegation,
  signEntry,
} from '../../src/sealing/directory.ts'
import { recipientOf } from '../../src/sealing/identity.ts'
import { type Keyring, newKeyring, publicKeysOf, sealKeyring } from '../../src/sealing/keyring.ts'
import { type PassphraseCost, passphraseUnlocker, recoveryUnlocker } from '../../src/sealing/unlocker.ts'
import { drawWords } from '../../src/sealing/words.ts'
import { json, type Send } from './wire.ts'

/** An answer, read: its status and its JSON. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}

/** A browser's side of the wire: it keeps the session's cookie, and sends it along as ours does. */
export interface Browser {
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>
  /** The cookie it holds, or null. */
  cookie(): string | null
}

/** A browser with no cookie yet. */
export function openBrowser(
  send: Send,
  userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
): Browser {
  let cookie: string | null = null
  return {
    cookie: () => cookie,
    async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const all = { 'user-agent': userAgent, ...(cookie !== null && { cookie }), ...headers }
      const init = body === undefined ? { method, headers: all } : json(method, body, all)
      const response = await send(`/api/v1${path}`, init)
      const set = response.headers.get('set-cookie')
      if (set !== null) cookie = /max-age=0/i.test(set) ? null : (set.split(';')[0] as string)
      const text = await response.text()
      return {
        status: response.status,
        body: (text === '' ? undefined : JSON.parse(text)) as T,
        headers: response.headers,
      }
    },
  }
}

/** A member with every secret that their browser made. */
export interface MadeMember {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly keyring: Keyring
  readonly passphrase: string
  readonly cost: PassphraseCost
  readonly kit: string
  readonly browser: Browser
}

/** The least that the server takes: these tests are not about guessing. */
const leastCost = (): PassphraseCost => ({
  salt: toBase64(randomBytes(16)),
  memory: 8 * 1024,
  passes: 1,
  lanes: 1,
})

/** A passphrase for a keyring, as a browser sends it. */
export async function passphraseFor(
  keyring: Keyring,
  passphrase: string,
  cost = leastCost(),
): Promise<NewUnlockerBody> {
  const { identity, token } = await passphraseUnlocker(passphrase, cost)
  const sealed = await sealKeyring(keyring, await recipientOf(identity))
  return { kind: 'passphrase', label: 'Passphrase', cost, token, sealedKeyring: toBase64(sealed) }
}

/** A recovery kit for a keyring, as a browser sends it. */
export async function kitFor(keyring: Keyring, kit: string): Promise<NewUnlockerBody> {
  const { identity, token } = recoveryUnlocker(kit)
  const sealed = await sealKeyring(keyring, await recipientOf(identity))
  return { kind: 'recovery', label: 'Printed kit', token, sealedKeyring: toBase64(sealed) }
}

interface Person {
  readonly member: Omit<MadeMember, 'browser' | 'id'>
  readonly unlockers: NewUnlockerBody[]
}

/** Somebody with a new keyring, a passphrase and a kit. */
export async function newPerson(name: string, email = `${name.toLowerCase()}@example.org`): Promise<Person> {
  const keyring = newKeyring()
  const passphrase = drawWords(5).join(' ')
  const kit = drawWords(10).join(' ')
  const cost = leastCost()
  return {
    member: { name, email, keyring, passphrase, cost, kit },
    unlockers: [await passphraseFor(keyring, passphrase, cost), await kitFor(keyring, kit)],
  }
}

/** What the set-up page sends for a new community. */
export async function setUpBody(
  { member, unlockers }: Person,
  { shortName = 'chipy', now = Date.now() } = {},
): Promise<SetUpBody> {
  const communityId = newId()
  const memberId = newId()
  const keys = await publicKeysOf(member.keyring)
  return {
    community: {
      name: 'Chicago Python',
      shortName,
      timeZone: 'America/Chicago',
      contact: { email: 'conduct@example.org', organizersEmail: null, phone: null },
    },
    communityId,
    memberId,
    founder: { name: member.name, email: member.email },
    keys,
    directoryEntry: signEntry(
      {
        ...{ v: 1, community: communityId, previous: null, at: now, member: memberId },
        ...{ act: 'found', keys, recovery: null },
      },
      member.keyring.signingSeed,
    ),
    recoveryRecipient: null,
    unlockers,
  }
}

/** Sets a community up, as the set-up page does. Throws if it is refused. */
export async function setUp(
  send: Send,
  token: string,
  { name = 'Pat', shortName = 'chipy', now = Date.now() } = {},
): Promise<{ founder: MadeMember; community: string }> {
  const person = await newPerson(name)
  const body = await setUpBody(person, { shortName, now })
  const browser = openBrowser(send)
  const answer = await browser.call('POST', '/set-up', body, { authorization: `Setup ${token}` })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return { founder: { ...person.member, id: body.memberId, browser }, community: body.communityId }
}

/** What a chair's browser sends to invite somebody, and the seed that travels in the link alone. */
export function invitationBody(
  chair: Pick<MadeMember, 'id' | 'keyring'>,
  community: string,
  {
    standing = 'member' as 'member' | 'organizer',
    replaces = null as string | null,
    isChair = false,
    now = Date.now(),
    more = {} as Partial<Delegation>,
  } = {},
) {
  const seed = randomBytes(32)
  const delegation = signDelegation(
    {
      v: 1,
      community,
      invitation: invitationKey(seed),
      standing,
      replaces,
      expires: now + 7 * 24 * 3600 * 1000,
      by: chair.id,
      ...more,
    },
    chair.keyring.signingSeed,
  )
  const body = { id: newId(), standing, chair: isChair, note: 'for a friend', delegation, replaces }
  return { body, seed: toBase64Url(seed) }
}

/** What the browser of somebody who was invited sends back. */
export async function acceptanceBody(
  invitation: InvitationAnswer,
  seed: string,
  {
    member,
    unlockers,
  }: {
    readonly member: Pick<MadeMember, 'name' | 'email' | 'keyring'>
    readonly unlockers: NewUnlockerBody[]
  },
): Promise<AcceptanceBody> {
  const memberId = invitation.replaces?.id ?? newId()
  const keys = await publicKeysOf(member.keyring)
  return {
    memberId,
    account: unlockers.length === 0 ? null : { name: member.name, email: member.email },
    keys,
    directoryEntry: signEntry(
      {
        v: 1,
        community: invitation.community.id,
        previous: entryHash(invitation.directory.at(-1) as SignedText),
        at: invitation.now,
        member: memberId,
        act: 'enter',
        keys,
        delegation: invitation.delegation,
      },
      fromBase64Url(seed),
    ),
    unlockers,
  }
}

/** Invites somebody and lets them in, over the wire. Throws if anything is refused. */
export async function letIn(
  send: Send,
  chair: Pick<MadeMember, 'id' | 'keyring' | 'browser'>,
  community: { readonly id: string; readonly shortName: string },
  name: string,
  options: Parameters<typeof invitationBody>[2] = {},
): Promise<MadeMember> {
  const { body, seed } = invitationBody(chair, community.id, options)
  const sent = await chair.browser.call('POST', `/communities/${community.shortName}/invitations`, body)
  if (sent.status !== 201) throw new Error(JSON.stringify(sent.body))
  const browser = openBrowser(send)
  const { body: invitation } = await browser.call<InvitationAnswer>('GET', `/invitations/${body.id}`)
  const person = await newPerson(name)
  const acceptance = await acceptanceBody(invitation, seed, person)
  const answer = await browser.call<SignedInAnswer>('POST', `/invitations/${body.id}/accept`, acceptance)
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return { ...person.member, id: acceptance.memberId, browser }
}

/** The entry that removes a member, signed by a chair against the directory as it stands. */
export async function removalBody(
  chair: MadeMember,
  community: { readonly id: string; readonly shortName: string },
  member: string,
): Promise<{ directoryEntry: SignedText }> {
  const { body } = await chair.browser.call<DirectoryAnswer>(
    'GET',
    `/communities/${community.shortName}/directory`,
  )
  return {
    directoryEntry: signEntry(
      {
        v: 1,
        community: community.id,
        previous: body.head,
        at: Date.now(),
        member,
        act: 'remove',
        by: chair.id,
      },
      chair.keyring.signingSeed,
    ),
  }
}
