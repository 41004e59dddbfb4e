import { openSupports } from '../../procedure/supports.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap } from '../pieces/notice.tsx'
import type { OpenedCase } from './open-case.ts'
import { useWrite } from './use-write.ts'

/** What the person wants and nobody has arranged yet: open tasks for whoever responds (B4). */
export function SupportsPanel({ opened, me }: { readonly opened: OpenedCase; readonly me: string }) {
  const { say } = useDesk()
  const write = useWrite(opened, me, () => {})
  const { report, supports } = opened
  const open = report === null ? [] : openSupports(report, supports)
  if (open.length === 0) return null
  return (
    <section className="notice warn supports">
      <div>
        <h2>{say('supports.title')}</h2>
        <ul>
          {open.map((support) => {
            const what = say(`supports.${support}`)
            return (
              <li key={support}>
                <b>{what}</b>
                {opened.canWrite && (
                  <div className="buttons">
                    {(['arranged', 'declined'] as const).map((state) => (
                      <Button
                        key={state}
                        aria-label={say(`supports.${state}.named`, { what })}
                        isDisabled={write.isPending}
                        onPress={() =>
                          write.mutate({
                            deed: 'add',
                            writing: { kind: 'support', body: { support, state } },
                            settled: open.length === 1,
                          })
                        }
                      >
                        {say(`supports.${state}`)}
                      </Button>
                    ))}
                  </div>
                )}
              </li>
            )
          })}
        </ul>
        <Mishap error={write.error} />
      </div>
    </section>
  )
}
