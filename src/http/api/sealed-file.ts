import type { SealedFile } from '../../casework/case-file.ts'

/** A sealed file as an answer: bytes of unknown content, never shown by a browser, never kept by a cache. */
export const sealedFileAnswer = ({ size, bytes }: SealedFile): Response =>
  new Response(bytes, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(size),
      'content-disposition': 'attachment',
      'cache-control': 'no-store',
    },
  })
