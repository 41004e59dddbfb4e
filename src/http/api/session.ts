import { z } from '@hono/zod-openapi'
import { announceSignedOut } from '../../casework/announce.ts'
import type { Office } from '../../casework/office.ts'
import { creationOptions, type Place, requestOptions } from '../../casework/passkeys.ts'
import { Refused } from '../../casework/refused.ts'
import {
  ownAccount as asOwnAccount,
  type Begun,
  costOf,
  type SignedIn,
  signInWithPasskey,
  signInWithToken,
} from '../../casework/sign-in.ts'
import { makeSignInAttempts } from '../../casework/sign-in-attempts.ts'
import { keyringText } from '../../casework/unlockers.ts'
import { accountById } from '../../store/accounts.ts'
import { membershipsOf } from '../../store/members.ts'
import { endSession } from '../../store/sessions.ts'
import { unlockersOf } from '../../store/unlockers.ts'
import { deviceOf, giveSession, takeSession } from '../device.ts'
import type { Routes } from '../endpoint.ts'
import { type GuardSettings, sessionIdle } from '../guard.ts'
import { accountOf } from '../visitor.ts'
import {
  assertion,
  challenge,
  email,
  name,
  ownAccount,
  ownMembership,
  passkeyOptions,
  passphraseCost,
  signedIn,
  token,
} from './account-shapes.ts'
import { id, instant } from './shapes.ts'
import { unlockerLine, unlockerLines } from './unlockers.ts'

const session = z
  .object({
    account: ownAccount,
    memberships: z.array(ownMembership).readonly(),
    unlockers: z.array(unlockerLine),
    idleMs: z.int(),
    now: instant,
  })
  .openapi('Session')

const keyrings = z.object({
  unlockers: z.array(
    z.object({
      id,
      kind: z.enum(['passkey', 'passphrase', 'recovery']),
      cost: passphraseCost.nullable(),
      sealedKeyring: z.string().nullable(),
      credentialId: z.string().nullable(),
    }),
  ),
})

/** Who is signed in, as the console asks for it. */
export type SessionAnswer = z.infer<typeof session>
/** What opens the keyring of whoever is signed in. */
export type KeyringsAnswer = z.infer<typeof keyrings>

/** Signing in and out, and unlocking again. */
export function addSessionRoutes(
  routes: Routes,
  office: Office,
  settings: GuardSettings,
  place: Place,
): void {
  const { store, clock } = office
  const attempts = makeSignInAttempts(clock)
  const enter = (c: Parameters<typeof giveSession>[0], { answer, token }: Begun<SignedIn>): SignedIn => {
    giveSession(c, settings, token)
    return answer
  }

  routes.endpoint(
    {
      method: 'post',
      path: '/passkeys/options',
      who: 'anybody',
      summary: 'What a browser needs to make a passkey',
      body: z.object({ name, email }),
      answer: passkeyOptions,
    },
    ({ body }) => creationOptions(office, place, body, []),
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/session/passkey/options',
      who: 'anybody',
      summary: 'What a browser needs to sign in with a passkey',
      answer: passkeyOptions,
    },
    () => requestOptions(office, place),
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/session/passkey',
      who: 'anybody',
      summary: 'Sign in with a passkey',
      body: z.object({ challenge, assertion }),
      answer: signedIn,
    },
    async ({ body, c }) => enter(c, await signInWithPasskey(office, place, body, deviceOf(c, settings))),
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/session/passphrase/cost',
      who: 'anybody',
      summary: 'What stretching the passphrase of an address costs; an answer for every address',
      body: z.object({ email }),
      answer: z.object({ cost: passphraseCost }),
    },
    async ({ body }) => ({ cost: await costOf(office, body.email) }),
  )

  for (const kind of ['passphrase', 'recovery'] as const)
    routes.endpoint(
      {
        method: 'post',
        path: `/session/${kind}`,
        who: 'anybody',
        summary: `Sign in with the token of a ${kind === 'recovery' ? 'recovery kit' : 'passphrase'}`,
        body: z.object({ email, token }),
        answer: signedIn,
      },
      async ({ body, c }) =>
        enter(c, await signInWithToken(office, attempts, { kind, ...body }, deviceOf(c, settings))),
    )

  routes.endpoint(
    {
      method: 'get',
      path: '/session',
      who: 'account',
      summary: 'Who is signed in',
      answer: session,
    },
    async ({ c }) => {
      const { id } = accountOf(c.get('visitor'))
      const account = await accountById(store.db, id)
      if (!account) throw new Refused('not-signed-in')
      return {
        account: asOwnAccount(account),
        memberships: await membershipsOf(store.db, id),
        unlockers: unlockerLines(await unlockersOf(store.db, id)),
        idleMs: sessionIdle,
        now: clock.now(),
      }
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/session/keyrings',
      who: 'account',
      summary: 'What is needed to unlock again',
      answer: keyrings,
    },
    async ({ c }) => {
      const unlockers = await unlockersOf(store.db, accountOf(c.get('visitor')).id)
      return {
        unlockers: unlockers.map((unlocker) => ({
          id: unlocker.id,
          kind: unlocker.kind,
          cost: unlocker.cost === null ? null : JSON.parse(unlocker.cost),
          sealedKeyring: keyringText(unlocker),
          credentialId: unlocker.credential_id,
        })),
      }
    },
  )

  routes.endpoint(
    { method: 'delete', path: '/session', who: 'account', summary: 'Sign out' },
    async ({ c }) => {
      const { session } = accountOf(c.get('visitor'))
      await store.write((tx) => endSession(tx, session))
      await announceSignedOut({ store })
      takeSession(c, settings)
      return null
    },
  )
}
