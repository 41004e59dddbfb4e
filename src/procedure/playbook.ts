/**
 * What a community may set, with ChiPy's values as defaults: every number and text that the rule book marks as a
 * *setting*. Stored and exchanged as JSON. A playbook may leave anything out; what is missing is ChiPy's value.
 */
import { z } from 'zod'
import {
  messagesEn,
  messagesEs,
  stopSentenceEn,
  stopSentenceEs,
  takerGuidanceEn,
  takerGuidanceEs,
} from './chipy-texts.ts'
import type { MessageKey } from './records.ts'

/** Languages in which a playbook has its texts. */
export const languages = ['en', 'es'] as const
export type Language = (typeof languages)[number]

/** The placeholders that each message's template may hold, written `{name}`. */
export const placeholders = {
  M1: ['community', 'member', 'resolveBy'],
  M2: ['community', 'member'],
  M3: ['community', 'member', 'shepherd', 'objectionEnds'],
  M4: ['community', 'member', 'resolveBy'],
  M5: ['community', 'member', 'decision'],
  M6: ['community', 'member', 'decision'],
  M7: ['community', 'member', 'actions', 'outcome'],
  M8: ['community', 'member', 'case', 'actions', 'outcome', 'reviewOn'],
  M9: ['community', 'member', 'summary', 'motion', 'agreed'],
  M10: ['community', 'member', 'reason', 'newDate'],
} as const satisfies Record<MessageKey, readonly string[]>

export type Placeholder = (typeof placeholders)[MessageKey][number]

/** One line of a setting. */
export const line = z.string().trim().min(1).max(200)
const paragraph = z.string().trim().min(1).max(2000)
const whole = (min: number, max: number) => z.int().min(min).max(max)

