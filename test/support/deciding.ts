import type { FiledKind } from '../../src/casework/append-record.ts'
import type { CaseAnswer } from '../../src/http/api/cases.ts'
import { fromBase64, toBase64 } from '../../src/sealing/bytes.ts'
import { outgoingDigest } from '../../src/sealing/outgoing.ts'
import { hashOf, sealRecord } from '../../src/sealing/record.ts'
import type { TestCommunity } from './community.ts'
import type { Desk } from './desk.ts'
import { answerOf } from './wire.ts'

/** From the report to discussion, by the steps of the procedure: `first` answers it and is its shepherd (H2, I1 to I7). */
export async function toDiscussion(caseId: string, first: Desk, second: Desk): Promise<CaseAnswer> {
  await first.acknowledge(caseId)
  await first.bring(caseId)
  await first.shepherd(caseId, 'propose', first.person.id, { bias: false })
  await second.shepherd(caseId, 'assign', first.person.id)
  return first.tell(caseId, 'M4')
}

/** A message to somebody else, as the shepherd's browser drafts it. */
export const draft = {
  to: 'The speaker',
  address: 'speaker@example.org',
  subject: 'A message from the committee',
  text: 'Please come and talk to us.',
  salt: 'c2FsdHNhbHRzYWx0c2FsdA',
} as const

/** What a member does in a case from discussion on. */
export const decider = (desk: Desk, caseId: string) => {
  const step = (path: string, kind: FiledKind, body: unknown, more?: Record<string, unknown>) =>
    desk.step(caseId, path, kind, body, more)
  return {
    propose: (text = 'We talk to him.', groupLevel = false) =>
      step('proposals', 'proposal', { text }, { groupLevel }),
    async answer(agrees: boolean, reason = agrees ? '' : 'It is too little.') {
      const { view } = await desk.open(caseId)
      const { proposals } = view.decisions
      const asked = (proposals.find(({ ended }) => ended === null) ?? proposals.at(-1))?.id ?? ''
      return step('answer-proposal', 'agreement', { agrees, reason }, { proposal: asked, agrees })
    },
    back: (path: 'return-to-discussion' | 'go-on' | 'reopen', text = 'It happened again.') =>
      step(path, 'note', { text }),
    inform: (text = 'We decided to talk to him.') => step('inform', 'message', { template: 'M5', text }),
    delay: (until: number, reason = 'I am busy at work.') => step('delay', 'delay', { reason }, { until }),
    draft: () => step('drafts', 'draft', draft, { digest: outgoingDigest(draft) }),
    async actOnDraft(act: 'confirm' | 'withdraw' | 'send', body: unknown = {}) {
      const { view } = await desk.open(caseId)
      const waiting = view.decisions.drafts.at(-1)?.id ?? ''
      return answerOf<CaseAnswer>(desk.post(`/cases/${caseId}/drafts/${waiting}/${act}`, body))
    },
    async move(community: TestCommunity, text = 'We move that he is banned.') {
      const { view } = await desk.open(caseId)
      const organizers = [...community.directory.members.values()].filter(
        ({ standing, active }) => standing === 'organizer' && active,
      )
      const sealed = await sealRecord(
        {
          v: 1,
          community: community.id,
          case: caseId,
          epoch: view.epoch,
          kind: 'motion',
          author: { who: 'member', id: desk.person.id },
          at: view.arrivedAt,
          body: { text },
          after: null,
          afterShared: null,
        },
        desk.person.keyring.signingSeed,
        organizers.map(({ recipient }) => recipient),
      )
      const forOrganizers = { sealed: toBase64(sealed), directory: community.directory.head }
      return step('motion', 'motion', { text }, { forOrganizers })
    },
    async resolve(reviewAt: number) {
      const { view } = await desk.open(caseId)
      const closing = await desk.write(view, 'closing', {
        actions: 'Talked to him.',
        outcome: 'He apologised.',
        reviewOn: '2028-02-01',
        text: 'It is resolved.',
      })
      const head = hashOf(fromBase64(closing.record.sealed))
      const told = await desk.write({ ...view, head }, 'message', {
        template: 'M7',
        text: 'It is closed until new information comes to light.',
      })
      return answerOf<CaseAnswer>(
        desk.post(`/cases/${caseId}/resolve`, { closing, reviewAt, version: view.version, ...told }),
      )
    },
  }
}
