import { RotateCw } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { useSay } from '../desk.tsx'
import { Button } from './button.tsx'
import { Mishap } from './notice.tsx'

/** Something is on its way. Says so only after a moment, so that quick answers do not flicker. */
export function Waiting({ what }: { readonly what?: string }) {
  const say = useSay()
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 250)
    return () => clearTimeout(timer)
  }, [])
  return (
    <p className="waiting soft" role="status">
      {isLong && (what ?? say('app.loading'))}
    </p>
  )
}

/** Something could not be fetched, and how to try again. */
export function CouldNotLoad({ error, again }: { readonly error: unknown; readonly again: () => unknown }) {
  const say = useSay()
  return (
    <Mishap error={error}>
      <Button look="quiet" onPress={() => void again()}>
        <RotateCw aria-hidden="true" /> {say('app.again')}
      </Button>
    </Mishap>
  )
}

/** How far something is, from 0 to 1. */
export function Progress({ label, done }: { readonly label: string; readonly done: number }) {
  const id = useId()
  return (
    <div className="progress">
      <label htmlFor={id}>{label}</label>
      <progress id={id} max={1} value={done} />
    </div>
  )
}
