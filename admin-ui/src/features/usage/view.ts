import { useMemo } from 'react';
import { choice, word, z } from '../../lib/check';
import { anyText, type FilterWord, oneOf } from '../../lib/filters';
import { change, compact, count, money, NOTHING } from '../../lib/format';
import { t } from '../../lib/i18n';
import { useKeyNames, useModelNames, useProjectNames, useTenantNames } from '../../lib/lookups';
import { useSession } from '../../lib/session';
import { shared } from '../../lib/view';
import { GROUPS, type Group, METRICS, type Metric } from './prepare';

const MOST_GROWTH = 10;

export const usageView = z.extend(shared, {
  project: word,
  key: word,
  model: word,
  metric: choice(METRICS),
  group: choice(GROUPS),
  bucket: choice(['hour', 'day']),
  sort: word,
});

export type UsageAddress = z.infer<typeof usageView>;

/** Members of the address that narrow. */
export type Narrowing = Group;

/** The part of the address by which the API narrows. */
export function whose(view: UsageAddress): Partial<Record<Narrowing, string>> {
  return Object.fromEntries(GROUPS.flatMap((name) => (view[name] === undefined ? [] : [[name, view[name]]])));
}

/** Groups that say something: not those of which only one is left. */
export function groupsOf(view: UsageAddress, everywhere: boolean): readonly Group[] {
  return GROUPS.filter((name) => view[name] === undefined && (name !== 'tenant' || everywhere));
}

/** Measures that a user sees: what nodes cost us is no tenant's affair. */
export function metricsOf(everywhere: boolean): readonly Metric[] {
  return METRICS.filter((metric) => metric !== 'cost' || everywhere);
}

export function useWords(): readonly FilterWord<Narrowing>[] {
  const { everywhere } = useSession();
  const [tenants, projects, keys, models] = [useTenantNames(), useProjectNames(), useKeyNames(), useModelNames()];
  return useMemo(
    () => [
      ...(everywhere
        ? [oneOf<Narrowing>({ word: 'tenant', param: 'tenant', about: t('usage.filter.tenant') }, tenants)]
        : []),
      oneOf({ word: 'project', param: 'project', about: t('usage.filter.project') }, projects),
      oneOf({ word: 'key', param: 'key', about: t('usage.filter.key') }, keys),
      anyText({ word: 'model', param: 'model', about: t('usage.filter.model'), values: models }),
    ],
    [everywhere, tenants, projects, keys, models],
  );
}

/** How values of a measure are written. */
export function formatOf(metric: Metric): (value: number) => string {
  return metric === 'charge' || metric === 'cost' ? money : count;
}

export function shortOf(metric: Metric): (value: number) => string {
  return metric === 'charge' || metric === 'cost' ? money : compact;
}

/** The change against the span before; beyond tenfold a percentage says nothing any more. */
export function growth(now: number, before: number): string {
  if (before === 0) {
    return NOTHING;
  }
  return now / before > MOST_GROWTH ? t('usage.growth', { times: MOST_GROWTH }) : change(now, before);
}
