import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { fromBase64, newId } from '../../sealing/bytes.ts'
import { hashOf } from '../../sealing/record.ts'
import { mayWorkLater, Problem, path } from '../api/client.ts'
import type { CaseView } from '../api/shapes.ts'
import { useDesk, useOwnKeys } from '../desk.tsx'
import { caseQuery } from './case.ts'
import { newSince, type OpenedCase, type ReadRecord } from './open-case.ts'
import { isShared, type Writing, writeRecord } from './write-record.ts'

/** What somebody else did while this member was writing. */
export interface Meanwhile {
  readonly records: readonly ReadRecord[]
  /** The state it has now, if that changed. */
  readonly state: CaseView['state'] | null
}

/** Steps that are taken with a record, as their addresses end. */
export type Step =
  | 'shepherd'
  | 'name-shepherd'
  | 'introduce-shepherd'
  | 'objection'
  | 'proposals'
  | 'answer-proposal'
  | 'return-to-discussion'
  | 'motion'
  | 'inform'
  | 'drafts'
  | 'go-on'
  | 'delay'
  | 'resolve'
  | 'reopen'

/** What is written: a record, or the record with which a report is answered. */
export type Deed =
  | {
      readonly deed: 'add'
      readonly writing: Writing
      /** Of a support: nothing else is still to be arranged (B4). */
      readonly settled?: boolean
    }
  | { readonly deed: 'acknowledge'; readonly template: 'M1' | 'M2'; readonly text: string }
  | {
      readonly deed: 'step'
      /** Of the case's address: which step is taken with the record. */
      readonly step: Step
      /** A record that comes before {@link writing}, as what the request calls it: what completes the file (L4). */
      readonly before?: { readonly as: 'closing'; readonly writing: Writing }
      readonly writing: Writing
      readonly more?: Readonly<Record<string, unknown>>
    }

interface Attempt {
  readonly for: string
  readonly send: () => Promise<unknown>
}

/**
 * Writes into a case: seals, sends, and reads the case again. Whoever was faster is not overwritten: the case is read
 * again, {@link Meanwhile} says what happened, and the next press seals what was typed after that.
 *
 * @param member - member id of the writer.
 * @param onWritten - what was typed is safe with the server.
 */
export function useWrite(opened: OpenedCase, member: string, onWritten: () => void) {
  const desk = useDesk()
  const queries = useQueryClient()
  const held = useOwnKeys()
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)
  // A request without an answer may have arrived: the same bytes under the same key are sent again, never others.
  const unanswered = useRef<Attempt | null>(null)

  const attempt = async (deed: Deed): Promise<Attempt> => {
    const id = JSON.stringify([deed, opened.head, opened.view.version])
    if (unanswered.current?.for === id) return unanswered.current
    const writing: Writing =
      deed.deed === 'acknowledge'
        ? { kind: 'message', body: { template: deed.template, text: deed.text } }
        : deed.writing
    const by = { member, keyring: held.keyring, at: desk.now() }
    const before = deed.deed === 'step' ? deed.before : undefined
    const first = before && (await writeRecord(opened, before.writing, by))
    const head = first ? hashOf(fromBase64(first.record.sealed)) : opened.head
    const written = await writeRecord({ ...opened, head }, writing, by)
    const key = newId()
    const { view } = opened
    const send =
      deed.deed === 'add'
        ? () =>
            desk.api.send(
              'POST',
              path`/cases/${view.id}/records`,
              {
                kind: writing.kind,
                ...written,
                shared: isShared(writing, opened),
                settled: deed.settled ?? false,
                uploads: [],
              },
              { key },
            )
        : () =>
            desk.api.send(
              'POST',
              path`/cases/${view.id}/${deed.deed === 'step' ? deed.step : deed.deed}`,
              {
                ...(deed.deed === 'step' ? deed.more : { template: deed.template }),
                ...(before ? { [before.as]: first } : {}),
                ...written,
                version: view.version,
              },
              { key },
            )
    return { for: id, send }
  }

  const writing = useMutation({
    mutationFn: async (deed: Deed) => {
      const made = await attempt(deed)
      unanswered.current = made
      await made.send()
    },
    onSuccess: async () => {
      unanswered.current = null
      setMeanwhile(null)
      onWritten()
      await queries.invalidateQueries({ queryKey: ['case', opened.view.id] })
      void queries.invalidateQueries({ queryKey: ['cases'] })
      void queries.invalidateQueries({ queryKey: ['tasks'] })
    },
    onError: async (error) => {
      if (!mayWorkLater(error)) unanswered.current = null
      if (!(error instanceof Problem) || !changedMeanwhile.has(error.code)) return
      // What is being fetched may be from before what changed.
      await queries.cancelQueries({ queryKey: ['case', opened.view.id] })
      const { opened: now } = await queries.fetchQuery({
        ...caseQuery(desk, queries, held, opened.view.id),
        staleTime: 0,
      })
      setMeanwhile({
        records: newSince(opened, now),
        state: now.view.state === opened.view.state ? null : now.view.state,
      })
    },
  })
  return { ...writing, meanwhile }
}

const changedMeanwhile = new Set(['out-of-order', 'case-changed', 'impossible-step'])
