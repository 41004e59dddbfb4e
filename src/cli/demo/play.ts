import type { Logger } from 'pino'
import { acknowledge } from '../../casework/acknowledge.ts'
import { addRecord } from '../../casework/add-record.ts'
import { answer } from '../../casework/answer.ts'
import { bring } from '../../casework/bring.ts'
import { startDue } from '../../casework/due.ts'
import { type FileReport, reportFiler } from '../../casework/file-report.ts'
import { mailbox, opened } from '../../casework/mailbox.ts'
import type { Office } from '../../casework/office.ts'
import { noteReading } from '../../casework/reading.ts'
import { sealFiles } from '../../casework/seal-report.ts'
import type { TestClock } from '../../clock.ts'
import { resolveBy } from '../../procedure/deadlines.ts'
import { chipyPlaybook, fillTemplate } from '../../procedure/playbook.ts'
import { newId } from '../../sealing/bytes.ts'
import { type Prepared, prepareCase, sealCase } from '../../sealing/intake.ts'
import { type Receipt, receiptOf, receiptWords } from '../../sealing/receipt.ts'
import { type Author, sealRecord } from '../../sealing/record.ts'
import { drawWords } from '../../sealing/words.ts'
import { nextDueAt } from '../../store/due.ts'
import { incidentById } from '../../store/incidents.ts'
import type { IncidentTable } from '../../store/schema.ts'
import { community } from './cast.ts'
import type { DemoCommunity, DemoMember } from './committee.ts'
import type { Happening, Told } from './told.ts'

/** An office whose time is set by whoever plays in it. */
export interface Stage extends Office {
  readonly clock: TestClock
}

/** A case of the demo, and the code that leads back to it. */
export interface DemoCase {
  readonly id: string
  readonly about: string
  readonly code: string
}

/** Something else that happened. */
export interface Deed {
  /** Hours before the demo is started. */
  readonly ago: number
  readonly does: (stage: Stage) => Promise<void>
}

interface Played extends DemoCase {
  readonly prepared: Prepared
  readonly receipt: Receipt
  readonly language: Told['language']
}

const hour = 3_600_000
const playbook = { ...chipyPlaybook, ...community.playbook }

/**
 * Lets everything that is told happen, each at its time: reports are sealed and filed, members and reporters act,
 * and what falls due in between is done.
 *
 * @param deeds - what else happened.
 * @param now - when the demo is started, epoch milliseconds; nothing happens after it.
 * @returns the cases, or null where `signal` stopped it before its end.
 */
export async function play(
  stage: Stage,
  demo: DemoCommunity,
  tellings: readonly Told[],
  deeds: readonly Deed[],
  now: number,
  log: Logger,
  signal: AbortSignal,
): Promise<DemoCase[] | null> {
  const due = startDue(stage, log)
  const file = reportFiler(stage)
  const cases = new Map<Told, Played>()
  const events = tellings
    .flatMap((told) => {
      const reportedAt = now - told.ago * hour
      return [
        { at: reportedAt, does: async () => void cases.set(told, await report(stage, demo, file, told)) },
        ...told.since.map((happening) => ({
          at: reportedAt + happening.after * hour,
          does: () => happen(stage, demo, cases.get(told) as Played, happening),
        })),
      ]
    })
    .concat(deeds.map(({ ago, does }) => ({ at: now - ago * hour, does: () => does(stage) })))
    .toSorted((one, other) => one.at - other.at)
  const until = async (at: number): Promise<void> => {
    for (;;) {
      const next = await nextDueAt(stage.store.db)
      if (next === null || next > at) break
      stage.clock.set(next)
      await due.runDue()
    }
    stage.clock.set(at)
  }
  try {
    for (const { at, does } of events) {
      if (signal.aborted) return null
      await until(Math.round(at))
      await does()
    }
    await until(now)
  } finally {
    await due.stop()
  }
  return tellings.map((told) => cases.get(told) as Played)
}

const memberCalled = ({ members }: DemoCommunity, name: string): DemoMember => {
  const found = members.find((member) => member.name === name)
  if (!found) throw new Error(`Nobody in the demo is called ${name}.`)
  return found
}

