import { useLocation, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { ChannelsAnswer } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { tellSeen } from './arrival.ts'
import { renewPush } from './push.ts'

/** Goes where a tapped notification leads, says that it was seen, and renews this browser's endpoint at the start. */
export function useArrival(): void {
  const { api } = useDesk()
  const router = useRouter()
  const fragment = useLocation({ select: ({ hash }) => hash })
  useEffect(() => {
    void tellSeen(api, `#${fragment}`)
  }, [api, fragment])
  useEffect(() => {
    void renewPush(api, async () => (await api.get<ChannelsAnswer>('/channels')).pushKey).catch(
      () => undefined,
    )
  }, [api])
  useEffect(() => {
    const lead = ({ data }: MessageEvent): void => {
      if (data?.kind === 'lead' && typeof data.path === 'string') router.history.push(data.path)
    }
    navigator.serviceWorker?.addEventListener('message', lead)
    return () => navigator.serviceWorker?.removeEventListener('message', lead)
  }, [router])
}
