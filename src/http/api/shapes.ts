import { z } from '@hono/zod-openapi'

/** A 16-byte id in URL-safe base64. */
export const id = z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'must be an id of 22 characters')

/** A short name of a community, as it stands in addresses. */
export const shortName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$/, 'must be lower-case letters, digits and hyphens')

/** An instant in epoch milliseconds. */
export const instant = z.int().openapi({ description: 'Epoch milliseconds' })

/** A SHA-256 in hex. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex')

/**
 * Sealed bytes as standard base64; comes out as bytes.
 *
 * @param most - the most bytes.
 */
export const sealed = (most: number) =>
  z
    .string()
    .max(Math.ceil(most / 3) * 4, `must be at most ${most} bytes`)
    .transform((text, context) => {
      const bytes = Buffer.from(text, 'base64')
      const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='))
      // Node skips what is not base64, so what it read must be as long as what was given.
      if (bytes.length !== Math.floor(((text.length - padding) * 3) / 4)) {
        context.addIssue({ code: 'custom', message: 'must be base64' })
        return z.NEVER
      }
      return bytes as Uint8Array
    })
    .openapi({ type: 'string', format: 'byte' })

/** A text and the Ed25519 signature over it. */
export const signedText = z
  .object({ text: z.string().max(20_000), signature: z.string().max(100) })
  .openapi('SignedText')

/** A member's public keys. */
export const publicKeys = z
  .object({ recipient: z.string().max(2000), verifyKey: z.string().max(60) })
  .openapi('PublicKeys')

/** A language there is a catalog for. */
export const language = z.enum(['en', 'es'])

/** The client's key for a write that it may repeat. */
export const idempotencyKey = (header: string | undefined): string | null =>
  header !== undefined && /^[\x21-\x7e]{16,64}$/.test(header) ? header : null
