import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Button } from '../../components/Button';
import { DownloadIcon } from '../../components/icons';
import { Panel } from '../../components/Panel';
import { type Column, RowCount, type Sort, Table } from '../../components/Table';
import { saveCsv } from '../../lib/csv';
import { compact, count, money, NOTHING } from '../../lib/format';
import { t } from '../../lib/i18n';
import { iso } from '../../lib/range';
import { useSession } from '../../lib/session';
import { type Group, type Metric, measureOf, nameOf, nextGroup, type UsageView } from './prepare';
import styles from './Usage.module.css';
import type { UsageSums } from './useUsage';
import { formatOf, growth, type UsageAddress } from './view';

export interface UsageTableProps {
  usage: UsageSums;
  total: UsageView;
  metric: Metric;
  group: Group;
  view: UsageAddress;
  onSort: (sort: Sort) => void;
}

interface Row {
  usage: UsageView;
  /** The measure in the span before; undefined where it is not known. */
  former: number | undefined;
  sum: boolean;
}

/** Sums by group; each leads closer, and at last to the requests themselves. */
export function UsageTable({ usage, total, metric, group, view, onSort }: UsageTableProps) {
  const { everywhere } = useSession();
  const { rows, sums, former, more, span } = usage;
  const columns = useMemo(() => usageColumns(metric, group, view, everywhere), [metric, group, view, everywhere]);
  const known = former.data;
  const shown = useMemo(() => {
    const earlier = new Map((known?.items ?? []).map((one) => [one.group, measureOf(one, metric)]));
    const whole = known !== undefined && known.next == null;
    return rows.map(
      (one): Row => ({ usage: one, former: earlier.get(one.group) ?? (whole ? 0 : undefined), sum: false }),
    );
  }, [rows, known, metric]);
  const sum: Row = {
    usage: total,
    former: known === undefined ? undefined : measureOf(known.total, metric),
    sum: true,
  };
  const name = t(`usage.group.${group}`);
  const label = t('usage.table.label', { group: name.toLowerCase() });
  return (
    <Panel
      title={t('usage.table.title', { group: name.toLowerCase() })}
      flush
      actions={
        <Button small look="quiet" onClick={() => save(group, span, shown, sum)}>
          <DownloadIcon size={14} />
          {t('usage.csv')}
        </Button>
      }
    >
      <div className={styles.table}>
        <Table
          label={label}
          columns={columns}
          rows={shown}
          rowId={(row) => row.usage.group}
          sort={view.sort ?? `-${metric}`}
          onSort={onSort}
          onEnd={more}
          total={sum}
          foot={
            sums.isFetchingNextPage ? (
              t('usage.table.loading')
            ) : sums.hasNextPage ? (
              t('usage.table.loaded', { count: rows.length })
            ) : (
              <RowCount count={rows.length} />
            )
          }
        />
      </div>
    </Panel>
  );
}

function usageColumns(metric: Metric, group: Group, view: UsageAddress, everywhere: boolean): readonly Column<Row>[] {
  const tokens = t('usage.table.tokens');
  const format = formatOf(metric);
  return [
    {
      id: 'name',
      head: t(`usage.group.${group}`),
      width: 170,
      cell: ({ usage, sum }) => (sum ? t('usage.table.total') : <Closer usage={usage} group={group} view={view} />),
      sort: ({ usage }) => nameOf(usage),
    },
    measure('charge', t('usage.table.charge'), 96, money),
    ...(everywhere ? [measure('cost', t('usage.table.cost'), 96, money)] : []),
    measure('requests', t('usage.table.requests'), 92, count),
    { ...measure('input', t('usage.table.input'), 100, compact), unit: tokens },
    { ...measure('cached', t('usage.table.cached'), 112, compact), unit: tokens },
    { ...measure('reasoning', t('usage.table.reasoning'), 128, compact), unit: tokens },
    { ...measure('output', t('usage.table.output'), 108, compact), unit: tokens },
    {
      id: 'before',
      head: t('usage.table.before'),
      unit: t(`usage.metric.${metric}`).toLowerCase(),
      width: 148,
      number: true,
      cell: ({ former }) => (former === undefined ? NOTHING : format(former)),
      sort: ({ former }) => former ?? null,
    },
    {
      id: 'change',
      head: t('usage.table.change'),
      width: 82,
      number: true,
      cell: ({ usage, former }) => (former === undefined ? NOTHING : growth(measureOf(usage, metric), former)),
      sort: ({ usage, former }) => (former ? measureOf(usage, metric) / former : null),
    },
  ];
}

function measure(metric: Metric, head: string, width: number, format: (value: number) => string): Column<Row> {
  return {
    id: metric,
    head,
    width,
    number: true,
    cell: ({ usage }) => format(measureOf(usage, metric)),
    sort: ({ usage }) => measureOf(usage, metric),
  };
}

/** One step closer with the same filters; a model's requests are the last. */
function Closer({ usage, group, view }: { usage: UsageView; group: Group; view: UsageAddress }) {
  const { can } = useSession();
  const next = nextGroup(group);
  const narrowed = { ...view, [group]: usage.group, sort: undefined };
  const { metric: _, group: __, bucket: ___, ...filter } = narrowed;
  if (next !== undefined) {
    return (
      <Link to={'/usage' as never} search={{ ...narrowed, group: next } as never}>
        {nameOf(usage)}
      </Link>
    );
  }
  return can('REQUESTS_READ') ? (
    <Link to="/requests" search={filter as never}>
      {nameOf(usage)}
    </Link>
  ) : (
    nameOf(usage)
  );
}

function save(group: Group, span: { from: number; until: number }, rows: readonly Row[], total: Row): void {
  const line = ({ usage, former, sum }: Row) => [
    sum ? '' : usage.group,
    sum ? t('usage.table.total') : nameOf(usage),
    usage.requests,
    usage.promptTokens,
    usage.cachedTokens,
    usage.completionTokens,
    usage.reasoningTokens,
    usage.chargeNano,
    usage.costNano,
    former ?? null,
  ];
  saveCsv(
    `usage-by-${group}-${iso(span.from).slice(0, 10)}-${iso(span.until).slice(0, 10)}.csv`,
    [
      group,
      'name',
      'requests',
      'promptTokens',
      'cachedTokens',
      'completionTokens',
      'reasoningTokens',
      'chargeNano',
      'costNano',
      'before',
    ],
    [...rows, total].map(line),
  );
}
