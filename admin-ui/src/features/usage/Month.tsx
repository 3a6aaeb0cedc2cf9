import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Meter } from '../../components/Meter';
import { Panel } from '../../components/Panel';
import { Answer } from '../../components/States';
import { Status } from '../../components/Status';
import { money } from '../../lib/format';
import { t } from '../../lib/i18n';
import { read } from '../../lib/query';
import { useSession } from '../../lib/session';
import { time } from '../../lib/time';
import { useShared } from '../../lib/view';
import type { Forecast } from './prepare';
import styles from './Usage.module.css';

const HEIGHT = 96;

/** What the month will come to, against its budget. */
export function Month({ tenant }: { tenant: string | undefined }) {
  const kept = useShared();
  const { can } = useSession();
  const query = useQuery(
    read('/api/admin/v1/usage/forecast', { params: { query: tenant === undefined ? {} : { tenant } } }),
  );
  const month = query.data === undefined ? '' : time(middle(query.data), 'month');
  return (
    <Panel
      title={t('usage.forecast.title')}
      note={month === '' ? undefined : t('usage.forecast.note', { month })}
      actions={
        can('LIMITS_READ') && (
          <Link to={'/limits' as never} search={kept as never}>
            {t('usage.forecast.limits')}
          </Link>
        )
      }
    >
      <Answer query={query} height={HEIGHT}>
        {(forecast) => <Sums forecast={forecast} />}
      </Answer>
    </Panel>
  );
}

/** Inside the month in every zone. */
function middle({ from, until }: Forecast): number {
  return (Date.parse(from) + Date.parse(until)) / 2;
}

function Sums({ forecast }: { forecast: Forecast }) {
  const { everywhere } = useSession();
  const { spentNano, forecastNano, budgetNano, costNano } = forecast;
  const budget = budgetNano ?? null;
  return (
    <div className={styles.month}>
      <dl className={styles.sums}>
        <Sum name={t('usage.forecast.spent')}>{money(spentNano)}</Sum>
        <Sum name={t('usage.forecast.forecast')}>{money(forecastNano)}</Sum>
        {budget !== null && (
          <>
            <Sum name={t('usage.forecast.budget')}>{money(budget)}</Sum>
            <Sum name={t('usage.forecast.left')}>{money(Math.max(0, budget - spentNano))}</Sum>
          </>
        )}
        {everywhere && <Sum name={t('usage.forecast.cost')}>{money(costNano)}</Sum>}
      </dl>
      {budget === null || budget === 0 ? (
        <p className="dim">{t('usage.forecast.noBudget')}</p>
      ) : (
        <>
          <Meter
            label={t('usage.forecast.meter')}
            share={spentNano / budget}
            mark={forecastNano > spentNano ? forecastNano / budget : undefined}
          />
          <Outlook forecast={forecast} over={spentNano >= budget} />
        </>
      )}
    </div>
  );
}

function Sum({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Outlook({ forecast: { exhausted }, over }: { forecast: Forecast; over: boolean }) {
  if (exhausted == null) {
    return (
      <Status tone="ok" plain>
        {t('usage.forecast.within')}
      </Status>
    );
  }
  const day = time(`${exhausted}T12:00:00`, 'day');
  return (
    <Status tone={over ? 'bad' : 'warn'} plain>
      {t(over ? 'usage.forecast.over' : 'usage.forecast.exhausted', { day })}
    </Status>
  );
}
