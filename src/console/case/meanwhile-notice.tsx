import { useSay } from '../desk.tsx'
import { Notice } from '../pieces/notice.tsx'
import type { NameOf } from './name-of.ts'
import type { ReadRecord } from './open-case.ts'
import type { Meanwhile } from './use-write.ts'

interface Props {
  readonly meanwhile: Meanwhile | null
  readonly nameOf: NameOf
}

const intoView = (place: HTMLElement | null): void => place?.scrollIntoView({ block: 'nearest' })

/** Somebody was faster: what they did, and that what was typed is still there. */
export function MeanwhileNotice({ meanwhile, nameOf }: Props) {
  const say = useSay()
  if (meanwhile === null) return null
  const did = ({ author, content }: ReadRecord): string => {
    const name = author?.who === 'member' ? nameOf(author.id) : say('record.by.reporter')
    switch (content?.kind) {
      case 'message':
        return say('meanwhile.message', { name })
      case 'note':
        return say('meanwhile.note', { name })
      case 'completion':
        return say('meanwhile.completion', { name })
      case 'shepherd':
        return say('meanwhile.shepherd', { name })
      case 'proposal':
      case 'agreement':
        return say(`meanwhile.${content.kind}`, { name })
      default:
        return say('meanwhile.record', { name })
    }
  }
  return (
    <div ref={intoView}>
      <Notice tone="warn" role="alert">
        <b>{say('meanwhile.title')}</b>
        <ul>
          {meanwhile.records.map((record) => (
            <li key={record.id}>{did(record)}</li>
          ))}
          {meanwhile.state !== null && (
            <li>{say('meanwhile.state', { state: say(`state.${meanwhile.state}`) })}</li>
          )}
        </ul>
        {say('meanwhile.again')}
      </Notice>
    </div>
  )
}
