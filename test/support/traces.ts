import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where one of the words was found. */
export interface Trace {
  readonly where: string
  readonly word: string
  readonly form: string
}

/**
 * The forms in which a text may lie about in bytes: as it is, in another case, in UTF-16, base64 at each alignment,
 * hex, percent, quoted-printable, and as JSON, HTML and JavaScript escape it.
 */
export function formsOf(word: string): { readonly form: string; readonly bytes: Buffer }[] {
  const utf8 = Buffer.from(word)
  const escaped = (each: (byte: number) => string): string =>
    Array.from(utf8, (byte) => (byte < 0x80 && byte !== 0x20 ? String.fromCharCode(byte) : each(byte))).join(
      '',
    )
  const two = (byte: number): string => byte.toString(16).padStart(2, '0')
  const texts: Record<string, string> = {
    plain: word,
    'lower case': word.toLowerCase(),
    'upper case': word.toUpperCase(),
    hex: utf8.toString('hex'),
    'hex in capitals': utf8.toString('hex').toUpperCase(),
    percent: escaped((byte) => `%${two(byte).toUpperCase()}`),
    'percent in lower case': escaped((byte) => `%${two(byte)}`),
    'form data': encodeURIComponent(word).replaceAll('%20', '+'),
    'quoted-printable': escaped((byte) => (byte === 0x20 ? ' ' : `=${two(byte).toUpperCase()}`)),
    JSON: JSON.stringify(word).slice(1, -1),
    'escaped for JavaScript': word.replace(
      /[^ -~]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    'escaped for HTML': word
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
    'joined code': word.toLowerCase().replace(/[^a-z]/g, ''),
    'code with hyphens': word.replaceAll(' ', '-'),
  }
  const found = Object.entries(texts).map(([form, text]) => ({ form, bytes: Buffer.from(text) }))
  const little = Buffer.from(word, 'utf16le')
  found.push({ form: 'UTF-16LE', bytes: little }, { form: 'UTF-16BE', bytes: Buffer.from(little).swap16() })
  found.push({ form: 'Latin-1', bytes: Buffer.from(word, 'latin1') })
  for (const shift of [0, 1, 2]) {
    // Only the characters that depend on the word alone, whatever stands before and after it.
    const encoded = Buffer.concat([Buffer.alloc(shift), utf8])
      .toString('base64')
      .replace(/=+$/, '')
    const inner = encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + utf8.length) * 8) / 6))
    found.push({ form: `base64 (${shift})`, bytes: Buffer.from(inner) })
    found.push({
      form: `base64url (${shift})`,
      bytes: Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_')),
    })
  }
  return found.filter(({ bytes }) => bytes.length >= 6)
}

/** Makes a search for words, in every form, that is to be asked about many pieces of bytes. */
export function searchFor(words: readonly string[]): (where: string, bytes: Uint8Array | string) => Trace[] {
  const wanted = words.flatMap((word) => formsOf(word).map((form) => ({ word, ...form })))
  return (where, given) => {
    const bytes = typeof given === 'string' ? Buffer.from(given) : Buffer.from(given)
    return wanted.filter((one) => bytes.includes(one.bytes)).map(({ word, form }) => ({ where, word, form }))
  }
}

/** Every file under a folder, with what is in it. */
export async function everyFile(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(
    found
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        return { path, bytes: await readFile(path) }
      }),
  )
}
