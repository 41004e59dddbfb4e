import { useState } from 'react'
import { useDesk } from '../desk.tsx'

/**
 * The fields of a form, kept in this window's memory until they are sent, so that a look elsewhere loses nothing.
 *
 * @param place - which form of which case.
 * @returns the fields, how to change some, and how to forget them.
 */
export function useDraft<F extends object>(
  place: string,
  start: F,
): [F, (some: Partial<F>) => void, () => void] {
  const { drafts } = useDesk()
  const [fields, setFields] = useState<F>(() => {
    const kept = drafts.read(place)
    return kept === undefined ? start : (JSON.parse(kept) as F)
  })
  const change = (some: Partial<F>): void => {
    const next = { ...fields, ...some }
    setFields(next)
    drafts.write(place, JSON.stringify(next))
  }
  return [fields, change, () => drafts.drop(place)]
}
