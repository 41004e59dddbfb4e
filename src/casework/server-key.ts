import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The server's own key: kept beside the database, never in it, so that a stolen backup alone opens nothing. */
export interface ServerKey {
  /** Seals a short text (AES-256-GCM): nonce, ciphertext, tag. */
  seal(text: string): Uint8Array
  /** Opens what {@link seal} made. Throws if it was changed or sealed with another key. */
  open(sealed: Uint8Array): string
  /** A stable pseudo-random value (hex) for a text: for answers that must not tell whether something exists. */
  disguise(text: string): string
}

/**
 * Reads the server's key, or makes it at the first start (mode 0600).
 *
 * @param given - base64 of 32 bytes from the environment, where several servers share a store; or undefined.
 * @param dataDir - the folder that holds `server.key` otherwise.
 * @throws if the key is not 32 bytes of base64.
 */
export async function loadServerKey(given: string | undefined, dataDir: string): Promise<ServerKey> {
  return serverKey(given === undefined ? await keyFile(dataDir) : decoded(given, 'SERVER_KEY'))
}

async function keyFile(dataDir: string): Promise<Uint8Array> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, 'server.key')
  try {
    const file = await open(path, 'wx', 0o600)
    const key = randomBytes(32)
    await file.writeFile(`${key.toString('base64')}\n`)
    await file.sync()
    await file.close()
    return key
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return decoded((await readFile(path, 'utf8')).trim(), path)
  }
}

function decoded(text: string, where: string): Uint8Array {
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) throw new Error(`${where} must hold 32 bytes in base64 (44 characters).`)
  return key
}

/** The server key of 32 bytes. */
export function serverKey(secret: Uint8Array): ServerKey {
  const derived = (what: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'bellwether/v1', what, 32))
  const sealing = derived('server/seal')
  const disguising = derived('server/disguise')
  return {
    seal(text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed) {
      const bytes = Buffer.from(sealed)
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12), {
        authTagLength: 16,
      })
      decipher.setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
    },
    disguise: (text) => createHmac('sha256', disguising).update(text).digest('hex'),
  }
}
