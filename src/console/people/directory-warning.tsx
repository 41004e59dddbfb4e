import { useQueryClient } from '@tanstack/react-query'
import type { CommunityLine } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { type CheckedDirectory, pinDirectory } from '../keys/pins.ts'
import { Button } from '../pieces/button.tsx'
import { Notice } from '../pieces/notice.tsx'

interface Props {
  readonly directory: CheckedDirectory
  readonly community: CommunityLine
}

/** The key directory is not the one this browser knew: said plainly, until somebody has compared its fingerprint. */
export function DirectoryWarning({ directory, community }: Props) {
  const { say, pins } = useDesk()
  const queries = useQueryClient()
  if (directory.since !== 'replaced') return null
  const trust = (): void => {
    pinDirectory(community.id, directory, pins)
    void queries.invalidateQueries({ queryKey: ['directory', community.shortName] })
    void queries.invalidateQueries({ queryKey: ['case'] })
  }
  return (
    <Notice tone="danger" role="alert">
      <p>
        <b>{say('directory.replaced')}</b>
      </p>
      <p>{say('directory.replaced.text')}</p>
      <p className="fingerprint">{directory.fingerprint}</p>
      <Button look="danger" onPress={trust}>
        {say('directory.trust')}
      </Button>
    </Notice>
  )
}
