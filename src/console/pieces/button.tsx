import type { ReactNode } from 'react'
import { type ButtonProps, Button as Pressable } from 'react-aria-components/Button'

interface Props extends Omit<ButtonProps, 'className' | 'children'> {
  /** `main` once per screen; `quiet` for what looks like a link; `danger` for what cannot be undone. */
  readonly look?: 'main' | 'plain' | 'quiet' | 'danger'
  readonly children: ReactNode
}

/** A button. While `isPending` it stays where it is and does nothing. */
export const Button = ({ look = 'plain', ...rest }: Props) => (
  <Pressable {...rest} className={`button ${look}`} />
)
