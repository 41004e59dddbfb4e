import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import { limits } from '../procedure/records.ts'
import { partSize } from '../sealing/parts.ts'
import { tokenHash } from '../sealing/receipt.ts'
import { attachUpload, partOf, uploadTokenHash } from '../store/uploads.ts'
import { addPart, beginUpload, completeUpload, mostParts, uploadState } from './upload.ts'

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  let community: TestCommunity
  beforeAll(async () => {
    office = await testOffice(kind)
    community = await foundCommunity(office, { members: ['Pat'] })
  })
  afterAll(() => office?.drop())

  const begun = () => beginUpload(office, community.id)
  const bytes = (length: number, fill = 1): Uint8Array => new Uint8Array(length).fill(fill)

  test('of the token only its hash is kept', async () => {
    const { upload, token } = await begun()
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await uploadTokenHash(office.store.db, upload)).toBe(tokenHash(token))
    const row = await office.store.db
      .selectFrom('upload')
      .selectAll()
      .where('id', '=', upload)
      .executeTakeFirst()
    expect(JSON.stringify(row)).not.toContain(token)
  })

  test('parts come in any order, each once, and are there as they were sent', async () => {
    const { upload } = await begun()
    for (const part of [2, 0, 1]) await addPart(office, upload, part, bytes(10 + part, part))
    expect(await uploadState(office, upload)).toEqual({ parts: [0, 1, 2], completed: false })
    await completeUpload(office, upload, { parts: 3, size: 33 })
    expect(await uploadState(office, upload)).toEqual({ parts: [0, 1, 2], completed: true })
    for (const part of [0, 1, 2])
      expect(Buffer.from((await partOf(office.store.db, upload, part)) as Uint8Array)).toEqual(
        Buffer.from(bytes(10 + part, part)),
      )
  })

  test('the same part again is fine, also at the same time, and other bytes under its number are not', async () => {
    const { upload } = await begun()
    await addPart(office, upload, 0, bytes(10))
    await addPart(office, upload, 0, bytes(10))
    await expect(addPart(office, upload, 0, bytes(10, 2))).rejects.toMatchObject({ code: 'part-mismatch' })
    await expect(addPart(office, upload, 0, bytes(11))).rejects.toMatchObject({ code: 'part-mismatch' })
    await Promise.all([1, 2, 3].map(() => addPart(office, upload, 1, bytes(10))))
    expect(await uploadState(office, upload)).toEqual({ parts: [0, 1], completed: false })
  })

  test('it is complete only when every part is there and all are as long as they should be', async () => {
    const { upload } = await begun()
    const complete = (parts: number, size: number) => completeUpload(office, upload, { parts, size })
    await expect(complete(1, 1)).rejects.toMatchObject({ code: 'file-incomplete' })
    await addPart(office, upload, 0, bytes(10))
    await addPart(office, upload, 2, bytes(10))
    for (const [parts, size] of [
      [2, 20],
      [3, 30],
      [1, 10],
    ] as const)
      await expect(complete(parts, size)).rejects.toMatchObject({ code: 'file-incomplete' })
    await addPart(office, upload, 1, bytes(10))
    await expect(complete(3, 29)).rejects.toMatchObject({ code: 'file-incomplete' })
    await complete(3, 30)
    // Its answer may have been lost: asked again, it is still so.
    await complete(3, 30)
  })

  test('nothing is added once it is complete', async () => {
    const { upload } = await begun()
    await addPart(office, upload, 0, bytes(10))
    await completeUpload(office, upload, { parts: 1, size: 10 })
    await addPart(office, upload, 0, bytes(10))
    await expect(addPart(office, upload, 1, bytes(10))).rejects.toMatchObject({ code: 'part-mismatch' })
  })

  test('a file of 25 MB fits with its sealing, and no more does', async () => {
    const { upload } = await begun()
    expect(mostParts * partSize).toBeGreaterThan(limits.fileBytes)
    expect(mostParts * partSize).toBeLessThan(limits.fileBytes * 1.05)
    await addPart(office, upload, mostParts - 1, bytes(partSize))
    await expect(addPart(office, upload, mostParts, bytes(1))).rejects.toMatchObject({ code: 'file-limit' })
    await expect(addPart(office, upload, 0, bytes(partSize + 1))).rejects.toMatchObject({
      code: 'file-limit',
      values: { files: limits.files, megabytes: 25 },
    })
  })

  test('a record takes up what is complete, with its token, in its community, once', async () => {
    const attach = (given: { upload: string; token: string }, to = community.id): Promise<boolean> =>
      office.store.write((tx) =>
        attachUpload(
          tx,
          { upload: given.upload, tokenHash: tokenHash(given.token) },
          { community: to, case: 'case', epoch: 1, shared: true },
        ),
      )
    const given = await begun()
    await addPart(office, given.upload, 0, bytes(10))
    expect(await attach(given)).toBe(false)
    await completeUpload(office, given.upload, { parts: 1, size: 10 })
    expect(await attach({ ...given, token: 'another' })).toBe(false)
    expect(await attach(given, 'another')).toBe(false)
    expect(await attach(given)).toBe(true)
    expect(await attach(given)).toBe(false)
  })
})
