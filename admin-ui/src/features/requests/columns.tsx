import { Status } from '../../components/Status';
import type { Column } from '../../components/Table';
import type { RequestView } from '../../lib/contract';
import { count, money, NOTHING } from '../../lib/format';
import { t } from '../../lib/i18n';
import { kindTone } from '../../lib/outcome';
import { store, time } from '../../lib/time';
import { outcomeText } from './filter';

/** Columns that a reader has switched, by their ids. */
export const switched = store<string>('gatehouse.requests.columns', '', (saved) => saved ?? '');

/** A window in which every column finds its place. */
const ROOMY = '(width >= 1380px)';

export interface RequestColumn extends Column<RequestView> {
  /** Not shown until somebody asks for it. */
  extra?: boolean;
}

/** The columns of requests: the day too for ranges over several, the tenant only where there are several. */
export function requestColumns(days: boolean, tenants: boolean): readonly RequestColumn[] {
  const ms = t('requests.table.ms');
  return [
    {
      id: 'time',
      head: t('requests.table.time'),
      width: days ? 138 : 90,
      mono: true,
      cell: ({ arrived }) => (days ? `${time(arrived, 'day')} ${time(arrived)}` : time(arrived)),
    },
    {
      id: 'outcome',
      head: t('requests.table.outcome'),
      width: 172,
      cell: (row) => <Status tone={kindTone(row.kind)}>{outcomeText(row)}</Status>,
    },
    {
      id: 'tenant',
      head: t('requests.table.tenant'),
      extra: !tenants,
      cell: ({ tenantName, tenant }) => tenantName ?? tenant,
    },
    {
      id: 'project',
      head: t('requests.table.project'),
      extra: true,
      cell: ({ projectName, project }) => projectName ?? project,
    },
    { id: 'key', head: t('requests.table.key'), cell: ({ keyName, key }) => keyName ?? key },
    { id: 'model', head: t('requests.table.model'), cell: ({ model }) => model },
    { id: 'dialect', head: t('requests.table.dialect'), width: 84, extra: true, cell: ({ dialect }) => dialect },
    { id: 'node', head: t('requests.table.node'), width: 88, cell: ({ nodes }) => nodes.at(-1) ?? NOTHING },
    number('firstToken', t('requests.table.firstToken'), 102, ({ firstTokenMs }) => whole(firstTokenMs), ms),
    number('total', t('requests.table.total'), 76, ({ totalMs }) => whole(totalMs), ms),
    number('in', t('requests.table.in'), 60, ({ promptTokens }) => count(promptTokens)),
    { ...number('cached', t('requests.table.cached'), 66, ({ cachedTokens }) => count(cachedTokens)), extra: true },
    number('out', t('requests.table.out'), 60, ({ completionTokens }) => count(completionTokens)),
    {
      ...number('reasoning', t('requests.table.reasoning'), 82, ({ reasoningTokens }) => count(reasoningTokens)),
      extra: !matchMedia(ROOMY).matches,
    },
    number('charge', t('requests.table.charge'), 96, ({ chargeNano }) => money(chargeNano)),
  ];
}

function number(
  id: string,
  head: string,
  width: number,
  cell: (row: RequestView) => string,
  unit?: string,
): RequestColumn {
  return { id, head, width, number: true, cell, ...(unit !== undefined && { unit }) };
}

function whole(ms: number | null | undefined): string {
  return ms == null ? NOTHING : count(Math.round(ms));
}
