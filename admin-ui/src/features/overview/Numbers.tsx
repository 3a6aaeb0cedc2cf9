import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SkeletonWord } from '../../components/States';
import type { OverviewView } from '../../lib/contract';
import { cx } from '../../lib/cx';
import { change, compact, count, duration, money, percent, rate } from '../../lib/format';
import { t } from '../../lib/i18n';
import { type Range, spanText } from '../../lib/range';
import { useShared } from '../../lib/view';
import styles from './Overview.module.css';

interface Shown {
  name: string;
  value: ReactNode;
  about: ReactNode;
  search?: LinkProps['search'];
}

/** The five numbers, each with a comparison that means something; each opens its own requests. */
export function Numbers({ view, range }: { view: OverviewView | undefined; range: Range }) {
  const kept = useShared();
  const cells = view === undefined ? waiting() : shown(view, range);
  return (
    <section className={styles.numbers} aria-label={t('overview.numbers.label')}>
      {cells.map(({ name, value, about, search }) => {
        const content = (
          <>
            <span className={styles.name}>{name}</span>
            <span className={styles.value}>{value}</span>
            <span className={styles.about}>{about}</span>
          </>
        );
        return search === undefined ? (
          <div key={name} className={styles.cell}>
            {content}
          </div>
        ) : (
          <Link key={name} className={styles.cell} to="/requests" search={{ ...kept, ...(search as object) } as never}>
            {content}
          </Link>
        );
      })}
    </section>
  );
}

function shown(view: OverviewView, range: Range): Shown[] {
  return [
    {
      name: t('overview.numbers.requests'),
      value: count(view.requests),
      about: compared(view.requests, view.requestsBefore, range),
      search: {} as never,
    },
    {
      name: t('overview.numbers.failed'),
      value: percent(view.requests === 0 ? null : view.failed / view.requests),
      about: failures(view),
      search: { kind: 'failed' } as never,
    },
    {
      name: t('overview.numbers.firstToken'),
      value: duration(view.firstTokenP95Ms),
      about: t('overview.numbers.median', { value: duration(view.firstTokenP50Ms) }),
      ...(view.firstTokenP95Ms != null && {
        search: { minFirstTokenMs: Math.floor(view.firstTokenP95Ms) } as never,
      }),
    },
    {
      name: t('overview.numbers.output'),
      value: (
        <>
          {rate(view.outputTokensPerSecond)} <span className={styles.unit}>{t('overview.numbers.perSecond')}</span>
        </>
      ),
      about: nodes(view),
    },
    { name: t('overview.numbers.spend'), value: money(view.month.chargeNano), about: <Budget month={view.month} /> },
  ];
}

/** A growth beyond this factor says only that there was next to nothing before. */
const TELLING = 10;

function compared(now: number, before: number, { name }: Range): string {
  if (before === 0) {
    return t('overview.numbers.first');
  }
  const span = name === undefined ? t('overview.range.before') : spanText(name);
  return now > before * TELLING
    ? t('overview.numbers.few', { count: before, span })
    : t('overview.numbers.before', { change: change(now, before), span });
}

function failures({ failed, failedBefore }: OverviewView): string {
  return failedBefore === 0
    ? t('overview.numbers.failedFirst', { count: failed })
    : t('overview.numbers.failedCount', { count: failed, before: count(failedBefore) });
}

function nodes({ nodesReady, nodesTotal, outputTokens }: OverviewView): string {
  return nodesReady == null || nodesTotal == null
    ? t('overview.numbers.tokens', { tokens: compact(outputTokens) })
    : t('overview.numbers.nodes', { ready: nodesReady, total: nodesTotal });
}

function Budget({ month }: { month: OverviewView['month'] }) {
  const { chargeNano, budgetNano, forecastNano } = month;
  if (budgetNano == null) {
    return t('overview.numbers.noBudget', { forecast: money(forecastNano) });
  }
  const over = Math.max(chargeNano, forecastNano) > budgetNano;
  return (
    <span className={cx(over && styles.over)}>
      {t('overview.numbers.ofBudget', { share: percent(chargeNano / budgetNano), forecast: money(forecastNano) })}
    </span>
  );
}

function waiting(): Shown[] {
  const names = [
    t('overview.numbers.requests'),
    t('overview.numbers.failed'),
    t('overview.numbers.firstToken'),
    t('overview.numbers.output'),
    t('overview.numbers.spend'),
  ];
  return names.map((name) => ({ name, value: <SkeletonWord />, about: <SkeletonWord /> }));
}
