import { expectTypeOf, test } from 'vitest'
import type { AlertBody as AlertSubmission } from '../http/api/alerts.ts'
import type { IntakeAnswer } from '../http/api/communities.ts'
import type { MailboxAnswer } from '../http/api/mailbox.ts'
import type { ReportFiled, ReportSubmission } from '../http/api/reports.ts'
import type { OfflineSet as OfflineAnswer } from '../http/pages/offline.ts'
import type { AlertBody, Filed, Intake, MailboxFound, OfflineSet, Submission } from './api.ts'

test('the shapes that the pages use are those of the API', () => {
  expectTypeOf<IntakeAnswer>().toExtend<Intake>()
  expectTypeOf<AlertBody>().toExtend<AlertSubmission>()
  expectTypeOf<Submission>().toExtend<ReportSubmission>()
  expectTypeOf<ReportFiled>().toExtend<Filed>()
  expectTypeOf<MailboxAnswer>().toExtend<MailboxFound>()
  expectTypeOf<OfflineAnswer>().toExtend<OfflineSet>()
})
