/** Calling somebody (D1) from a browser: the words are sealed here, and never hold up the call. */
import { newId, toBase64 } from '../sealing/bytes.ts'
import type { AlertBody, Intake } from './api.ts'
import { type Line, NoAnswer, RefusedByServer, requestJson } from './request.ts'

/** What somebody filled in, all of it optional. */
export interface ToCall {
  readonly place: string
  readonly words: string
  readonly involved: readonly string[]
  /** Id of the event at which they are; null: none, or not known. */
  readonly event: string | null
  /** Ids of the members whom the page offered as possibly involved. */
  readonly offered: readonly string[]
}

export type Called =
  /** Whoever holds the token sees what happens. */
  | { readonly what: 'called'; readonly token: string; readonly wordsUnsent: boolean }
  | { readonly what: 'nobody' }
  /** Nothing answered for half a minute; it may have been received: the very same is to be sent again. */
  | { readonly what: 'no-answer' }
  | { readonly what: 'refused' }

/** One call, however often it has to be sent. */
export interface Caller {
  call(given: ToCall): Promise<Called>
}

/** Seals the words to who may read them (`sealing/alert-words.ts`, loaded late); null: there is nobody. */
export type SealWords = (
  intake: Intake,
  given: ToCall,
) => Promise<{ sealed: Uint8Array; directory: string } | null>

/**
 * Makes a caller for one page.
 *
 * @param community - short name.
 * @param sealWords - throws where the committee's keys are not vouched for: then the call goes out without words.
 */
export function makeCaller(line: Line, community: string, sealWords: SealWords): Caller {
  /** Drawn for each page, so that a second tap is the same call. */
  let token = newId()

  async function sealed(given: ToCall): Promise<AlertBody['words']> {
    if (given.words.trim() === '') return null
    try {
      const intake = await requestJson<Intake>(line, `/communities/${community}/intake`)
      const made = await sealWords(intake, given)
      return made && { sealed: toBase64(made.sealed), directory: made.directory }
    } catch (error) {
      if (error instanceof NoAnswer) throw error
      return null
    }
  }

  const send = async (body: AlertBody): Promise<void> => {
    await requestJson(line, `/communities/${community}/alerts`, { method: 'POST', body })
  }

  async function attempt(given: ToCall): Promise<Called> {
    const { event, place, involved, offered } = given
    const rest = {
      token,
      event,
      place: place.trim() === '' ? null : place,
      involved: [...involved],
      offered: [...offered],
    }
    let words = await sealed(given)
    for (let again = 0; ; again += 1) {
      try {
        await send({ ...rest, words })
        return { what: 'called', token, wordsUnsent: given.words.trim() !== '' && words === null }
      } catch (error) {
        const changed = error instanceof RefusedByServer && error.code === 'recipients-changed'
        if (!changed || again === 2) throw error
        // The committee is changing: sealed anew once, then the call goes out without the words.
        words = again === 0 ? await sealed(given) : null
      }
    }
  }

  return {
    async call(given) {
      try {
        return await attempt(given)
      } catch (error) {
        if (error instanceof NoAnswer) return { what: 'no-answer' }
        if (!(error instanceof RefusedByServer)) throw error
        if (error.code === 'nobody-to-alert') {
          // Nothing was kept, so whoever changes what they filled in calls anew.
          token = newId()
          return { what: 'nobody' }
        }
        return { what: error.status === 503 ? 'no-answer' : 'refused' }
      }
    },
  }
}
