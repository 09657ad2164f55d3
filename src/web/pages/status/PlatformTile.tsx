import { Link } from '@tanstack/react-router'
import type { PlatformStatus, StatusHistory, StatusMessage } from '../../../contracts/status.ts'
import { useCan } from '../../api/me.ts'
import { Freshness } from '../../parts/Freshness.tsx'
import { StateBadge, StateIcon } from '../../parts/StateBadge.tsx'
import { severityShown } from '../../parts/state.ts'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { UptimeBars } from '../../parts/UptimeBars.tsx'
import { uptimeText } from '../../parts/uptime.ts'
import { toAdminAlerts, toPlatform, toTickets } from '../../paths.ts'
import classes from './PlatformTile.module.css'

interface TileProps {
  platform: PlatformStatus
  messages: readonly StatusMessage[]
  history: StatusHistory['platforms'][number] | undefined
  historyState: 'loading' | 'here' | 'failed'
  isStale: boolean
}

export function PlatformTile({ platform, messages, history, historyState, isStale }: TileProps) {
  const { id, name, sentence, state, in_maintenance, is_unstable, worst_check: worst } = platform
  return (
    <li className={classes.tile} data-state={isStale ? 'unknown' : state}>
      <div className={classes.head}>
        <h3 className={classes.name}>
          <Link {...toPlatform(id)}>
            <bdi>{name}</bdi>
          </Link>
        </h3>
        <span className={classes.badges}>
          <StateBadge state={state} isStale={isStale} />
          {in_maintenance && <StateBadge state="maintenance" />}
        </span>
      </div>
      <div className={classes.why}>
        <bdi>{sentence}</bdi>
        {worst?.could_not_measure === true && <p className={classes.none}>The newest attempt could not measure.</p>}
        {is_unstable && <p className={classes.none}>Changes its state often.</p>}
      </div>
      <div className={classes.history}>
        {historyState === 'here' && (
          <UptimeBars
            label={`Daily history of ${name}`}
            days={history?.days ?? []}
            summary={history === undefined ? 'No history yet' : uptimeText(history, history.days.length)}
            isStale={isStale}
          />
        )}
        {historyState === 'failed' && <p className={classes.none}>History could not be loaded.</p>}
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>Last success</dt>
          <dd>
            <TimeAgo at={platform.last_success_at} />
          </dd>
        </div>
        <div>
          <dt>Open</dt>
          <dd>
            <Open platform={platform} />
          </dd>
        </div>
        <div className={classes.wide}>
          <dt>Freshness</dt>
          <dd>
            <Freshness freshness={platform.freshness} isStale={isStale} />
          </dd>
        </div>
      </dl>
      {messages.map((message) => (
        <Link key={message.id} {...toPlatform(id)} className={classes.message}>
          <StateIcon shown={severityShown[message.severity] === 'unknown' ? 'info' : severityShown[message.severity]} />
          <bdi>{message.title}</bdi>
        </Link>
      ))}
    </li>
  )
}

/** Incidents are named once there are any: until then nobody wonders. */
function Open({ platform: { id, open_alerts: alerts, open_incidents: incidents } }: { platform: PlatformStatus }) {
  const can = useCan()
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`
  const firing =
    alerts > 0 && can('alert.read', { platformIds: [id] }) ? (
      <Link {...toAdminAlerts({ platform: id })} className={classes.incidents}>
        {count(alerts, 'alert')}
      </Link>
    ) : (
      count(alerts, 'alert')
    )
  if (incidents === 0) return firing
  return (
    <>
      {firing},{' '}
      <Link {...toTickets({ type: 'INCIDENT', platform: id, done: false })} className={classes.incidents}>
        {count(incidents, 'incident')}
      </Link>
    </>
  )
}
