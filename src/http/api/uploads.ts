import { z } from '@hono/zod-openapi'
import type { Office } from '../../casework/office.ts'
import { Refused } from '../../casework/refused.ts'
import { addPart, beginUpload, completeUpload, mostParts, uploadState } from '../../casework/upload.ts'
import { communityId } from '../../store/communities.ts'
import type { Routes } from '../endpoint.ts'
import { id, shortName } from './shapes.ts'

const upload = z.object({ upload: id })

/** Evidence on its way: sealed parts, added one by one, resumable. */
export function addUploadRoutes(routes: Routes, office: Office): void {
  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/uploads',
      who: 'anybody',
      summary: 'Begin the upload of a sealed file',
      params: z.object({ community: shortName }),
      answer: z.object({ upload: id, token: z.string() }),
      status: 201,
    },
    async ({ params }) => {
      const community = await communityId(office.store.db, params.community)
      if (!community) throw new Refused('not-found')
      return beginUpload(office, community)
    },
  )

  routes.endpoint(
    {
      method: 'put',
      path: '/uploads/{upload}/parts/{part}',
      who: 'uploader',
      summary: 'Add a part: raw bytes, 256 KiB each but the last',
      params: upload.extend({ part: z.coerce.number().int().min(0).max(mostParts) }),
    },
    async ({ params, c }) => {
      await addPart(office, params.upload, params.part, new Uint8Array(await c.req.arrayBuffer()))
      return null
    },
  )

  routes.endpoint(
    {
      method: 'get',
      path: '/uploads/{upload}',
      who: 'uploader',
      summary: 'Which parts have arrived',
      params: upload,
      answer: z.object({ parts: z.array(z.int()), completed: z.boolean() }),
    },
    ({ params }) => uploadState(office, params.upload),
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/uploads/{upload}/complete',
      who: 'uploader',
      summary: 'Close the upload: all its parts are there',
      params: upload,
      body: z.object({ parts: z.int().min(1).max(mostParts), size: z.int().min(1) }),
    },
    async ({ params, body }) => {
      await completeUpload(office, params.upload, body)
      return null
    },
  )
}
