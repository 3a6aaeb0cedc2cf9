import { Link } from '@tanstack/react-router';
import { Meter } from '../../components/Meter';
import { Panel } from '../../components/Panel';
import { EmptyState } from '../../components/States';
import type { OverviewView, SpendView } from '../../lib/contract';
import { money, NOTHING } from '../../lib/format';
import { t } from '../../lib/i18n';
import { time } from '../../lib/time';
import { useShared } from '../../lib/view';
import styles from './Overview.module.css';

/** What the tenants have spent this month, the most first, against their budgets. */
export function Spend({ view }: { view: OverviewView }) {
  const kept = useShared();
  return (
    <Panel
      title={t('overview.spend.title')}
      note={t('overview.spend.note', { month: time(view.month.from, 'month') })}
      actions={
        <Link to={'/usage' as never} search={kept as never}>
          {t('overview.spend.link')}
        </Link>
      }
    >
      {view.spend.length === 0 ? (
        <EmptyState title={t('overview.spend.empty')} />
      ) : (
        <table className={styles.grid}>
          <thead>
            <tr>
              <th scope="col">{t('overview.spend.tenant')}</th>
              <th scope="col" className={styles.meter}>
                {t('overview.spend.share')}
              </th>
              <th scope="col" className={styles.number}>
                {t('overview.spend.charge')}
              </th>
              <th scope="col" className={styles.number}>
                {t('overview.spend.budget')}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.spend.map((spend) => (
              <Row key={spend.tenant} spend={spend} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Row({ spend }: { spend: SpendView }) {
  const kept = useShared();
  const { tenant, tenantName, chargeNano, budgetNano, softPercent } = spend;
  return (
    <tr>
      <td>
        <Link to={'/usage' as never} search={{ ...kept, tenant } as never}>
          {tenantName}
        </Link>
      </td>
      <td>
        {budgetNano == null || budgetNano === 0 ? (
          <span className="dim">{t('overview.spend.none')}</span>
        ) : (
          <Meter
            label={t('overview.spend.meter', { tenant: tenantName })}
            share={chargeNano / budgetNano}
            warnFrom={(softPercent ?? 80) / 100}
          />
        )}
      </td>
      <td className={styles.number}>{money(chargeNano)}</td>
      <td className={styles.number}>{budgetNano == null ? NOTHING : money(budgetNano)}</td>
    </tr>
  );
}
