import { z } from '@hono/zod-openapi'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { NewUnlocker } from '../../casework/unlockers.ts'
import { leastPassphraseCost } from '../../sealing/unlocker.ts'
import { id, publicKeys, sealed, shortName } from './shapes.ts'

const keyringLimit = 8 * 1024

/** A name of a person, a community, a thing. */
export const name = z.string().trim().min(1).max(100)

/** A mail address. */
export const email = z.string().trim().max(254).pipe(z.email())

/** What a browser derives from a passphrase or a recovery kit to sign in with. */
export const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a token of 43 characters')

/** What stretching a passphrase costs; not less than keeps a stolen database from being guessed through. */
export const passphraseCost = z
  .strictObject({
    salt: z.base64().length(24),
    memory: z
      .int()
      .min(leastPassphraseCost.memory)
      .max(1024 * 1024),
    passes: z.int().min(leastPassphraseCost.passes).max(20),
    lanes: z.int().min(leastPassphraseCost.lanes).max(16),
  })
  .openapi('PassphraseCost')

const bytes = z.base64url().max(16_000)

/** The result of PRF is a key. Whoever sends it has a fault that must show at once. */
const extensionResults = z.custom<object>((given) => {
  const { prf } = (given ?? {}) as { prf?: { results?: { first?: unknown } } }
  return typeof given === 'object' && typeof prf?.results?.first !== 'string'
}, 'must not hold the result of PRF, which stays in the browser')

const attestation = z
  .object({
    id: bytes,
    rawId: bytes,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: bytes,
      attestationObject: bytes,
      transports: z.array(z.string().max(30)).max(10).optional(),
    }),
    clientExtensionResults: extensionResults,
  })
  .transform((given) => ({ ...given, clientExtensionResults: {} }) as RegistrationResponseJSON)
  .openapi('RegistrationResponse', { type: 'object' })

/** The answer of a passkey to a challenge, as browsers make it. */
export const assertion = z
  .object({
    id: bytes,
    rawId: bytes,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: bytes,
      authenticatorData: bytes,
      signature: bytes,
      userHandle: bytes.nullish().transform((handle) => handle ?? undefined),
    }),
    clientExtensionResults: extensionResults,
  })
  .transform((given) => ({ ...given, clientExtensionResults: {} }) as AuthenticationResponseJSON)
  .openapi('AuthenticationResponse', { type: 'object' })

/** Id of a challenge. */
export const challenge = z.string().max(100)

/** A challenge with what the browser makes of it. */
export const passkeyOptions = z
  .object({ challenge, options: z.object({ challenge: z.string() }) })
  .openapi('PasskeyOptions', {
    description:
      "`options` are WebAuthn's, in their JSON form. The salt of PRF, `extensions.prf.eval.first`, is base64url: " +
      'what turns the rest into bytes in a browser must turn it too. Take the result of PRF out of what is sent back.',
  })

const label = z.string().trim().max(60)

/** A way to sign in and to open the keyring. */
export const newUnlocker = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('passphrase'),
      label,
      cost: passphraseCost,
      token,
      sealedKeyring: sealed(keyringLimit),
    }),
    z.object({ kind: z.literal('recovery'), label, token, sealedKeyring: sealed(keyringLimit) }),
    z.object({
      kind: z.literal('passkey'),
      label,
      attestation,
      challenge,
      sealedKeyring: sealed(keyringLimit)
        .nullable()
        .openapi({ type: ['string', 'null'], format: 'byte' }),
    }),
  ])
  .openapi('NewUnlocker') satisfies z.ZodType<NewUnlocker>

/** The ways in that somebody begins with; none where an account signed in is joined with. */
export const newUnlockers = z
  .array(newUnlocker)
  .max(5)
  .refine(
    (given) =>
      ['passphrase', 'recovery'].every((kind) => given.filter((one) => one.kind === kind).length <= 1),
    'may hold one passphrase and one recovery kit',
  )

const standing = z.enum(['member', 'organizer'])

/** A membership as its holder sees it. */
export const ownMembership = z
  .object({
    id,
    community: z.object({ id, shortName, name: z.string(), timeZone: z.string(), demo: z.boolean() }),
    standing,
    chair: z.boolean(),
  })
  .openapi('OwnMembership')

/** The holder of an account, as they see themselves. */
export const ownAccount = z
  .object({ id, name: z.string(), email: z.string(), keys: publicKeys })
  .openapi('OwnAccount')

/** What somebody who has just signed in is told. */
export const signedIn = z
  .object({
    account: ownAccount,
    sealedKeyring: z.string().nullable(),
    unlocker: id.nullable(),
    memberships: z.array(ownMembership).readonly(),
  })
  .openapi('SignedIn')

/** What somebody who has just signed in is told. */
export type SignedInAnswer = z.infer<typeof signedIn>
/** A way to sign in, as a browser sends it. */
export type NewUnlockerBody = z.input<typeof newUnlocker>
