import { type State, states } from '../../procedure/lifecycle.ts'

/** The stations of a case that its rail shows. Words: `progress.<station>`. */
export const stations = ['answer', 'committee', 'shepherd', 'agree', 'inform', 'act', 'close'] as const
export type Station = (typeof stations)[number]

/** The state in which each station is what is being done. */
const during: Readonly<Record<Station, readonly State[]>> = {
  answer: ['new'],
  committee: ['acknowledged'],
  shepherd: ['committee'],
  agree: ['discussion', 'proposed'],
  inform: ['agreed', 'motion'],
  act: ['acting'],
  close: [],
}

/** Where a case is on its way: every station behind it, the one at hand, and those to come. */
export function progressOf(state: State): { station: Station; is: 'done' | 'now' | 'to-come' }[] {
  if (state === 'on-file') return []
  if (state === 'resolved') return stations.map((station) => ({ station, is: 'done' }))
  const reached = states.indexOf(state)
  return stations.map((station) => {
    const own = during[station].map((each) => states.indexOf(each))
    if (own.includes(reached)) return { station, is: 'now' }
    return { station, is: own.length > 0 && own.every((each) => each < reached) ? 'done' : 'to-come' }
  })
}