/** A telephone number as people write it: digits, spaces, + ( ) - . and, for short codes, * and #. */
export const phone = z
  .string()
  .trim()
  .regex(/^[+*#]?[0-9][0-9 ().*#-]{1,30}$/, 'is not a telephone number')

const times = z
  .strictObject({
    /** Hours from arrival until the first response is due (H1). */
    acknowledgeHours: whole(1, 168).default(12),
    /** Hours within which it would ideally be given (H1). */
    acknowledgeIdealHours: whole(1, 168).default(2),
    /** Hours after which the secondary inherits a report that was not answered (G3). */
    secondaryInheritsHours: whole(1, 168).default(6),
    /** Hours after which any member without a conflict may take it (G4). */
    openToAllHours: whole(1, 336).default(24),
    /** Minutes after which an alert goes to the secondary too (D2). */
    alertSecondaryMinutes: whole(1, 60).default(2),
    /** Minutes after which it goes to every member without a conflict (D2). */
    alertAllMinutes: whole(1, 120).default(5),
    /** Minutes after which it is repeated until taken or closed (D2). */
    alertRepeatMinutes: whole(1, 120).default(5),
    /** Calendar days during which the reporter may object to the shepherd (I6). */
    objectionDays: whole(1, 30).default(3),
    /** Calendar days from arrival until the case is due to be resolved (L5). */
    resolveDays: whole(1, 365).default(14),
    /** Calendar days from arrival after which the shepherd is reminded of that (L5). */
    reminderDays: z.array(whole(1, 365)).max(10).default([7, 12]),
  })
  .superRefine((set, context) => {
    const ordered = [
      ['acknowledgeIdealHours', 'acknowledgeHours'],
      ['secondaryInheritsHours', 'openToAllHours'],
      ['alertSecondaryMinutes', 'alertAllMinutes'],
    ] as const
    for (const [first, then] of ordered) {
      if (set[first] > set[then]) {
        context.addIssue({ code: 'custom', path: [first], message: `must not be longer than ${then}` })
      }
    }
    if (set.reminderDays.some((days) => days >= set.resolveDays)) {
      context.addIssue({ code: 'custom', path: ['reminderDays'], message: 'must all be before resolveDays' })
    }
  })

const phones = z.strictObject({
  /** The number of the emergency services (A1). */
  emergency: phone.default('911'),
  /** The venue's security (A1); null: not shown. */
  security: phone.nullable().default(null),
  /** The police where it is not an emergency (A1); null: not shown. */
  nonEmergency: phone.nullable().default('311'),
  /** The committee's own number, shown with an alert and when nobody can be alerted (D3); null: not shown. */
  committee: phone.nullable().default(null),
})

const venue = z.strictObject({
  /** What the place is called; null: not shown. */
  name: line.nullable().default(null),
  /** The address to read out to a dispatcher, line by line, the entrance too (A1). Empty: not shown. */
  address: z.array(line).max(6).default([]),
})

const template = (key: MessageKey, preset: { subject: string; body: string }) =>
  z
    .strictObject({
      subject: z.string().trim().min(1).max(200),
      body: z.string().trim().min(1).max(10_000),
    })
    .superRefine((texts, context) => {
      for (const part of ['subject', 'body'] as const) {
        const unknown = unknownPlaceholders(key, texts[part])
        if (unknown.length === 0) continue
        const allowed = placeholders[key].map(braced).join(' ')
        const message = `has ${unknown.map(braced).join(' ')}, which ${key} does not know; it knows ${allowed}`
        context.addIssue({ code: 'custom', path: [part], message })
      }
    })
    .default(preset)

const messages = (presets: Readonly<Record<MessageKey, { subject: string; body: string }>>) =>
  z
    .strictObject({
      M1: template('M1', presets.M1),
      M2: template('M2', presets.M2),
      M3: template('M3', presets.M3),
      M4: template('M4', presets.M4),
      M5: template('M5', presets.M5),
      M6: template('M6', presets.M6),
      M7: template('M7', presets.M7),
      M8: template('M8', presets.M8),
      M9: template('M9', presets.M9),
      M10: template('M10', presets.M10),
    })
    .prefault({})

/** The schema of a playbook. Strict: a misspelt setting is an error, not a silently ignored one. */
export const Playbook = z.strictObject({
  times: times.prefault({}),
  /** Members, other than the shepherd, who must agree to a proposal (J2). */
  quorum: whole(1, 20).default(2),
  /** Members, other than the writer, who must confirm a message to somebody else before it is sent (L2). */
  confirmations: whole(1, 20).default(1),
  phones: phones.prefault({}),
  venue: venue.prefault({}),
  /** Where the community's code of conduct can be read; null: not linked. */
  codeOfConduct: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  /** How duty rotates (G1). */
  rosterKind: z.enum(['monthly', 'weekly', 'event']).default('monthly'),
  /** Whether the public page shows who is on call (G5). */
  publicRoster: z.boolean().default(false),
  /** The sentence with which a presentation is stopped (E4). */
  stopSentence: z
    .strictObject({ en: line.default(stopSentenceEn), es: line.default(stopSentenceEs) })
    .prefault({}),
  /** What is shown beside the form to whoever takes a report from somebody else (B1), a list of short sentences. */
  takerGuidance: z
    .strictObject({
      en: z
        .array(paragraph)
        .max(20)
        .default([...takerGuidanceEn]),
      es: z
        .array(paragraph)
        .max(20)
        .default([...takerGuidanceEs]),
    })
    .prefault({}),
  /** The templates of M1 to M10 per language. */
  messages: z.strictObject({ en: messages(messagesEn), es: messages(messagesEs) }).prefault({}),
})

export type Playbook = z.infer<typeof Playbook>

/** ChiPy's playbook: every default. */
export const chipyPlaybook: Playbook = Playbook.parse({})

/** One thing that is wrong with a playbook. `path` like `times.resolveDays`, '' for the whole. */
export type PlaybookProblem = {
  readonly path: string
  readonly message: string
  /** Line in the text, from 1; null where there is no text or it could not be found. */
  readonly line: number | null
}

export type ParsedPlaybook =
  | { readonly ok: true; readonly playbook: Playbook }
  | { readonly ok: false; readonly problems: readonly PlaybookProblem[] }

/** Takes an already parsed JSON value, gives back the playbook with defaults filled in, or all that is wrong. */
export function checkPlaybook(value: unknown): ParsedPlaybook {
  const parsed = Playbook.safeParse(value)
  if (parsed.success) return { ok: true, playbook: parsed.data }
  return { ok: false, problems: parsed.error.issues.flatMap(problemsOf) }
}

/** Takes the text of a playbook file (JSON), gives back the playbook, or all that is wrong with its line. */
export function parsePlaybook(json: string): ParsedPlaybook {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return {
      ok: false,
      problems: [{ path: '', message: `is not JSON: ${message}`, line: syntaxErrorLine(json, message) }],
    }
  }
  const checked = checkPlaybook(value)
  if (checked.ok) return checked
  return {
    ok: false,
    problems: checked.problems.map((found) => ({ ...found, line: lineOf(json, found.path) })),
  }
}

/** `{community}` and the like in a text, each once, in order of appearance. */
export function placeholdersIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(placeholder), (match) => match[1] as string))]
}

