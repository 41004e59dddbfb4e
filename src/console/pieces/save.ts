/**
 * Offers bytes as a file to save, without showing them: of no type that a browser would open by itself.
 *
 * @param name - a safe name for it.
 */
export function saveFile(name: string, bytes: BlobPart, type = 'application/octet-stream'): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Some browsers begin to read only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
