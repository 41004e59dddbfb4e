import { base64, base64urlnopad } from '@scure/base'

/** UTF-8 bytes of a string. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The string of UTF-8 bytes. Throws `TypeError` if they are not valid UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

/** Standard base64 with padding, as the API carries sealed bytes. */
export const toBase64 = (bytes: Uint8Array): string => base64.encode(bytes)

/** Bytes of standard base64 with padding. Throws on any other character or length. */
export const fromBase64 = (text: string): Uint8Array => base64.decode(text)

/** URL-safe base64 without padding: ids, tokens, links. */
export const toBase64Url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes)

/** Bytes of URL-safe base64 without padding. Throws on any other character or length. */
export const fromBase64Url = (text: string): Uint8Array => base64urlnopad.decode(text)

/** `size` bytes from the platform's generator (browser and server alike). */
export const randomBytes = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size))

/** A new random id: 16 bytes in URL-safe base64 (22 characters). */
export const newId = (): string => toBase64Url(randomBytes(16))
