/**
 * The incident response flowchart as data (A1 to A5), and the walk through it. The questions on the screen and
 * the picture are both made from `triage`, so they cannot differ. Imports nothing that weighs anything: the
 * public pages ship it. Words: `triage.<place>.title` and `.text`, `triage.<place>.<answer>` and `.<answer>.hint`.
 */
import { dotEdge, dotGraph, dotNode } from './dot.ts'

export const places = ['harm', 'danger', 'over', 'handle', 'handle-it', 'find-help', 'report'] as const
export type Place = (typeof places)[number]

/** `called`: security has been called. `done`: what the screen asks for has been done, or tried. */
export const answers = ['yes', 'unsure', 'no', 'called', 'done'] as const
export type Answer = (typeof answers)[number]

/** An answer that a place offers, and where it leads. */
export type TriageExit = { readonly answer: Answer; readonly next: Place }

export type TriageNode = {
  readonly place: Place
  /** A question is answered, a screen is read and left, the end is the incident report. */
  readonly kind: 'question' | 'screen' | 'end'
  readonly answers: readonly TriageExit[]
  readonly rule: string
}

/** Every place of the flowchart. The first is where everybody begins, the last where every path ends (A4). */
export const triage: readonly TriageNode[] = [
  {
    place: 'harm',
    kind: 'question',
    answers: [
      { answer: 'yes', next: 'danger' },
      { answer: 'unsure', next: 'danger' },
      { answer: 'no', next: 'over' },
    ],
    rule: 'A1',
  },
  { place: 'danger', kind: 'screen', answers: [{ answer: 'called', next: 'handle' }], rule: 'A1' },
  {
    place: 'over',
    kind: 'question',
    answers: [
      { answer: 'yes', next: 'report' },
      { answer: 'no', next: 'handle' },
    ],
    rule: 'A2',
  },
  {
    place: 'handle',
    kind: 'question',
    answers: [
      { answer: 'yes', next: 'handle-it' },
      { answer: 'unsure', next: 'find-help' },
      { answer: 'no', next: 'find-help' },
    ],
    rule: 'A3',
  },
  { place: 'handle-it', kind: 'screen', answers: [{ answer: 'done', next: 'report' }], rule: 'A3' },
  { place: 'find-help', kind: 'screen', answers: [{ answer: 'done', next: 'report' }], rule: 'A3' },
  { place: 'report', kind: 'end', answers: [], rule: 'A4' },
]

/** One answer given at one place. */
export type PathStep = { readonly place: Place; readonly answer: Answer }

export type Walk = {
  /** Where the person is now. */
  readonly at: Place
  /** How they came there, in order. */
  readonly path: readonly PathStep[]
}

/** The node of a place. */
export function triageNode(place: Place): TriageNode {
  const found = triage.find((node) => node.place === place)
  if (found === undefined) throw new RangeError(`No such place: ${place}`)
  return found
}

/**
 * Where somebody is who began at the first question and gave these answers in order. An answer that the place
 * does not offer ends the walk there, so that a damaged link leads to a question and never to an error.
 */
export function walk(given: readonly Answer[]): Walk {
  const path: PathStep[] = []
  let at: Place = 'harm'
  for (const answer of given) {
    const taken: TriageExit | undefined = triageNode(at).answers.find((offered) => offered.answer === answer)
    if (taken === undefined) break
    path.push({ place: at, answer })
    at = taken.next
  }
  return { at, path }
}

/** The answers of every walk there is, those on the way included; the flowchart has no loop. */
export function everyWay(): Answer[][] {
  const onwards = (way: Answer[]): Answer[][] => [
    way,
    ...triageNode(walk(way).at).answers.flatMap(({ answer }) => onwards([...way, answer])),
  ]
  return onwards([])
}

/** The places that were visited, the present one last. */
export function pathOf(walked: Walk): Place[] {
  return [...walked.path.map((step) => step.place), walked.at]
}

/** The text of a place, or of one of its answers. */
export type TriageLabel = (place: Place, answer?: Answer) => string

/**
 * The flowchart as Graphviz DOT text (A5), with `label` giving the words and, if given, the person's path in it
 * (A5). Places are drawn as nodes with the id `place-<place>`, answers as edges; each has a class for the style
 * sheet: `question`, `screen`, `end` or `answer`, with `on` along the path and `here` where the person is.
 */
export function triageDot(label: TriageLabel, walked?: Walk): string {
  const here = walked?.at
  const visited = walked === undefined ? [] : pathOf(walked)
  const nodes = triage.map((node) =>
    dotNode(node.place, label(node.place), {
      id: `place-${node.place}`,
      class: classes(node.kind, visited.includes(node.place), node.place === here),
    }),
  )
  const edges = triage.flatMap((node) =>
    node.answers.map(({ answer, next }) =>
      dotEdge(node.place, next, label(node.place, answer), {
        class: classes('answer', isTaken(walked, node.place, answer), false),
      }),
    ),
  )
  return dotGraph('triage', [...nodes, ...edges])
}

function isTaken(walked: Walk | undefined, place: Place, answer: Answer): boolean {
  return walked?.path.some((step) => step.place === place && step.answer === answer) ?? false
}

function classes(kind: string, on: boolean, here: boolean): string {
  return [kind, on ? 'on' : '', here ? 'here' : ''].filter((name) => name !== '').join(' ')
}
