import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedApp, serveApp } from '../../../test/support/app.ts'
import {
  acceptanceBody,
  type Browser,
  invitationBody,
  letIn,
  type MadeMember,
  newPerson,
  openBrowser,
  passphraseFor,
  removalBody,
  setUp,
} from '../../../test/support/browser.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { reportOver } from '../../../test/support/reporter.ts'
import { setupToken } from '../../casework/setup-link.ts'
import { newId } from '../../sealing/bytes.ts'
import { fingerprint, type SignedText, verifyDirectory } from '../../sealing/directory.ts'
import { newKeyring, publicKeysOf } from '../../sealing/keyring.ts'
import type { SignedInAnswer } from './account-shapes.ts'
import type { DirectoryAnswer } from './directory.ts'
import type { InvitationAnswer, InvitationLine } from './invitations.ts'
import type { MemberLine } from './members.ts'

const day = 24 * 3600 * 1000

describe.each(storeKinds)('invitations on %s', (kind) => {
  let office: TestOffice
  let served: ServedApp
  let number = 0

  beforeAll(async () => {
    office = await testOffice(kind)
    served = await serveApp(office, tmpdir())
  })
  afterAll(async () => {
    await served?.stop()
    await office?.drop()
  })

  interface Place {
    readonly chair: MadeMember
    readonly id: string
    readonly shortName: string
  }
  async function somewhere(): Promise<Place> {
    number += 1
    const token = (await setupToken(office, { always: true })) as string
    const shortName = `place-${number}`
    const now = office.clock.now()
    const { founder, community } = await setUp(served.send, token, { name: `Pat${number}`, shortName, now })
    return { chair: founder, id: community, shortName }
  }
  const person = (name: string) => newPerson(`${name}${++number}`)
  const send = ({ chair, shortName }: Place, body: unknown) =>
    chair.browser.call('POST', `/communities/${shortName}/invitations`, body)
  /** Invites as a chair does, and reads the invitation as the holder of the link does. */
  async function invited(place: Place, options: Parameters<typeof invitationBody>[2] = {}) {
    const { body, seed } = invitationBody(place.chair, place.id, { now: office.clock.now(), ...options })
    expect((await send(place, body)).status).toBe(201)
    const browser = openBrowser(served.send)
    const { body: invitation } = await browser.call<InvitationAnswer>('GET', `/invitations/${body.id}`)
    return { id: body.id, seed, invitation, browser }
  }
  const accept = (browser: Browser, id: string, body: unknown) =>
    browser.call<SignedInAnswer & { code: string }>('POST', `/invitations/${id}/accept`, body)
  const membersOf = async ({ chair, shortName }: Place) =>
    (await chair.browser.call<MemberLine[]>('GET', `/communities/${shortName}/members`)).body
  const directoryOf = async ({ chair, id, shortName }: Place) => {
    const { body } = await chair.browser.call<DirectoryAnswer>('GET', `/communities/${shortName}/directory`)
    return verifyDirectory(id, body.entries)
  }

  it('shows its holder what it is for, and lets them in with keys the directory vouches for', async () => {
    const place = await somewhere()
    const { id, seed, invitation, browser } = await invited(place)
    expect(invitation).toMatchObject({
      community: { id: place.id, shortName: place.shortName, name: 'Chicago Python' },
      standing: 'member',
      replaces: null,
      invitedBy: place.chair.name,
      expiresAt: office.clock.now() + 7 * day,
    })
    expect(invitation.community.fingerprint).toBe(fingerprint(invitation.directory[0] as SignedText))
    const made = await person('Sam')
    const body = await acceptanceBody(invitation, seed, made)
    const answer = await accept(browser, id, body)
    expect(answer).toMatchObject({
      status: 201,
      body: {
        account: { name: made.member.name, email: made.member.email, keys: body.keys },
        memberships: [{ id: body.memberId, standing: 'member', chair: false }],
      },
    })
    expect((await browser.call('GET', '/session')).status).toBe(200)
    const directory = await directoryOf(place)
    expect(directory.members.get(body.memberId)).toMatchObject({
      ...body.keys,
      active: true,
      standing: 'member',
    })
    expect((await membersOf(place)).map(({ id: member }) => member)).toEqual([place.chair.id, body.memberId])
  })

  it('works once, even for two at the same instant', async () => {
    const place = await somewhere()
    const { id, seed, invitation } = await invited(place)
    const answers = await Promise.all(
      ['Ann', 'Bea'].map(async (name) =>
        accept(openBrowser(served.send), id, await acceptanceBody(invitation, seed, await person(name))),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).not.toEqual([201, 201])
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await membersOf(place)).toHaveLength(2)
    expect(await openBrowser(served.send).call('GET', `/invitations/${id}`)).toMatchObject({
      status: 410,
      body: { code: 'link-used' },
    })
  })

  it('ends after seven days', async () => {
    const place = await somewhere()
    const { id, seed, invitation, browser } = await invited(place)
    const body = await acceptanceBody(invitation, seed, await person('Cas'))
    const before = office.clock.now()
    office.clock.set(before + 7 * day)
    expect(await accept(browser, id, body)).toMatchObject({ status: 410, body: { code: 'link-expired' } })
    expect((await browser.call('GET', `/invitations/${id}`)).status).toBe(410)
    office.clock.set(before)
  })

  it('can be taken back until it is accepted', async () => {
    const place = await somewhere()
    const { id, seed, invitation, browser } = await invited(place)
    const path = `/communities/${place.shortName}/invitations`
    expect((await place.chair.browser.call('DELETE', `${path}/${id}`)).status).toBe(204)
    expect((await place.chair.browser.call('DELETE', `${path}/${id}`)).status).toBe(204)
    const body = await acceptanceBody(invitation, seed, await person('Dot'))
    expect(await accept(browser, id, body)).toMatchObject({ status: 410, body: { code: 'link-used' } })
    const used = await invited(place)
    await accept(used.browser, used.id, await acceptanceBody(used.invitation, used.seed, await person('Eve')))
    expect((await place.chair.browser.call('DELETE', `${path}/${used.id}`)).status).toBe(410)
    expect((await place.chair.browser.call('DELETE', `${path}/${newId()}`)).status).toBe(404)
    const { body: lines } = await place.chair.browser.call<InvitationLine[]>('GET', path)
    expect(lines.find((line) => line.id === id)).toMatchObject({
      revokedAt: office.clock.now(),
      usedAt: null,
    })
    expect(lines.find((line) => line.id === used.id)).toMatchObject({
      usedAt: office.clock.now(),
      revokedAt: null,
      note: 'for a friend',
    })
  })

  it('is one invitation when sent twice, and no other under the same id', async () => {
    const place = await somewhere()
    const { body } = invitationBody(place.chair, place.id, { now: office.clock.now() })
    const first = await send(place, body)
    expect(await send(place, body)).toMatchObject({ status: 201, body: first.body })
    const other = invitationBody(place.chair, place.id, { now: office.clock.now() })
    expect((await send(place, { ...other.body, id: body.id })).status).toBe(422)
  })

  it('is refused when the chair did not sign just this', async () => {
    const place = await somewhere()
    const now = office.clock.now()
    const stranger = { id: place.chair.id, keyring: newKeyring() }
    const refused = async (
      options: Parameters<typeof invitationBody>[2],
      by = place.chair as typeof stranger,
    ) => {
      const { body } = invitationBody(by, place.id, { now, ...options })
      expect(await send(place, body)).toMatchObject({ status: 422, body: { code: 'directory-refused' } })
    }
    await refused({}, stranger)
    await refused({ more: { by: newId() } })
    await refused({ more: { community: newId() } })
    await refused({ more: { standing: 'organizer' } })
    await refused({ more: { replaces: place.chair.id } })
    await refused({ more: { expires: now + 30 * day } })
    await refused({ more: { expires: now } })
    await refused({ more: { note: 'smuggled in' } as never })
    const { body } = invitationBody(place.chair, place.id, { now, standing: 'organizer', isChair: true })
    expect((await send(place, body)).status).toBe(400)
  })

  it('is only for chairs to make, see and take back', async () => {
    const place = await somewhere()
    const member = await letIn(served.send, place.chair, place, `Flo${++number}`, { now: office.clock.now() })
    const { body } = invitationBody(member, place.id, { now: office.clock.now() })
    const path = `/communities/${place.shortName}/invitations`
    for (const [method, at, what] of [
      ['POST', path, body],
      ['GET', path],
      ['DELETE', `${path}/${newId()}`],
    ] as const)
      expect(await member.browser.call(method, at, what)).toMatchObject({
        status: 403,
        body: { code: 'not-allowed' },
      })
    const other = await somewhere()
    expect((await other.chair.browser.call('GET', path)).status).toBe(404)
  })

  it('makes a chair, or an organizer', async () => {
    const place = await somewhere()
    const now = office.clock.now()
    const chair = await letIn(served.send, place.chair, place, `Gus${++number}`, { isChair: true, now })
    const organizer = await letIn(served.send, chair, place, `Hal${++number}`, { standing: 'organizer', now })
    expect(await membersOf(place)).toMatchObject([
      { chair: true, standing: 'member' },
      { id: chair.id, chair: true, standing: 'member' },
      { id: organizer.id, chair: false, standing: 'organizer' },
    ])
    expect((await directoryOf(place)).members.get(organizer.id)?.standing).toBe('organizer')
  })

  it('dies with its maker’s place in the directory', async () => {
    const place = await somewhere()
    const now = office.clock.now()
    const second = await letIn(served.send, place.chair, place, `Ida${++number}`, { isChair: true, now })
    const { body, seed } = invitationBody(second, place.id, { now })
    await second.browser.call('POST', `/communities/${place.shortName}/invitations`, body)
    const removal = await removalBody(place.chair, place, second.id)
    const path = `/communities/${place.shortName}/members/${second.id}`
    expect((await place.chair.browser.call('DELETE', path, removal)).status).toBe(204)
    const browser = openBrowser(served.send)
    const { body: invitation } = await browser.call<InvitationAnswer>('GET', `/invitations/${body.id}`)
    const acceptance = await acceptanceBody(invitation, seed, await person('Jo'))
    expect(await accept(browser, body.id, acceptance)).toMatchObject({
      status: 422,
      body: { code: 'directory-refused' },
    })
  })

  describe('lets nobody in', () => {
    it('with an entry that was not signed with the link', async () => {
      const place = await somewhere()
      const { id, invitation, browser } = await invited(place)
      const other = await invited(place)
      const body = await acceptanceBody(invitation, other.seed, await person('Kit'))
      expect(await accept(browser, id, body)).toMatchObject({
        status: 422,
        body: { code: 'directory-refused' },
      })
      expect(await membersOf(place)).toHaveLength(1)
    })

    it('with keys, or a name in the directory, other than signed', async () => {
      const place = await somewhere()
      const { id, seed, invitation, browser } = await invited(place)
      const body = await acceptanceBody(invitation, seed, await person('Lu'))
      const keys = await publicKeysOf(newKeyring())
      for (const changed of [{ keys }, { memberId: newId() }])
        expect(await accept(browser, id, { ...body, ...changed })).toMatchObject({
          status: 422,
          body: { code: 'directory-refused' },
        })
    })

    it('by another invitation’s word', async () => {
      const place = await somewhere()
      const [one, two] = [await invited(place), await invited(place)]
      const body = await acceptanceBody(one.invitation, one.seed, await person('Max'))
      await place.chair.browser.call('DELETE', `/communities/${place.shortName}/invitations/${one.id}`)
      expect((await accept(one.browser, two.id, body)).status).toBe(422)
    })

    it('when somebody else entered in between, until the directory is read again', async () => {
      const place = await somewhere()
      const { id, seed, invitation, browser } = await invited(place)
      const made = await person('Ned')
      const stale = await acceptanceBody(invitation, seed, made)
      await letIn(served.send, place.chair, place, `Oda${++number}`, { now: office.clock.now() })
      expect(await accept(browser, id, stale)).toMatchObject({
        status: 409,
        body: { code: 'directory-changed' },
      })
      const { body: again } = await browser.call<InvitationAnswer>('GET', `/invitations/${id}`)
      expect((await accept(browser, id, await acceptanceBody(again, seed, made))).status).toBe(201)
    })

    it('with an address that somebody has; the link still works then', async () => {
      const place = await somewhere()
      const { id, seed, invitation, browser } = await invited(place)
      const taken = await newPerson('Other', place.chair.email)
      const body = await acceptanceBody(invitation, seed, taken)
      expect(await accept(browser, id, body)).toMatchObject({ status: 409, body: { code: 'address-taken' } })
      const free = await acceptanceBody(invitation, seed, await person('Pia'))
      expect((await accept(browser, id, free)).status).toBe(201)
    })

    it('without a keyring, unless they are signed in', async () => {
      const place = await somewhere()
      const { id, seed, invitation, browser } = await invited(place)
      const body = await acceptanceBody(invitation, seed, { ...(await person('Quin')), unlockers: [] })
      expect(await accept(browser, id, body)).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
    })
  })

  describe('for somebody who is signed in', () => {
    it('joins with the keyring they have', async () => {
      const [home, place] = [await somewhere(), await somewhere()]
      const { id, seed, invitation } = await invited(place)
      const body = await acceptanceBody(invitation, seed, { member: home.chair, unlockers: [] })
      const answer = await accept(home.chair.browser, id, body)
      expect(answer.status).toBe(201)
      expect(answer.body.memberships.map(({ community }) => community.shortName).sort()).toEqual(
        [home.shortName, place.shortName].sort(),
      )
      expect((await directoryOf(place)).members.get(body.memberId)).toMatchObject(
        await publicKeysOf(home.chair.keyring),
      )
    })

    it('joins with no other keys than theirs, and not twice', async () => {
      const [home, place] = [await somewhere(), await somewhere()]
      const { id, seed, invitation } = await invited(place)
      const other = { ...home.chair, keyring: newKeyring() }
      const wrong = await acceptanceBody(invitation, seed, { member: other, unlockers: [] })
      expect((await accept(home.chair.browser, id, wrong)).status).toBe(422)
      const own = await invited(home)
      const twice = await acceptanceBody(own.invitation, own.seed, { member: home.chair, unlockers: [] })
      expect(await accept(home.chair.browser, own.id, twice)).toMatchObject({
        status: 409,
        body: { code: 'address-taken' },
      })
    })
  })

  describe('for a member who lost every way in', () => {
    it('gives them new keys in their old place; the old ones open and sign in nothing', async () => {
      const place = await somewhere()
      const now = office.clock.now()
      const member = await letIn(served.send, place.chair, place, `Rae${++number}`, { now })
      await place.chair.browser.call('POST', `/communities/${place.shortName}/roster/overrides`, {
        id: newId(),
        from: now,
        to: null,
        primary: member.id,
        secondary: null,
        why: null,
      })
      await reportOver(served.send, place.shortName, { narrative: 'It happened at the door.' })
      const { id, seed, invitation, browser } = await invited(place, { replaces: member.id })
      expect(invitation.replaces).toEqual({ id: member.id, name: member.name })
      const made = await newPerson(member.name, member.email)
      const body = await acceptanceBody(invitation, seed, made)
      const answer = await accept(browser, id, { ...body, account: null })
      expect(answer).toMatchObject({
        status: 201,
        body: {
          account: { name: member.name, email: member.email, keys: body.keys },
          memberships: [{ id: member.id }],
        },
      })
      const entry = (await directoryOf(place)).members.get(member.id)
      expect(entry).toMatchObject({ ...body.keys, active: true })
      expect(entry?.verifyKeys).toHaveLength(2)
      expect((await member.browser.call('GET', '/session')).status).toBe(401)
      const old = await passphraseFor(member.keyring, member.passphrase, member.cost)
      const signIn = (token: string) =>
        openBrowser(served.send).call('POST', '/session/passphrase', { email: member.email, token })
      expect((await signIn('token' in old ? old.token : '')).status).toBe(401)
      const [fresh] = made.unlockers
      expect((await signIn(fresh && 'token' in fresh ? fresh.token : '')).status).toBe(200)
      const { db } = office.store
      const left = async (table: 'grant_' | 'reader') =>
        (await db.selectFrom(table).select('case_id').where('member_id', '=', member.id).execute()).length
      expect(await left('grant_')).toBe(0)
      expect(await left('reader')).toBe(1)
      expect(await membersOf(place)).toHaveLength(2)
    })

    it('is for nobody who is not a member, and changes nobody’s standing', async () => {
      const place = await somewhere()
      const now = office.clock.now()
      const gone = invitationBody(place.chair, place.id, { now, replaces: newId() })
      expect((await send(place, gone.body)).status).toBe(404)
      const member = await letIn(served.send, place.chair, place, `Sid${++number}`, { now })
      const other = invitationBody(place.chair, place.id, { now, replaces: member.id, standing: 'organizer' })
      expect((await send(place, other.body)).status).toBe(404)
    })

    it('gives a chair no way into another community: there, the account stays as it was', async () => {
      const [home, place] = [await somewhere(), await somewhere()]
      const now = office.clock.now()
      const joined = await invited(place)
      const joining = await acceptanceBody(joined.invitation, joined.seed, {
        member: home.chair,
        unlockers: [],
      })
      await accept(home.chair.browser, joined.id, joining)

      const { id, seed, invitation, browser } = await invited(place, { replaces: joining.memberId, now })
      const grabbed = await newPerson(home.chair.name, `grabbed${++number}@example.org`)
      const body = await acceptanceBody(invitation, seed, grabbed)
      const same = { ...body, account: { name: home.chair.name, email: home.chair.email } }
      expect(await accept(browser, id, same)).toMatchObject({ status: 409, body: { code: 'address-taken' } })
      expect(await accept(browser, id, { ...body, account: null })).toMatchObject({ status: 400 })
      const answer = await accept(browser, id, body)
      expect(answer.status).toBe(201)
      expect(answer.body.memberships.map(({ community }) => community.shortName)).toEqual([place.shortName])

      expect((await home.chair.browser.call('GET', '/session')).status).toBe(200)
      const token = await passphraseFor(home.chair.keyring, home.chair.passphrase, home.chair.cost)
      const back = openBrowser(served.send)
      const again = await back.call<SignedInAnswer>('POST', '/session/passphrase', {
        email: home.chair.email,
        token: 'token' in token ? token.token : '',
      })
      expect(again).toMatchObject({
        status: 200,
        body: {
          account: { keys: await publicKeysOf(home.chair.keyring) },
          memberships: [{ id: home.chair.id }],
        },
      })
      expect(again.body.memberships).toHaveLength(1)
    })
  })
})
