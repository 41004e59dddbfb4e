/** A member's name by id, or the words for whoever it is. */
export type NameOf = (who: string | null) => string
