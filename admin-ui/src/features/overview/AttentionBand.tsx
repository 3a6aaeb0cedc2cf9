import type { LinkProps } from '@tanstack/react-router';
import { useState } from 'react';
import { Button, LinkButton } from '../../components/Button';
import { Status } from '../../components/Status';
import type { Attention } from '../../lib/contract';
import { cx } from '../../lib/cx';
import { money } from '../../lib/format';
import { named, t, type WordId } from '../../lib/i18n';
import { time } from '../../lib/time';
import styles from './Overview.module.css';
import { byWorst, toneOf } from './prepare';

/** So many lines before the rest has to be asked for. */
const MOST = 4;

/** What needs a person: cause, start and end, effect in numbers, one action. Absent when nothing does. */
export function AttentionBand({ items }: { items: readonly Attention[] }) {
  const [all, setAll] = useState(false);
  const [worst, ...others] = byWorst(items);
  if (worst === undefined) {
    return null;
  }
  const tone = toneOf(worst);
  const shown = all || others.length <= MOST ? others : others.slice(0, MOST - 1);
  return (
    <section
      className={cx(styles.band, tone === 'bad' && styles.bad, tone === 'warn' && styles.warn)}
      aria-label={t('overview.attention.title')}
    >
      {[worst, ...shown].map((item) => (
        <Line key={`${item.kind} ${item.target} ${item.since}`} item={item} />
      ))}
      {others.length > MOST && (
        <div className={styles.more}>
          <Button look="quiet" small aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('overview.attention.fewer') : t('overview.attention.more', { count: others.length - MOST + 1 })}
          </Button>
        </div>
      )}
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
  const values = {
    label: label === '' ? t('overview.attention.everybody') : label,
    since: time(since, today ? 'minute' : 'dayMinute'),
    until: time(until, kind === 'node_lost' ? 'minute' : 'dayMinute'),
  };
  const id = kind === 'node_lost' && until != null ? 'overview.cause.node_lost.over' : `overview.cause.${kind}`;
  return t(id as WordId, values);
}

function effectOf({ effect }: Attention): string[] {
  const { spentNano, amountNano, ...counts } = effect;
  const budget =
    spentNano === undefined || amountNano === undefined
      ? []
      : [t('overview.effect.budget', { spent: money(spentNano), amount: money(amountNano) })];
  const others = Object.entries(counts)
    .filter(([, value]) => value > 0)
    .map(([name, value]) => named('overview.effect', name, { count: value }));
  return [...budget, ...others];
}

function actionOf({ kind, target, since, until }: Attention): { word: WordId; link: LinkProps } {
  const during = since != null && until != null ? { from: since, until } : {};
  switch (kind) {
    case 'node_lost':
    case 'node_draining':
      return { word: 'overview.do.node', link: { to: `/nodes/${target}` as never } };
    case 'budget_over':
    case 'budget_soft':
      return { word: 'overview.do.limits', link: { to: `/limits/${target}` as never } };
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
