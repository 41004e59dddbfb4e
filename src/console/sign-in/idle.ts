import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useDesk } from '../desk.tsx'

/** How often the server hears that somebody is at work, so that its session lasts as long as they are. */
const tellEvery = 5 * 60_000

/**
 * Locks the keyring when nobody has touched this window for as long as a session lasts. A device that was chosen to
 * stay unlocked stays so, and so does its session, while the window is open.
 *
 * @param idleMs - milliseconds.
 */
export function useIdleLock(idleMs: number): void {
  const { keys, device } = useDesk()
  const queries = useQueryClient()
  useEffect(() => {
    let touchedAt = Date.now()
    let toldAt = Date.now()
    const tell = (): void => {
      toldAt = Date.now()
      void queries.invalidateQueries({ queryKey: ['session'] })
    }
    const touch = (): void => {
      touchedAt = Date.now()
      if (touchedAt - toldAt > tellEvery) tell()
    }
    const check = async (): Promise<void> => {
      const stays = (await device.until()) !== null
      if (stays && Date.now() - toldAt > tellEvery) tell()
      if (!stays && Date.now() - touchedAt > idleMs) keys.drop()
    }
    const timer = setInterval(() => void check(), 30_000)
    // A laptop that slept has run no timer: look before anybody reads what is still on the screen.
    const look = (): void => void check()
    document.addEventListener('visibilitychange', look)
    for (const sign of ['pointerdown', 'keydown', 'scroll'] as const)
      window.addEventListener(sign, touch, { passive: true, capture: true })
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      for (const sign of ['pointerdown', 'keydown', 'scroll'] as const)
        window.removeEventListener(sign, touch, { capture: true })
    }
  }, [idleMs, keys, device, queries])
}
