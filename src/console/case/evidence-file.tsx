import { useMutation } from '@tanstack/react-query'
import { Download, Eye, Paperclip } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { FileRef } from '../../procedure/records.ts'
import { openFile } from '../../sealing/evidence.ts'
import { path } from '../api/client.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { saveFile } from '../pieces/save.ts'
import { Progress } from '../pieces/waiting.tsx'
import { safeName, withProgress } from './evidence.ts'
import type { OpenedCase } from './open-case.ts'
import { redrawn } from './picture.ts'

interface Props {
  readonly file: FileRef
  readonly opened: OpenedCase
}

/** A file that came with a record. Pictures are drawn anew and shown; everything else can only be saved. */
export function EvidenceFile({ file, opened }: Props) {
  const { api, say, language } = useDesk()
  const { view, identities } = opened
  const [done, setDone] = useState(0)
  const [picture, setPicture] = useState<string | null>(null)
  const [isNone, setNone] = useState(false)
  useEffect(() => () => void (picture && URL.revokeObjectURL(picture)), [picture])
  const name = safeName(file.name)
  const kept = view.files.find(({ upload }) => upload === file.upload)
  const identity = kept && identities.get(kept.epoch)
  const read = async (): Promise<Uint8Array<ArrayBuffer>> => {
    setDone(0)
    const sealed = await api.stream(path`/cases/${view.id}/files/${file.upload}`)
    const plain = await openFile(withProgress(sealed, kept?.size ?? 0, setDone), identity ?? '', file)
    return new Uint8Array(plain)
  }
  const showing = useMutation({
    mutationFn: async () => {
      const drawn = await redrawn(await read())
      if (drawn === null) setNone(true)
      else setPicture(URL.createObjectURL(drawn))
    },
  })
  const saving = useMutation({ mutationFn: async () => saveFile(name, await read()) })
  const isReading = showing.isPending || saving.isPending
  const size = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: file.size < 1_000_000 ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: file.size < 1_000_000 ? 0 : 1,
  }).format(file.size < 1_000_000 ? Math.max(1, file.size / 1000) : file.size / 1_000_000)
  return (
    <div className="file">
      <p className="file-name">
        <Paperclip aria-hidden="true" /> <b>{name}</b> <span className="soft">{size}</span>
      </p>
      {identity === undefined ? (
        <Notice tone="warn">{say('evidence.missing')}</Notice>
      ) : isReading ? (
        <Progress label={say('evidence.opening', { name })} done={done} />
      ) : (
        <p className="buttons">
          {picture === null && !isNone && mayBePicture(file) && (
            <Button onPress={() => showing.mutate()} aria-label={say('evidence.show.named', { name })}>
              <Eye aria-hidden="true" /> {say('evidence.show')}
            </Button>
          )}
          <Button onPress={() => saving.mutate()} aria-label={say('evidence.save.named', { name })}>
            <Download aria-hidden="true" /> {say('evidence.save')}
          </Button>
        </p>
      )}
      {picture !== null && (
        <figure>
          <img src={picture} alt={say('evidence.alt', { name })} />
          <figcaption className="soft small">{say('evidence.redrawn')}</figcaption>
        </figure>
      )}
      {isNone && <Notice>{say('evidence.no-picture')}</Notice>}
      {(showing.error ?? saving.error) && <FileMishap error={showing.error ?? saving.error} />}
    </div>
  )
}

/** Whether it is worth offering to show it. What it really is, the bytes say once they are opened. */
const mayBePicture = ({ type, name }: FileRef): boolean =>
  /^image\/(png|jpe?g|gif|webp)$/i.test(type) || /\.(png|jpe?g|gif|webp)$/i.test(name)

function FileMishap({ error }: { readonly error: unknown }) {
  const { say } = useDesk()
  // What the sealing says: changed, cut, or not the file that the record describes.
  const isSealing = error instanceof Error && !['Problem', 'NoConnection'].includes(error.name)
  if (!isSealing) return <Mishap error={error} />
  return (
    <Notice tone="danger" role="alert">
      {say('evidence.changed')}
    </Notice>
  )
}
