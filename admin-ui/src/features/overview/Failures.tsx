import { Link } from '@tanstack/react-router';
import { Panel } from '../../components/Panel';
import { EmptyState } from '../../components/States';
import { Status } from '../../components/Status';
import type { FailureView, OverviewView } from '../../lib/contract';
import { count } from '../../lib/format';
import { t } from '../../lib/i18n';
import { codeText, kindTone } from '../../lib/outcome';
import { ago } from '../../lib/time';
import { useShared } from '../../lib/view';
import styles from './Overview.module.css';

/** What went wrong, grouped by cause: how often, when last, and the last one to look at. */
export function Failures({ view, now }: { view: OverviewView; now: number }) {
  const kept = useShared();
  return (
    <Panel
      title={t('overview.failures.title')}
      note={t('overview.failures.note')}
      actions={
        <Link to="/requests" search={{ ...kept, kind: 'failed' } as never}>
          {t('overview.failures.link')}
        </Link>
      }
    >
      {view.failures.length === 0 ? (
        <EmptyState title={t('overview.failures.empty')} />
      ) : (
        <table className={styles.grid}>
          <thead>
            <tr>
              <th scope="col">{t('overview.failures.cause')}</th>
              <th scope="col" className={styles.number}>
                {t('overview.failures.count')}
              </th>
              <th scope="col" className={styles.number}>
                {t('overview.failures.last')}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.failures.map((failure) => (
              <Row key={`${failure.kind} ${failure.code}`} failure={failure} now={now} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Row({ failure, now }: { failure: FailureView; now: number }) {
  const kept = useShared();
  const { kind, code, count: times, last, example } = failure;
  const cause = codeText(kind, code);
  return (
    <tr>
      <td>
        <Status tone={kindTone(kind)} plain>
          {cause}
        </Status>
      </td>
      <td className={styles.number}>
        <Link to="/requests" search={{ ...kept, kind, ...(code != null && { code }) } as never}>
          {count(times)}
        </Link>
      </td>
      <td className={styles.number}>
        <Link
          to={`/requests/${example}` as never}
          search={kept as never}
          title={t('overview.failures.open', { cause })}
        >
          {ago(last, now)}
        </Link>
      </td>
    </tr>
  );
}
