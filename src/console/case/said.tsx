/** A label and what was said; nothing where nothing was. */
export function Said({ label, text }: { readonly label: string; readonly text: string }) {
  if (text === '') return null
  return (
    <>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </>
  )
}
