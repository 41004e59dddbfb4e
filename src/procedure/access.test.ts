import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CaseAccess, mayAct, mayKnow, mayRead, mayStepIn, type Person } from './access.ts'

const member = (id: string): Person => ({ id, kind: 'member', chair: false, active: true })
const everybody = new Set(['pat', 'sam', 'mei', 'raj'])
const arrived: CaseAccess = {
  excluded: new Set(),
  receivers: ['pat', 'sam'],
  handedTo: new Set(),
  broughtAt: null,
  openAt: 24,
  answered: false,
  grantedTo: everybody,
}

test('F1: at first only the receivers know of it and read it', () => {
  for (const id of ['pat', 'sam']) expect(mayRead(member(id), arrived, 0)).toBe(true)
  for (const id of ['mei', 'raj']) expect(mayKnow(member(id), arrived, 23)).toBe(false)
})

test('I1: the others from the moment it is brought to the committee', () => {
  const brought = { ...arrived, broughtAt: 10, answered: true }
  expect(mayKnow(member('mei'), brought, 9)).toBe(false)
  expect(mayRead(member('mei'), brought, 10)).toBe(true)
})

test('G4: after a day without a response every member knows of it, may step in and, with a grant, read it', () => {
  expect(mayRead(member('mei'), arrived, 24)).toBe(true)
  expect(mayStepIn(member('mei'), arrived, 24)).toBe(true)
  expect(mayStepIn(member('mei'), arrived, 23)).toBe(false)
  expect(mayRead(member('mei'), { ...arrived, answered: true }, 24)).toBe(false)
  expect(mayStepIn(member('mei'), { ...arrived, answered: true }, 24)).toBe(false)
  expect(mayStepIn(member('sam'), arrived, 0)).toBe(true)
  expect(mayStepIn(member('sam'), { ...arrived, answered: true }, 0)).toBe(false)
})

test('G4: what came by mail has no grant for the others; they learn that it waits, and cannot read it', () => {
  const mailed = { ...arrived, grantedTo: new Set(['pat', 'sam']) }
  expect(mayKnow(member('mei'), mailed, 24)).toBe(true)
  expect(mayStepIn(member('mei'), mailed, 24)).toBe(true)
  expect(mayRead(member('mei'), mailed, 24)).toBe(false)
})

test('K4: a new member neither knows of nor reads an old case unless it is shared with them', () => {
  const old = { ...arrived, broughtAt: 10, answered: true }
  expect(mayKnow(member('new'), old, 100)).toBe(false)
  const shared = { ...old, handedTo: new Set(['new']), grantedTo: new Set([...everybody, 'new']) }
  expect(mayRead(member('new'), shared, 100)).toBe(true)
})

test('K4: who left loses all of it at once', () => {
  expect(mayKnow({ ...member('pat'), active: false }, arrived, 0)).toBe(false)
})

describe('whatever the case', () => {
  const ids = ['a', 'b', 'c', 'd']
  const some = fc.uniqueArray(fc.constantFrom(...ids)).map((chosen) => new Set(chosen))
  const anyCase: fc.Arbitrary<CaseAccess> = fc.record({
    excluded: some,
    receivers: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 2 }),
    handedTo: some,
    broughtAt: fc.option(fc.nat(100)),
    openAt: fc.nat(100),
    answered: fc.boolean(),
    grantedTo: some,
  })
  const anybody: fc.Arbitrary<Person> = fc.record({
    id: fc.constantFrom(...ids),
    kind: fc.constantFrom('member', 'organizer'),
    chair: fc.boolean(),
    active: fc.boolean(),
  })
  const now = fc.nat(200)
  const rights = [mayKnow, mayRead, mayAct, mayStepIn]

  test('K1: an excluded member may nothing', () => {
    fc.assert(
      fc.property(anybody, anyCase, now, (person, facts, at) => {
        const excluded = { ...facts, excluded: new Set([...facts.excluded, person.id]) }
        for (const may of rights) expect(may(person, excluded, at)).toBe(false)
      }),
    )
  })

  test('K1: who else is excluded makes no difference to the others', () => {
    fc.assert(
      fc.property(anybody, anyCase, now, some, (person, facts, at, others) => {
        const fewer = { ...facts, excluded: new Set<string>() }
        const more = { ...facts, excluded: new Set([...others].filter((id) => id !== person.id)) }
        for (const may of rights) expect(may(person, more, at)).toBe(may(person, fewer, at))
      }),
    )
  })

  test('an organizer, and who has left, may nothing', () => {
    fc.assert(
      fc.property(anybody, anyCase, now, (person, facts, at) => {
        for (const may of rights) {
          expect(may({ ...person, kind: 'organizer' }, facts, at)).toBe(false)
          expect(may({ ...person, active: false }, facts, at)).toBe(false)
        }
      }),
    )
  })

  test('the chair may no more than any member', () => {
    fc.assert(
      fc.property(anybody, anyCase, now, (person, facts, at) => {
        for (const may of rights) {
          expect(may({ ...person, chair: true }, facts, at)).toBe(may({ ...person, chair: false }, facts, at))
        }
      }),
    )
  })

  test('nobody acts in what they cannot read, or reads what they do not know of or hold no grant for', () => {
    fc.assert(
      fc.property(anybody, anyCase, now, (person, facts, at) => {
        if (mayAct(person, facts, at)) expect(mayRead(person, facts, at)).toBe(true)
        if (mayRead(person, facts, at)) {
          expect(mayKnow(person, facts, at)).toBe(true)
          expect(facts.grantedTo.has(person.id)).toBe(true)
        }
      }),
    )
  })

  test('F1: who is neither receiver nor handed it learns of it only when brought or unanswered for a day', () => {
    fc.assert(
      fc.property(anybody, anyCase, now, (person, facts, at) => {
        if (facts.receivers.includes(person.id) || facts.handedTo.has(person.id)) return
        const brought = facts.broughtAt !== null && facts.broughtAt <= at
        const waited = !facts.answered && at >= facts.openAt
        if (!brought && !waited) expect(mayKnow(person, facts, at)).toBe(false)
      }),
    )
  })
})
