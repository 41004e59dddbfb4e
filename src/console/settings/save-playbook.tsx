import { useMutation, useQueryClient } from '@tanstack/react-query'
import { path } from '../api/client.ts'
import type { Membership, Playbook } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'

/** A playbook being edited. */
export interface Editing {
  readonly me: Membership
  readonly saved: Playbook
  readonly draft: Playbook
  readonly onDraft: (draft: Playbook) => void
}

/** Saves the playbook, or says how much is wrong with it. */
export function SavePlaybook({
  me,
  saved,
  draft,
  onDraft,
  problems,
}: Editing & { readonly problems: number }) {
  const { api, say } = useDesk()
  const queries = useQueryClient()
  const { shortName } = me.community
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved)
  const saving = useMutation({
    mutationFn: () => api.send('PUT', path`/communities/${shortName}/playbook`, { playbook: draft }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['settings', shortName] })
      void queries.invalidateQueries({ queryKey: ['playbook', shortName] })
    },
  })
  return (
    <div className="save-bar">
      {problems > 0 && (
        <Notice tone="danger" role="status">
          {say('playbook.problems', { count: problems })}
        </Notice>
      )}
      <p className="buttons">
        <Button
          look="main"
          isPending={saving.isPending}
          isDisabled={!isChanged || problems > 0}
          onPress={() => saving.mutate()}
        >
          {say('app.save')}
        </Button>
        {isChanged && (
          <Button look="quiet" onPress={() => onDraft(saved)}>
            {say('playbook.discard')}
          </Button>
        )}
        {!isChanged && saving.isSuccess && <span role="status">{say('app.saved')}</span>}
      </p>
      <Mishap error={saving.error} />
    </div>
  )
}
