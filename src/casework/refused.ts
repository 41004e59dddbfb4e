/** Everything that can be refused at the edge of casework. The words for each are in words/, the status in http/problems.ts. */
export const refusals = [
  /** No such thing, or nobody who may know of it asks: the two are never told apart (K1). */
  'not-found',
  'not-signed-in',
  'not-allowed',
  'wrong-origin',
  'invalid-input',
  'malformed-envelope',
  'too-large',
  'too-many',
  'unavailable',
  'server-error',
  /** The same idempotency key came with other content. */
  'key-reused',
  'key-missing',
  /** The committee changed since the form was opened: fetch the recipients and seal again. */
  'recipients-changed',
  /** Everybody who could read it is named as involved and there is no recovery recipient. */
  'nobody-to-read',
  /** Another record came first: read it, then seal again after it. */
  'out-of-order',
  /** Somebody else changed the case since it was read. */
  'case-changed',
  'impossible-step',
  'file-limit',
  'file-incomplete',
  'part-mismatch',
  'link-used',
  'link-expired',
  'name-taken',
  'address-taken',
  'sign-in-failed',
  'passkey-failed',
  'last-unlocker',
  'last-chair',
  'one-unlocker',
  'directory-refused',
  'directory-changed',
  'playbook-invalid',
  'no-mail-server',
  /** D3: everybody who could be alerted is named as involved, or nobody is there. */
  'nobody-to-alert',
  /** Somebody else was faster: who, as `name`. */
  'alert-taken',
  /** It was closed or withdrawn. */
  'alert-ended',
  /** Who is on call, or a swap, is not any more what it was when this was asked for. */
  'roster-changed',
  'event-taken',
] as const
export type Refusal = (typeof refusals)[number]

/** A deed that is refused, with the reason as a code and the values its sentence shows (never content). */
export class Refused extends Error {
  override name = 'Refused'
  readonly code: Refusal
  readonly values: Readonly<Record<string, string | number>>
  constructor(code: Refusal, values: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.code = code
    this.values = values
  }
}
