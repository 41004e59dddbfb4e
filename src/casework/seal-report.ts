import type { FileRef } from '../procedure/records.ts'
import { limits } from '../procedure/records.ts'
import type { ReportBody } from '../procedure/report.ts'
import { openSupports } from '../procedure/supports.ts'
import { utf8 } from '../sealing/bytes.ts'
import { derive, digest } from '../sealing/derive.ts'
import { verifyDirectory } from '../sealing/directory.ts'
import { FileTooLarge, sealFile } from '../sealing/evidence.ts'
import { prepareCase, sealCase } from '../sealing/intake.ts'
import { type Receipt, receiptOf, tokenHash } from '../sealing/receipt.ts'
import { answerGiven } from '../store/answered-requests.ts'
import { isDuplicate } from '../store/failure.ts'
import { filedWith } from '../store/incidents.ts'
import { type Filed, type FileReport, requestOf } from './file-report.ts'
import type { Office } from './office.ts'
import { intake } from './public-view.ts'
import { Refused } from './refused.ts'
import { addPart, beginUpload, completeUpload } from './upload.ts'

/** A file as a browser without JavaScript hands it over: in the open, as a stream. */
export interface PlainFile {
  readonly name: string
  readonly type: string
  readonly bytes: ReadableStream<Uint8Array>
}

/** A report that reaches the server in the open, since the browser that sends it cannot seal. */
export interface PlainReport {
  /** Short name of the community. */
  readonly community: string
  /** Without evidence and without the time of reporting. */
  readonly report: ReportBody
  /** Mail address for notices, or null. */
  readonly notice: string | null
  readonly language: string
  /** The receipt code, drawn before: sending the same page twice files one report (F3). */
  readonly code: string
  /** Written down by somebody to whom the person spoke (B). */
  readonly taken?: {
    /** Whether the code leads back to it. If not, nobody reads it again but the committee (B6). */
    readonly giveCode: boolean
  }
}

/**
 * Seals a report in memory, by the same rules as a browser does, and files it. Nothing of it is kept open. The
 * record says that the server sealed it, which is weaker, and so do all who show it.
 *
 * @param files - taken one after the other, so that one file is never held whole.
 * @throws {Refused | StoreUnavailable} `file-limit` for a file too large or one too many.
 */
export async function sealReport(
  office: Office,
  fileReport: FileReport,
  plain: PlainReport,
  files: AsyncIterable<PlainFile>,
): Promise<Filed> {
  const code = await receiptOf(plain.code)
  const receipt = plain.taken?.giveCode === false ? null : code
  const { community, directory } = await intake(office, plain.community)
  const request = requestOf(community, keyOf(code))
  const filedBefore = async (): Promise<Filed | null> => {
    if (receipt) return filedWith(office.store.db, receipt.lookup)
    const given = await answerGiven(office.store.db, request)
    return given ? (JSON.parse(given.answer) as Filed) : null
  }
  const before = await filedBefore()
  if (before) return before
  const prepared = await prepareCase()
  const sealedTo = receipt ? [prepared.recipient, receipt.recipient] : [prepared.recipient]
  const { evidence, uploads } = await sealFiles(office, community, sealedTo, files)
  const involved = plain.report.involved ?? []
  const at = office.clock.now()
  const sealed = await sealCase({
    community,
    directory: verifyDirectory(community, directory),
    involved,
    body: { ...plain.report, reportedAt: at, ...(evidence.length > 0 ? { evidence } : {}) },
    at,
    receipt,
    author: { who: 'server' },
    signingSeed: null,
    prepared,
  })
  try {
    return await fileReport({
      community,
      channel: plain.taken ? 'taken' : 'web-plain',
      by: null,
      byServer: true,
      key: keyOf(code),
      submission: {
        ...sealed,
        involved,
        uploads,
        notice: receipt ? plain.notice : null,
        language: plain.language,
        followUp: openSupports(plain.report, []).length > 0,
      },
    })
  } catch (error) {
    // The same page was sent twice at once, and the other one came first.
    const first = isDuplicate(error) || (error instanceof Refused && error.code === 'key-reused')
    const filed = first ? await filedBefore() : null
    if (filed) return filed
    throw error
  }
}

const keyOf = ({ lookup }: Receipt): string => digest(derive(utf8(lookup), 'plain-report/key')).slice(0, 32)

/** Seals files as they arrive and keeps their parts. Returns what the record says of them. */
export async function sealFiles(
  office: Office,
  community: string,
  recipients: readonly string[],
  files: AsyncIterable<PlainFile>,
): Promise<{ evidence: FileRef[]; uploads: { upload: string; tokenHash: string }[] }> {
  const evidence: FileRef[] = []
  const uploads: { upload: string; tokenHash: string }[] = []
  for await (const { name, type, bytes } of files) {
    if (evidence.length === limits.files) throw fileLimit()
    const { upload, token } = await beginUpload(office, community)
    const file = await sealFile(bytes, recipients, limits.fileBytes)
    let parts = 0
    let size = 0
    try {
      for await (const part of file.parts) {
        await addPart(office, upload, parts, part)
        parts += 1
        size += part.length
      }
    } catch (error) {
      throw error instanceof FileTooLarge ? fileLimit() : error
    }
    await completeUpload(office, upload, { parts, size })
    evidence.push({ upload, name: nameOf(name), type: typeOf(type), ...file.facts() })
    uploads.push({ upload, tokenHash: tokenHash(token) })
  }
  return { evidence, uploads }
}

const fileLimit = (): Refused =>
  new Refused('file-limit', { files: limits.files, megabytes: limits.fileBytes / 1024 / 1024 })

/** The last piece of what a device calls a file, cut to what a record holds. */
const nameOf = (name: string): string =>
  name.toWellFormed().split(/[/\\]/).at(-1)?.trim().slice(0, limits.fileName) || 'file'

const typeOf = (type: string): string =>
  type.toWellFormed().trim().slice(0, limits.fileName) || 'application/octet-stream'
