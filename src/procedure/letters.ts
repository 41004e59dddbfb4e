/**
 * What is said between the reporter and the committee, as the mailbox shows it: the bodies of opened records,
 * checked, since whoever sealed them could have put anything inside.
 */
import { BodyError, checkAnswerBody, checkMessageBody, type FileRef, type ShepherdAnswer } from './records.ts'
import { checkReportBody, type ReportBody } from './report.ts'

/** One thing that was said. */
export type Letter = {
  readonly text: string
  /** Everything the report says, if this is the report itself. */
  readonly report: ReportBody | null
  readonly files: readonly FileRef[]
  /** What the reporter said of the shepherd (I6). */
  readonly shepherd?: ShepherdAnswer
}

/**
 * Reads the body of a record that the reporter may read.
 * @throws BodyError if it is of another kind or does not have the shape of its kind.
 */
export function readLetter(kind: string, body: unknown): Letter {
  if (kind === 'report') {
    const report = checkReportBody(body)
    return { text: report.narrative, report, files: report.evidence ?? [] }
  }
  if (kind === 'answer') return { ...checkAnswerBody(body), report: null }
  if (kind === 'message') return { text: checkMessageBody(body).text, report: null, files: [] }
  // Says nothing but that the keys are new.
  if (kind === 'epoch') return { text: '', report: null, files: [] }
  throw new BodyError('kind', `is unknown: ${kind}`)
}
