import type { Page } from '@playwright/test'

/** A passkey device that Chromium plays, whose owner always says yes. */
export interface Authenticator {
  /** How often it was used to sign in or unlock so far: how many prompts a person would have seen. */
  readonly asserted: () => number
  /** How many passkeys were made on it so far. */
  readonly made: () => number
}

/**
 * Gives a page a passkey device.
 *
 * @param hasPrf - whether it gives out the secret that unlocks (WebAuthn's PRF extension).
 */
export async function addAuthenticator(page: Page, { hasPrf }: { hasPrf: boolean }): Promise<Authenticator> {
  const chromium = await page.context().newCDPSession(page)
  await chromium.send('WebAuthn.enable')
  let asserted = 0
  let made = 0
  chromium.on('WebAuthn.credentialAsserted', () => {
    asserted += 1
  })
  chromium.on('WebAuthn.credentialAdded', () => {
    made += 1
  })
  await chromium.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { asserted: () => asserted, made: () => made }
}