/** Seals a report as a reporter's browser, or for one without JavaScript the server, does. */
async function report(stage: Stage, demo: DemoCommunity, file: FileReport, told: Told): Promise<Played> {
  const code = drawWords(receiptWords).join(' ')
  const receipt = await receiptOf(code)
  const prepared = await prepareCase()
  const involved = (told.involved ?? []).map((name) => memberCalled(demo, name).id)
  const at = stage.clock.now()
  const { evidence, uploads } = await sealFiles(
    stage,
    demo.id,
    [prepared.recipient, receipt.recipient],
    streams(told.files ?? []),
  )
  const byServer = told.channel === 'web-plain'
  const sealed = await sealCase({
    community: demo.id,
    directory: demo.directory,
    involved,
    body: {
      ...told.report,
      reportedAt: at,
      ...(evidence.length > 0 && { evidence }),
      ...(involved.length > 0 && { involved }),
    },
    at,
    receipt,
    author: byServer ? { who: 'server' } : { who: 'reporter' },
    signingSeed: byServer ? null : receipt.signingSeed,
    prepared,
  })
  const { channel, language, notice = null, about } = told
  const submission = { ...sealed, involved, uploads, notice, language }
  await file({ community: demo.id, submission, channel, by: null, byServer, key: newId() })
  return { id: prepared.case, about, code, prepared, receipt, language }
}

async function* streams(files: NonNullable<Told['files']>) {
  for (const { name, type, bytes } of files) yield { name, type, bytes: new Blob([bytes.slice()]).stream() }
}

async function happen(
  stage: Stage,
  demo: DemoCommunity,
  played: Played,
  happening: Happening,
): Promise<void> {
  const incident = await incidentById(stage.store.db, played.id)
  if (!incident) throw new Error('A case of the demo is gone.')
  const given = { case: played.id, key: newId() }
  const asMember = async () => {
    const { id } = memberCalled(demo, happening.by)
    await noteReading(stage, { case: played.id, member: id, session: '', what: { deed: 'opened' } })
    return { ...given, member: id }
  }
  const write = (kind: 'note' | 'message' | 'answer', author: Author, body: unknown) =>
    written(stage, demo, played, incident, kind, author, body)
  switch (happening.does) {
    case 'open-mailbox': {
      const { records } = await mailbox(stage, played.id)
      return opened(
        stage,
        played.id,
        records.map(({ id }) => id),
      )
    }
    case 'answer': {
      const record = await write('answer', { who: 'reporter' }, { text: happening.text, files: [] })
      await answer(stage, { ...given, record })
      return
    }
    case 'bring':
      return bring(stage, { ...(await asMember()), version: incident.version })
    case 'acknowledge':
    case 'keep-on-file': {
      const by = await asMember()
      const template = happening.does === 'acknowledge' ? 'M1' : 'M2'
      const text = letter(played, incident, template, happening.by)
      const record = await write('message', { who: 'member', id: by.member }, { template, text })
      return acknowledge(stage, { ...by, template, record, version: incident.version })
    }
    case 'note':
    case 'message': {
      const by = await asMember()
      const { does: kind, text } = happening
      const body = kind === 'note' ? { text } : { template: null, text }
      const record = await write(kind, { who: 'member', id: by.member }, body)
      await addRecord(stage, { ...by, kind, record })
      return
    }
  }
}

/** Signs and seals a record as its author's browser does. */
async function written(
  stage: Stage,
  demo: DemoCommunity,
  { prepared, receipt }: Played,
  incident: IncidentTable,
  kind: 'note' | 'message' | 'answer',
  author: Author,
  body: unknown,
) {
  const writer = author.who === 'member' ? demo.members.find(({ id }) => id === author.id) : undefined
  const sealed = await sealRecord(
    {
      v: 1,
      community: demo.id,
      case: incident.id,
      epoch: incident.epoch,
      kind,
      author,
      at: stage.clock.now(),
      body,
      after: incident.head,
      afterShared: incident.shared_head,
    },
    writer?.keyring.signingSeed ?? receipt.signingSeed,
    kind === 'note' ? [prepared.recipient] : [prepared.recipient, receipt.recipient],
  )
  return { sealed, after: incident.head, uploads: [] }
}

/** The text of M1 or M2 as the console fills it from the playbook. */
function letter(
  { language }: Played,
  { arrived_at }: IncidentTable,
  template: 'M1' | 'M2',
  member: string,
): string {
  const by = resolveBy(arrived_at, community.timeZone, playbook)
  const filled = fillTemplate(template, playbook.messages[language][template], {
    community: community.name,
    member,
    resolveBy: new Intl.DateTimeFormat(language, {
      timeZone: community.timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
    }).format(by),
  })
  if (!filled.ok) throw new Error('ChiPy’s playbook has a placeholder that its message does not know.')
  return filled.body
}
