import { useState } from 'react'
import { Button as Trigger } from 'react-aria-components/Button'
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure'
import type { CaseView } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'

/** The whole procedure as a flowchart, with the place of the case marked in it (section States). */
export function Chart({ view }: { readonly view: CaseView }) {
  const { say, language } = useDesk()
  const [isOpen, setOpen] = useState(false)
  const state = say(`state.${view.state}`)
  return (
    <section className="panel">
      <h2>{say('chart.title')}</h2>
      <p>
        <b>{state}</b>
      </p>
      <Disclosure className="disclosure" isExpanded={isOpen} onExpandedChange={setOpen}>
        <h3>
          <Trigger slot="trigger" className="disclosure-trigger">
            {say('chart.open')}
          </Trigger>
        </h3>
        <DisclosurePanel>
          {isOpen && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard, too
            <section className="chart" aria-label={say('chart.title')} tabIndex={0}>
              <img src={`/docs/lifecycle/${language}/${view.state}.svg`} alt={say('chart.alt', { state })} />
            </section>
          )}
        </DisclosurePanel>
      </Disclosure>
    </section>
  )
}
