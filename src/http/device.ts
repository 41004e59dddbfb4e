import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Device } from '../casework/sign-in.ts'
import { tokenHash } from '../sealing/receipt.ts'
import { cookieName, type Env, type GuardSettings, sessionIdle } from './guard.ts'

/** The browser that asks, as far as its session needs to know: never an address. */
export function deviceOf(c: Context<Env>, { secure }: GuardSettings): Device {
  const token = getCookie(c, cookieName(secure))
  return {
    label: labelOf(c.req.header('user-agent') ?? ''),
    former: token === undefined ? null : tokenHash(token),
    idle: sessionIdle,
  }
}

/** Gives the browser its session. It forgets it when it closes. */
export function giveSession(c: Context<Env>, { secure }: GuardSettings, token: string): void {
  setCookie(c, cookieName(secure), token, { path: '/', httpOnly: true, sameSite: 'Strict', secure })
}

/** Takes the session from the browser. */
export function takeSession(c: Context<Env>, { secure }: GuardSettings): void {
  deleteCookie(c, cookieName(secure), { path: '/', secure })
}

// In this order: most browsers name others too, whose pages they want to be served.
const browsers: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|Chromium|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
]
const systems: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['Mac', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]

/**
 * Browser and system, for the list of sessions.
 *
 * @param userAgent - the header, however long.
 * @returns for example `Firefox, Linux`; empty where neither is known.
 */
export function labelOf(userAgent: string): string {
  const text = userAgent.slice(0, 500)
  const named = (list: typeof browsers): string[] =>
    list.filter(([, sign]) => sign.test(text)).map(([name]) => name)
  return [...named(browsers).slice(0, 1), ...named(systems).slice(0, 1)].join(', ')
}
