/** What somebody has typed and not sent, in this window's memory alone, by place. Nothing discards it but them. */
export interface Drafts {
  read(place: string): string | undefined
  write(place: string, text: string): void
  drop(place: string): void
  clear(): void
}

/** No drafts yet. */
export function makeDrafts(): Drafts {
  const texts = new Map<string, string>()
  return {
    read: (place) => texts.get(place),
    write: (place, text) => void texts.set(place, text),
    drop: (place) => void texts.delete(place),
    clear: () => texts.clear(),
  }
}
