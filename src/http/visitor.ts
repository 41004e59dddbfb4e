/** Who a request is from, as far as its route asked the guard to find out. */
export interface Visitor {
  /** Set for `account` routes and above. */
  readonly account?: { readonly id: string; readonly session: string }
  /**
   * Set for `calendar`, `member`, `committee`, `chair`, `organizer`, `reader` and `responder` routes: the membership in the community
   * at hand.
   */
  readonly member?: Membership
  /** Set for `reader` and `reporter` routes: the case at hand. */
  readonly caseId?: string
  /** Set for `raiser` and `responder` routes: the alert at hand. */
  readonly alertId?: string
}

export interface Membership {
  readonly id: string
  readonly community: string
  readonly standing: 'member' | 'organizer'
  readonly chair: boolean
}

/**
 * Who may call a route. Each is checked by guard.ts and nowhere else.
 *
 * - `anybody`: no credential is looked at.
 * - `set-up`: holder of a set-up link (`Authorization: Setup …`).
 * - `reporter`: holder of a receipt code (`Authorization: Receipt lookup.token`).
 * - `uploader`: whoever began the upload (`Authorization: Upload token`), the path naming it `{upload}`.
 * - `calendar`: holder of the secret link to a member's calendar, the path naming its token as `:file`.
 * - `account`: somebody signed in.
 * - `member`: an active member or organizer of the community the path names `{community}`.
 * - `committee`: the same, not an organizer. `chair`: the same, who is chair.
 * - `organizer`: an active organizer of the community the path names `{community}`.
 * - `reader`: an active member to whom the case the path names `{case}` was handed (access.ts).
 * - `raiser`: whoever raised an alert, holding its token, which the path names `:token`, in the community it names.
 * - `responder`: an active member of the community of the alert the path names `{alert}` who is not left out of it.
 * - `operator`: from this machine, or with the metrics token.
 * - `test`: only with `--test-clock`.
 */
export const audiences = [
  'anybody',
  'set-up',
  'reporter',
  'uploader',
  'calendar',
  'account',
  'member',
  'committee',
  'chair',
  'organizer',
  'reader',
  'raiser',
  'responder',
  'operator',
  'test',
] as const
export type Audience = (typeof audiences)[number]

/** Who is signed in, on a route whose audience says that somebody is. */
export function accountOf({ account }: Visitor): NonNullable<Visitor['account']> {
  if (!account) throw new Error('This route does not ask who is signed in.')
  return account
}

/** The membership at hand, on a route whose audience says that there is one. */
export function memberOf({ member }: Visitor): Membership {
  if (!member) throw new Error('This route does not ask for a membership.')
  return member
}

/** The alert at hand, on a route whose audience says that there is one. */
export function alertOf({ alertId }: Visitor): string {
  if (alertId === undefined) throw new Error('This route does not ask for an alert.')
  return alertId
}
