import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RequestFilter } from '../../lib/contract';
import { anyText, atLeastMoney, atLeastTime, type FilterWord, oneOf } from '../../lib/filters';
import { t } from '../../lib/i18n';
import { codeText, KINDS } from '../../lib/outcome';
import { read } from '../../lib/query';
import type { Range } from '../../lib/range';
import { useSession } from '../../lib/session';
import type { RequestFilterView } from '../../lib/view';

/** Members of the address that the filter bar writes. */
export type Narrowing = Exclude<keyof RequestFilter, 'from' | 'until'>;

export const NARROWINGS: readonly Narrowing[] = [
  'tenant',
  'project',
  'key',
  'model',
  'kind',
  'code',
  'node',
  'dialect',
  'minFirstTokenMs',
  'minTotalMs',
  'minChargeNano',
];

const CODES = [
  'rate_limit_exceeded',
  'budget_exceeded',
  'content_policy',
  'model_not_permitted',
  'context_length_exceeded',
  'no_healthy_node',
  'node_busy',
  'upstream_lost',
  'upstream_failed',
  'deadline_exceeded',
  'overloaded',
  'internal_error',
];

const LOOKUP = { staleTime: 60_000 };

/** The view as the API narrows by it. */
export function asked(view: RequestFilterView, range: Range): RequestFilter {
  const filter: RequestFilter = { from: range.from, until: range.until };
  for (const name of NARROWINGS) {
    const value = view[name];
    if (value !== undefined) {
      Object.assign(filter, { [name]: value });
    }
  }
  return filter;
}

/** Whether anything but a tenant and a time narrows the view. */
export function narrowed(view: RequestFilterView): boolean {
  return NARROWINGS.some((name) => name !== 'tenant' && view[name] !== undefined);
}

/** The words of the filter bar, with the names that this user may see. */
export function useFilterWords(): readonly FilterWord<Narrowing>[] {
  const session = useSession();
  const all = { params: { query: { limit: 200 } } };
  const tenants = useQuery({
    ...read('/api/admin/v1/tenants', all),
    ...LOOKUP,
    enabled: session.everywhere && session.can('TENANTS_READ'),
  });
  const projects = useQuery({
    ...read('/api/admin/v1/projects', all),
    ...LOOKUP,
    enabled: session.can('PROJECTS_READ'),
  });
  const keys = useQuery({ ...read('/api/admin/v1/keys', all), ...LOOKUP, enabled: session.can('KEYS_READ') });
  const models = useQuery({ ...read('/api/admin/v1/models'), ...LOOKUP, enabled: session.can('PRICES_READ') });
  const nodes = useQuery({
    ...read('/api/admin/v1/nodes'),
    ...LOOKUP,
    enabled: session.everywhere && session.can('NODES_READ'),
  });
  return useMemo(
    () =>
      words({
        everywhere: session.everywhere,
        tenants: named(tenants.data),
        projects: named(projects.data),
        keys: named(keys.data),
        models: (models.data?.items ?? []).map(({ id }) => id),
        nodes: (nodes.data?.items ?? []).map(({ name }) => name),
      }),
    [session.everywhere, tenants.data, projects.data, keys.data, models.data, nodes.data],
  );
}

interface Named {
  value: string;
  text: string;
}

interface Names {
  everywhere: boolean;
  tenants: readonly Named[];
  projects: readonly Named[];
  keys: readonly Named[];
  models: readonly string[];
  nodes: readonly string[];
}

function words(names: Names): readonly FilterWord<Narrowing>[] {
  const tenant = oneOf<Narrowing>(
    { word: 'tenant', param: 'tenant', about: t('requests.filter.tenant') },
    names.tenants,
  );
  return [
    ...(names.everywhere ? [tenant] : []),
    oneOf({ word: 'project', param: 'project', about: t('requests.filter.project') }, names.projects),
    oneOf({ word: 'key', param: 'key', about: t('requests.filter.key') }, names.keys),
    anyText({ word: 'model', param: 'model', about: t('requests.filter.model'), values: plain(names.models) }),
    oneOf({ word: 'kind', aliases: ['status'], param: 'kind', about: t('requests.filter.kind') }, plain(KINDS)),
    anyText({ word: 'code', param: 'code', about: t('requests.filter.code'), values: plain(CODES) }),
    anyText({ word: 'node', param: 'node', about: t('requests.filter.node'), values: plain(names.nodes) }),
    anyText({
      word: 'dialect',
      param: 'dialect',
      about: t('requests.filter.dialect'),
      values: plain(['openai', 'anthropic']),
    }),
    atLeastTime({ word: 'ttft', param: 'minFirstTokenMs', about: t('requests.filter.ttft') }),
    atLeastTime({ word: 'total', param: 'minTotalMs', about: t('requests.filter.total') }),
    atLeastMoney({ word: 'cost', param: 'minChargeNano', about: t('requests.filter.cost') }),
  ];
}

function plain(values: readonly string[]): readonly Named[] {
  return values.map((value) => ({ value, text: value }));
}

function named(answer: { items: readonly { id: string; name: string }[] } | undefined): readonly Named[] {
  return (answer?.items ?? []).map(({ id, name }) => ({ value: id, text: name }));
}

/** Why a request ended as it did, in a few words. */
export function outcomeText({ kind, code }: { kind: string; code?: string | null }): string {
  return codeText(kind, kind === 'completed' ? null : code);
}
