import type { Playbook } from '../../procedure/playbook.ts'

/** Somebody of the demo. All of them are invented; example.org is nobody's, and 555-01xx are numbers of films. */
export interface Cast {
  readonly name: string
  readonly email: string
  readonly standing: 'member' | 'organizer'
  /** On call from the first day on. */
  readonly duty: 'primary' | 'secondary' | null
}

const somebody = (name: string, duty: Cast['duty'] = null, standing: Cast['standing'] = 'member'): Cast => ({
  name,
  email: `${name.toLowerCase()}@example.org`,
  standing,
  duty,
})

/** The committee and one organizer. The first founds the community and is its chair. */
export const cast: readonly Cast[] = [
  somebody('Pat', 'primary'),
  somebody('Sam', 'secondary'),
  somebody('Mei'),
  somebody('Raj'),
  somebody('Uma'),
  somebody('Gus'),
  somebody('Ola', null, 'organizer'),
]

/** ChiPy's procedure in an invented community, with a place and numbers to show. */
export const community = {
  name: 'Prairie Python',
  shortName: 'prairie',
  timeZone: 'America/Chicago',
  contact: {
    email: 'conduct@example.org',
    organizersEmail: 'organizers@example.org',
    phone: '312-555-0110',
  },
  playbook: {
    phones: {
      emergency: '911',
      security: '312-555-0142',
      nonEmergency: '311',
      committee: '312-555-0110',
    },
    venue: {
      name: 'Prairie Hall',
      address: ['100 Example Street', 'Chicago', 'Door on the river side, second floor'],
    },
    publicRoster: true,
  } satisfies Partial<Playbook>,
} as const
