import type { Filing } from '../../src/casework/file-report.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { sealCase } from '../../src/sealing/intake.ts'
import { type Receipt, receiptOf } from '../../src/sealing/receipt.ts'
import { drawWords } from '../../src/sealing/words.ts'
import type { TestCommunity } from './community.ts'

/** A report sealed as a reporter's browser does, with the code that leads back to it. */
export async function sealedReport(
  community: TestCommunity,
  {
    narrative = 'He kept following me after I told him to stop.',
    involved = [] as string[],
    at = Date.now(),
    notice = null as string | null,
    body = {} as Record<string, unknown>,
  } = {},
): Promise<{ filing: Filing; receipt: Receipt; code: string }> {
  const code = drawWords(8).join(' ')
  const receipt = await receiptOf(code)
  const sealed = await sealCase({
    community: community.id,
    directory: community.directory,
    involved,
    body: { narrative, ...body },
    at,
    receipt,
    author: { who: 'reporter' },
    signingSeed: receipt.signingSeed,
  })
  return {
    code,
    receipt,
    filing: {
      community: community.id,
      channel: 'web',
      by: null,
      key: newId(),
      submission: { ...sealed, involved, uploads: [], notice, language: 'en' },
    },
  }
}
