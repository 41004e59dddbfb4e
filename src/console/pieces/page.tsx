import { type ReactNode, useEffect, useRef } from 'react'
import { useSay } from '../desk.tsx'

interface Props {
  readonly title: string
  readonly children: ReactNode
  /** Beside the title. */
  readonly beside?: ReactNode
}

/** Names the browser's tab, and puts the focus on the heading whenever a page takes the place of another. */
export function Title({ title, beside }: Omit<Props, 'children'>) {
  const say = useSay()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = say('app.tab', { page: title })
    // Not where a field of the page asked for the focus, and not when the window has just opened.
    const focused = document.activeElement
    if (focused === null || focused === document.body || focused.closest('main') === null)
      heading.current?.focus({ preventScroll: true })
  }, [title, say])
  return (
    <div className="title">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {beside}
    </div>
  )
}

/** A page of the console: its title, and what is on it. */
export const Page = ({ title, beside, children }: Props) => (
  <main className="page">
    <Title title={title} beside={beside} />
    {children}
  </main>
)