export type FilledTemplate =
  | {
      readonly ok: true
      readonly subject: string
      readonly body: string
      /** Placeholders without a value: still in the text, for the writer to replace before sending. */
      readonly open: readonly string[]
    }
  | { readonly ok: false; readonly unknown: readonly string[] }

/**
 * Fills the placeholders of message `key`'s template with `values`. Values are put in as they are, once: a
 * placeholder inside a value is not filled. Refused, with their names, if the template holds placeholders that
 * this message does not know.
 */
export function fillTemplate(
  key: MessageKey,
  texts: { readonly subject: string; readonly body: string },
  values: Partial<Readonly<Record<Placeholder, string>>>,
): FilledTemplate {
  const unknown = unknownPlaceholders(key, `${texts.subject}\n${texts.body}`)
  if (unknown.length > 0) return { ok: false, unknown }
  const known: Readonly<Record<string, string | undefined>> = values
  const fill = (text: string) => text.replace(placeholder, (whole, name: string) => known[name] ?? whole)
  const open = placeholdersIn(`${texts.subject}\n${texts.body}`).filter((name) => known[name] === undefined)
  return { ok: true, subject: fill(texts.subject), body: fill(texts.body), open }
}

const placeholder = /\{([A-Za-z]\w*)\}/g

function unknownPlaceholders(key: MessageKey, text: string): string[] {
  const allowed: readonly string[] = placeholders[key]
  return placeholdersIn(text).filter((name) => !allowed.includes(name))
}

function braced(name: string): string {
  return `{${name}}`
}

function problemsOf(issue: z.core.$ZodIssue): PlaybookProblem[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is no setting', line: null }))
  }
  return [{ path: path.join('.'), message: issue.message, line: null }]
}

function syntaxErrorLine(json: string, message: string): number | null {
  const position = /at position (\d+)/.exec(message)
  if (position !== null) return json.slice(0, Number(position[1])).split('\n').length
  return /end of JSON/.test(message) ? json.split('\n').length : null
}

/**
 * The line, from 1, on which the value at `path` begins in a valid JSON text, or its nearest ancestor that is
 * there. A path like `times.reminderDays.1`; no setting has a dot in its name.
 */
function lineOf(json: string, path: string): number {
  const wanted = path === '' ? [] : path.split('.')
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
  // Where we are: the keys or indices from the root, and for each level whether it is a list.
  const at: (string | number)[] = []
  const lists: boolean[] = []
  let line = 1
  let deepest = -1
  let previous = ''
  for (const match of json.matchAll(token)) {
    const text = match[0]
    const list = lists.at(-1)
    const isKey = text.startsWith('"') && list === false && previous !== ':'
    if (isKey) at[lists.length - 1] = JSON.parse(text) as string
    const begins = isKey || (list === true && previous !== ']' && previous !== '}' && !'],'.includes(text))
    if (begins && lists.length > deepest && at.every((step, depth) => String(step) === wanted[depth])) {
      deepest = lists.length
      line = json.slice(0, match.index).split('\n').length
    }
    if (text === '{' || text === '[') {
      lists.push(text === '[')
      if (text === '[') at.push(0)
    } else if (text === '}' || text === ']') {
      lists.pop()
      at.length = lists.length
    } else if (text === ',' && list === true) {
      at[lists.length - 1] = Number(at[lists.length - 1]) + 1
    }
    previous = text
  }
  return line
}
