import { SkeletonWord } from '../../components/States';
import { compact, count, money, percent } from '../../lib/format';
import { t } from '../../lib/i18n';
import { useSession } from '../../lib/session';
import type { UsageView } from './prepare';
import styles from './Usage.module.css';
import { growth } from './view';

export interface TotalsProps {
  total: UsageView | undefined;
  former: UsageView | undefined;
}

interface Shown {
  name: string;
  value: string;
  about: string;
}

/** The sums of the range, as the gateway adds them up, against the span before. */
export function Totals({ total, former }: TotalsProps) {
  const { everywhere } = useSession();
  const names = ['charge', ...(everywhere ? (['cost'] as const) : []), 'requests', 'input', 'output'] as const;
  return (
    <section className={styles.totals} aria-label={t('usage.table.total')}>
      {names.map((name) => {
        const shown = total === undefined ? undefined : shownOf(name, total, former);
        return (
          <div key={name} className={styles.total}>
            <span className={styles.name}>{shown?.name ?? t(`usage.metric.${name}`)}</span>
            <span className={styles.value}>{shown?.value ?? <SkeletonWord />}</span>
            <span className={styles.about}>{shown?.about ?? ' '}</span>
          </div>
        );
      })}
    </section>
  );
}

function shownOf(
  name: 'charge' | 'cost' | 'requests' | 'input' | 'output',
  total: UsageView,
  former: UsageView | undefined,
): Shown {
  switch (name) {
    case 'charge':
      return {
        name: t('usage.metric.charge'),
        value: money(total.chargeNano),
        about: compared(total.chargeNano, former?.chargeNano, money),
      };
    case 'cost':
      return {
        name: t('usage.metric.cost'),
        value: money(total.costNano),
        about: compared(total.costNano, former?.costNano, money),
      };
    case 'requests':
      return {
        name: t('usage.metric.requests'),
        value: count(total.requests),
        about: compared(total.requests, former?.requests, count),
      };
    case 'input':
      return {
        name: t('usage.total.input'),
        value: compact(total.promptTokens),
        about: t('usage.total.cachedShare', { share: percent(share(total.cachedTokens, total.promptTokens)) }),
      };
    case 'output':
      return {
        name: t('usage.total.output'),
        value: compact(total.completionTokens),
        about: t('usage.total.reasoningShare', {
          share: percent(share(total.reasoningTokens, total.completionTokens)),
        }),
      };
  }
}

function compared(now: number, earlier: number | undefined, format: (value: number) => string): string {
  if (earlier === undefined) {
    return ' ';
  }
  return earlier === 0
    ? t('usage.total.none')
    : t('usage.total.before', { change: growth(now, earlier), before: format(earlier) });
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
