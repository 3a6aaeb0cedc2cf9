import type { LinkProps } from '@tanstack/react-router';
import { LinkButton } from '../../components/Button';
import { Status } from '../../components/Status';
import type { Attention } from '../../lib/contract';
import { cx } from '../../lib/cx';
import { count } from '../../lib/format';
import { named, t, type WordId } from '../../lib/i18n';
import { time } from '../../lib/time';
import styles from './Overview.module.css';
import { byWorst, toneOf } from './prepare';

/** What needs a person: cause, start and end, effect in numbers, one action. Absent when nothing does. */
export function AttentionBand({ items }: { items: readonly Attention[] }) {
  const [worst, ...others] = byWorst(items);
  if (worst === undefined) {
    return null;
  }
  const tone = toneOf(worst);
  return (
    <section
      className={cx(styles.band, tone === 'bad' && styles.bad, tone === 'warn' && styles.warn)}
      aria-label={t('overview.attention.title')}
    >
      {[worst, ...others].map((item) => (
        <Line key={`${item.kind} ${item.target} ${item.since}`} item={item} />
      ))}
    </section>
  );
}

function Line({ item }: { item: Attention }) {
  const action = actionOf(item);
  return (
    <div className={styles.line}>
      <div>
        <Status tone={toneOf(item)} plain>
          {named('overview.attention', item.kind)}
        </Status>
      </div>
      <div>
        <span className={styles.cause}>{causeOf(item)}</span>{' '}
        <span className={styles.effect}>{effectOf(item).join(' · ')}</span>
      </div>
      <LinkButton small {...action.link}>
        {t(action.word)}
      </LinkButton>
    </div>
  );
}

function causeOf({ kind, label, since, until }: Attention): string {
  const today = time(since, 'day') === time(Date.now(), 'day');
  const values = { label, since: time(since, today ? 'minute' : 'dayMinute'), until: time(until, 'minute') };
  const id = kind === 'node_lost' && until != null ? 'overview.cause.node_lost.over' : `overview.cause.${kind}`;
  return t(id as WordId, values);
}

function effectOf({ effect }: Attention): string[] {
  return Object.entries(effect)
    .filter(([, value]) => value > 0)
    .map(([name, value]) => named(`overview.effect`, name, { count: value, shown: count(value) }));
}

function actionOf({ kind, target, since, until }: Attention): { word: WordId; link: LinkProps } {
  const during = since != null && until != null ? { from: since, until } : {};
  switch (kind) {
    case 'node_lost':
    case 'node_draining':
      return { word: 'overview.do.node', link: { to: `/nodes/${target}` as never } };
    case 'budget_over':
    case 'budget_soft':
      return { word: 'overview.do.limits', link: { to: '/limits' as never, search: { tenant: target } as never } };
    case 'key_expiring':
      return { word: 'overview.do.key', link: { to: `/keys/${target}` as never } };
    case 'reconciliation':
      return { word: 'overview.do.audit', link: { to: '/audit' as never } };
    case 'unknown_requests':
      return {
        word: 'overview.do.requests',
        link: { to: '/requests', search: { kind: 'unknown', ...during } as never },
      };
    default:
      return {
        word: 'overview.do.requests',
        link: { to: '/requests', search: { code: 'no_healthy_node', ...during } as never },
      };
  }
}
