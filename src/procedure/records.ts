/**
 * The bodies of the records of a case: what is inside an envelope once it is opened.
 *
 * Every body was written by somebody else and opened in this browser, so it is hostile until checked:
 * the `check…` functions take any value and either return a fresh, plain copy of the shape named or
 * throw a `BodyError` whose message says which field is wrong and why. Nothing here does I/O.
 */

/** The ten messages of the procedure (section Messages). */
export const messageKeys = ['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7', 'M8', 'M9', 'M10'] as const
export type MessageKey = (typeof messageKeys)[number]

/** Sizes in characters (UTF-16 units), except `fileBytes`, which is in bytes. */
export const limits = {
  narrative: 50_000,
  long: 10_000,
  line: 500,
  note: 50_000,
  message: 50_000,
  files: 10,
  fileBytes: 25 * 1024 * 1024,
  fileName: 255,
  involved: 200,
} as const

/** A file that belongs to a record; its bytes are stored apart, sealed in chunks under `upload`. */
export type FileRef = {
  /** Id of the upload that holds the sealed chunks. */
  readonly upload: string
  /** As the person's device named it. Never a path, never trusted. */
  readonly name: string
  /** Media type as the device said it, `application/octet-stream` if it said none. Never trusted. */
  readonly type: string
  /** Size of the file itself, in bytes. */
  readonly size: number
  /** SHA-256 of the file itself, 64 lower-case hex digits. */
  readonly sha256: string
}

/** An internal note, readable by those who may read the case. */
export type NoteBody = { readonly text: string }

/** A message as sent (rule: kept in the case as sent). `template` is the one it was written from, or null. */
export type MessageBody = { readonly template: MessageKey | null; readonly text: string }

/** What the reporter may say of the shepherd they were told of (I6). */
export const shepherdAnswers = ['agrees', 'objects'] as const
export type ShepherdAnswer = (typeof shepherdAnswers)[number]

/** What the reporter writes back from the mailbox. Words, files, or both; or what they say of the shepherd. */
export type AnswerBody = {
  readonly text: string
  readonly files: readonly FileRef[]
  readonly shepherd?: ShepherdAnswer
}

/**
 * What the first responder adds to the record that the system made on arrival (H4): who it is about and
 * what kind of thing it is, and, where the report does not say it itself, the two facts H3 turns on.
 * null: the first responder does not know either.
 */
export type CompletionBody = {
  readonly who: string
  readonly what: string
  readonly actionTaken: boolean | null
  readonly decisionWanted: boolean | null
}

/** What somebody who reports can be offered (B4). Words: `report.<key>.label`. */
export const supportKeys = ['escort', 'friend', 'police'] as const
export type SupportKey = (typeof supportKeys)[number]

/** How it stands with a support that was offered; what is not there was not offered. Words: `report.choice.<state>`. */
export const supportStates = ['wanted', 'arranged', 'declined'] as const
export type SupportState = (typeof supportStates)[number]

/** What a responder did about a support (B4). */
export type SupportBody = { readonly support: SupportKey; readonly state: SupportState }

/** A body does not have the shape it should have. `field` is the path to what is wrong, '' for the whole. */
export class BodyError extends Error {
  readonly field: string
  constructor(field: string, problem: string) {
    super(field === '' ? `The record ${problem}.` : `“${field}” ${problem}.`)
    this.name = 'BodyError'
    this.field = field
  }
}

/**
 * Takes any value, gives it back as an object whose own keys are all among `keys`.
 * @throws BodyError if it is not a plain object or has a key that does not belong there.
 */
export function checkObject(value: unknown, field: string, keys: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BodyError(field, 'is not an object')
  }
  for (const key of Object.keys(value)) {
    if (!keys.includes(key)) throw new BodyError(field, `has a field that does not belong there: ${key}`)
  }
  return value as Record<string, unknown>
}

/**
 * Takes any value, gives it back as a text of `min` to `max` characters (white space around it does not
 * count towards `min`, and is kept).
 * @throws BodyError if it is no text, too short, too long, or not well-formed Unicode.
 */
export function checkText(value: unknown, field: string, max: number, min = 0): string {
  if (typeof value !== 'string') throw new BodyError(field, 'is not a text')
  if (value.trim().length < min) throw new BodyError(field, 'is empty')
  if (value.length > max)
    throw new BodyError(field, `is too long: ${value.length} characters of at most ${max}`)
  if (!value.isWellFormed()) throw new BodyError(field, 'holds broken characters')
  return value
}

