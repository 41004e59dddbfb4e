import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type NoReportReason, noReportReasons } from '../../procedure/alert.ts'
import { useDesk } from '../desk.tsx'
import { casesQuery } from '../inbox/inbox.ts'
import { Button } from '../pieces/button.tsx'
import { Pick } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { type AlertProps, useDeed } from './deed.ts'

/** Every call ends with a report, or with the reason why there is none (A4). */
export function ReportOfAlert({ alert, me }: AlertProps) {
  const { say } = useDesk()
  return (
    <section className="panel">
      <h2>{say('alerts.report')}</h2>
      {alert.reported && (
        <Notice tone="good">
          {say('alerts.report.done')}{' '}
          {alert.reportCase !== null && (
            <Link to="/console/cases/$case" params={{ case: alert.reportCase }}>
              {say('alerts.report.open')}
            </Link>
          )}
        </Notice>
      )}
      {alert.noReport !== null && (
        <p>
          {say('alerts.report.none')} {say(`alert.no-report.${alert.noReport}` as 'alert.no-report.mistake')}
        </p>
      )}
      {alert.needsReport && <Missing alert={alert} me={me} />}
    </section>
  )
}

function Missing({ alert, me }: AlertProps) {
  const { say } = useDesk()
  return (
    <>
      <p>{say('alerts.report.text')}</p>
      <p>
        <a className="button main" href={`/${me.community.shortName}/take`}>
          {say('alerts.report.file')}
        </a>
      </p>
      <LinkReport alert={alert} me={me} />
      <WhyNone alert={alert} me={me} />
    </>
  )
}

function LinkReport({ alert, me }: AlertProps) {
  const { api, say } = useDesk()
  const [chosen, setChosen] = useState('')
  const linking = useDeed(alert, 'report')
  const open = useInfiniteQuery(casesQuery(api, { open: true, community: me.community.shortName }))
  const cases = open.data?.pages.flatMap((page) => page.cases) ?? []
  if (cases.length === 0) return null
  return (
    <>
      <Pick
        label={say('alerts.report.link')}
        value={chosen}
        onChange={setChosen}
        choices={[
          { value: '', label: say('alerts.choose') },
          ...cases.map(({ id, codeName }) => ({ value: id, label: codeName })),
        ]}
      />
      <Button
        isDisabled={chosen === ''}
        isPending={linking.isPending}
        onPress={() => linking.mutate({ case: chosen })}
      >
        {say('alerts.report.link.do')}
      </Button>
      <Mishap error={linking.error} />
    </>
  )
}

function WhyNone({ alert }: AlertProps) {
  const { say } = useDesk()
  const [reason, setReason] = useState<NoReportReason | ''>('')
  const recording = useDeed(alert, 'no-report')
  return (
    <>
      <Pick
        label={say('alerts.report.none')}
        value={reason}
        onChange={(value) => setReason(value as NoReportReason | '')}
        choices={[
          { value: '', label: say('alerts.choose') },
          ...noReportReasons.map((value) => ({ value, label: say(`alert.no-report.${value}`) })),
        ]}
      />
      <Button
        isDisabled={reason === ''}
        isPending={recording.isPending}
        onPress={() => recording.mutate({ reason })}
      >
        {say('alerts.report.none.do')}
      </Button>
      <Mishap error={recording.error} />
    </>
  )
}