/**
 * Takes any value, gives it back as one of `choices`.
 * @throws BodyError if it is none of them.
 */
export function checkChoice<const C extends string>(value: unknown, field: string, choices: readonly C[]): C {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw new BodyError(field, `is none of ${choices.join(', ')}`)
  return found
}

/**
 * Takes any value, gives back a file reference.
 * @throws BodyError if a field is missing or wrong, or the file is larger than 25 MB.
 */
export function checkFileRef(value: unknown, field = 'file'): FileRef {
  const file = checkObject(value, field, ['upload', 'name', 'type', 'size', 'sha256'])
  const upload = checkText(file.upload, `${field}.upload`, 100, 1)
  const name = checkText(file.name, `${field}.name`, limits.fileName, 1)
  const type = checkText(file.type, `${field}.type`, limits.fileName, 1)
  const sha256 = checkText(file.sha256, `${field}.sha256`, 64, 64)
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new BodyError(`${field}.sha256`, 'is not a SHA-256 in hex')
  const size = file.size
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new BodyError(`${field}.size`, 'is not a size in bytes')
  }
  if (size > limits.fileBytes) throw new BodyError(`${field}.size`, 'is larger than 25 MB')
  return { upload, name, type, size, sha256 }
}

/**
 * Takes any value, gives back a list of at most ten file references.
 * @throws BodyError if it is no list, too long, or one of the references is wrong.
 */
export function checkFiles(value: unknown, field: string): FileRef[] {
  if (!Array.isArray(value)) throw new BodyError(field, 'is not a list')
  if (value.length > limits.files) throw new BodyError(field, `holds more than ${limits.files} files`)
  return value.map((file, index) => checkFileRef(file, `${field}[${index}]`))
}

/** Takes any value, gives back a note. @throws BodyError if it is not one, empty, or over 50,000 characters. */
export function checkNoteBody(value: unknown): NoteBody {
  const note = checkObject(value, '', ['text'])
  return { text: checkText(note.text, 'text', limits.note, 1) }
}

/** Takes any value, gives back a message. @throws BodyError if it is not one, empty, or over 50,000 characters. */
export function checkMessageBody(value: unknown): MessageBody {
  const message = checkObject(value, '', ['template', 'text'])
  const template = message.template === null ? null : checkChoice(message.template, 'template', messageKeys)
  return { template, text: checkText(message.text, 'text', limits.message, 1) }
}

/** Takes any value, gives back an answer. @throws BodyError if it is not one, or says nothing at all. */
export function checkAnswerBody(value: unknown): AnswerBody {
  const answer = checkObject(value, '', ['text', 'files', 'shepherd'])
  const files = checkFiles(answer.files, 'files')
  if (answer.shepherd === undefined)
    return { text: checkText(answer.text, 'text', limits.message, files.length === 0 ? 1 : 0), files }
  const shepherd = checkChoice(answer.shepherd, 'shepherd', shepherdAnswers)
  return { text: checkText(answer.text, 'text', limits.message), files, shepherd }
}

/** Takes any value, gives back the first responder's completion (H4). @throws BodyError if it is not one. */
export function checkCompletionBody(value: unknown): CompletionBody {
  const completion = checkObject(value, '', ['who', 'what', 'actionTaken', 'decisionWanted'])
  return {
    who: checkText(completion.who, 'who', limits.long),
    what: checkText(completion.what, 'what', limits.long),
    actionTaken: checkFact(completion.actionTaken, 'actionTaken'),
    decisionWanted: checkFact(completion.decisionWanted, 'decisionWanted'),
  }
}

/** Takes any value, gives back what was done about a support (B4). @throws BodyError if it is not that. */
export function checkSupportBody(value: unknown): SupportBody {
  const given = checkObject(value, '', ['support', 'state'])
  return {
    support: checkChoice(given.support, 'support', supportKeys),
    state: checkChoice(given.state, 'state', supportStates),
  }
}

function checkFact(value: unknown, field: string): boolean | null {
  if (value !== null && typeof value !== 'boolean')
    throw new BodyError(field, 'is neither yes, no nor unknown')
  return value
}
