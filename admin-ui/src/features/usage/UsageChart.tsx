import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useMemo, useState } from 'react';
import { IconButton } from '../../components/Button';
import { Histogram, type Stack } from '../../components/charts/Histogram';
import { ChartIcon, DownloadIcon, TableIcon } from '../../components/icons';
import { Answer } from '../../components/States';
import { type Column, Table } from '../../components/Table';
import { saveCsv } from '../../lib/csv';
import { t } from '../../lib/i18n';
import { read } from '../../lib/query';
import { iso } from '../../lib/range';
import { useSession } from '../../lib/session';
import { time } from '../../lib/time';
import {
  type Bucket,
  beginnings,
  bucketMs,
  type Group,
  largest,
  type Metric,
  nameOf,
  stacksOf,
  type UsageView,
  valuesAt,
} from './prepare';
import styles from './Usage.module.css';
import { formatOf, shortOf, type UsageAddress, whose } from './view';

const HEIGHT = 190;
const FRAME = 262;

export interface UsageChartProps {
  metric: Metric;
  group: Group;
  /** Sums by group, the largest charges first. */
  groups: readonly UsageView[];
  span: { from: number; until: number };
  bucket: Bucket;
  view: UsageAddress;
  onBrush: (from: number, until: number) => void;
}

/** A measure over time: the five largest groups, and all others as one. */
export function UsageChart(props: UsageChartProps) {
  const { metric, view, span, bucket } = props;
  const { can } = useSession();
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const { query, stacks, at } = useStacks(props);
  const format = formatOf(metric);
  const title = t('usage.chart.title', { metric: t(`usage.metric.${metric}`) });
  const sentence = sentenceOf(stacks, format);
  const within = { ...whose(view), range: view.range, from: view.from, until: view.until };
  return (
    <figure className={styles.chart} aria-labelledby={`${id}t`} aria-describedby={`${id}s`}>
      <header className={styles.chartHead}>
        <h2 id={`${id}t`}>{title}</h2>
        <span className={styles.actions}>
          {can('REQUESTS_READ') && (
            <Link to="/requests" search={within as never}>
              {t('usage.chart.inRange')}
            </Link>
          )}
          <IconButton
            small
            label={t(asTable ? 'shell.chart.chart' : 'shell.chart.table')}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <ChartIcon size={14} /> : <TableIcon size={14} />}
          </IconButton>
          <IconButton small label={t('shell.chart.csv')} onClick={() => save(title, span, at, stacks)}>
            <DownloadIcon size={14} />
          </IconButton>
        </span>
        <p id={`${id}s`} className={styles.sentence}>
          {sentence} {bucket === 'day' && t('usage.chart.days')}
        </p>
      </header>
      <Answer query={query} height={FRAME}>
        {() =>
          asTable ? (
            <Values title={title} at={at} stacks={stacks} format={format} bucket={bucket} />
          ) : (
            <Histogram
              label={`${sentence} ${t('shell.chart.keys')}`}
              at={at}
              bucketSeconds={bucketMs(bucket) / 1000}
              stacks={stacks}
              onBrush={props.onBrush}
              format={format}
              short={shortOf(metric)}
              height={HEIGHT}
              {...(bucket === 'day' && { when: dayOf })}
            />
          )
        }
      </Answer>
    </figure>
  );
}

/** The total over time, and for each of the largest groups its own: what is left of the total are the others. */
function useStacks({ metric, group, groups, span, bucket, view }: UsageChartProps) {
  const asked = { ...whose(view), by: bucket, from: iso(span.from), until: iso(span.until), limit: 1000 };
  const query = useQuery({
    ...read('/api/admin/v1/usage', { params: { query: asked } }),
    placeholderData: keepPreviousData,
  });
  const shown = useMemo(() => largest(groups, metric), [groups, metric]);
  const parts = useQueries({
    queries: shown.map((one) => read('/api/admin/v1/usage', { params: { query: { ...asked, [group]: one.group } } })),
    combine: (answers) => answers.map(({ data }) => data?.items),
  });
  const at = useMemo(() => beginnings(span, bucket), [span, bucket]);
  const stacks = useMemo(() => {
    const total = valuesAt(query.data?.items ?? [], at, metric);
    const named = shown.flatMap((one, index) => {
      const items = parts[index];
      return items === undefined ? [] : [{ id: one.group, name: nameOf(one), values: valuesAt(items, at, metric) }];
    });
    return stacksOf(named, total, t('usage.chart.other'));
  }, [query.data, parts, shown, at, metric]);
  return { query, stacks, at };
}

function sentenceOf(stacks: readonly Stack[], format: (value: number) => string): string {
  const sums = stacks.map(({ id, name, values }) => ({ id, name, sum: values.reduce((all, one) => all + one, 0) }));
  const total = sums.reduce((all, { sum }) => all + sum, 0);
  const most = sums.filter(({ id }) => id !== '').toSorted((one, other) => other.sum - one.sum)[0];
  return most === undefined || total === 0
    ? t('usage.chart.nothing')
    : t('usage.chart.sentence', { total: format(total), name: most.name, most: format(most.sum) });
}

/** A day of UTC by its date, whatever the reader's zone. */
function dayOf(at: number): string {
  return time(at + bucketMs('day') / 2, 'day');
}

interface Row {
  at: number;
  values: readonly number[];
}

function rowsOf(at: readonly number[], stacks: readonly Stack[]): readonly Row[] {
  return at.map((moment, index) => ({ at: moment, values: stacks.map(({ values }) => values[index] ?? 0) }));
}

function save(title: string, span: { from: number }, at: readonly number[], stacks: readonly Stack[]): void {
  saveCsv(
    `${title.toLowerCase().replaceAll(/\W+/g, '-')}-${iso(span.from).slice(0, 10)}.csv`,
    [t('shell.chart.time'), ...stacks.map(({ name }) => name)],
    rowsOf(at, stacks).map((row) => [iso(row.at), ...row.values]),
  );
}

interface ValuesProps {
  title: string;
  at: readonly number[];
  stacks: readonly Stack[];
  format: (value: number) => string;
  bucket: Bucket;
}

function Values({ title, at, stacks, format, bucket }: ValuesProps) {
  const columns: Column<Row>[] = [
    {
      id: 'at',
      head: t('shell.chart.time'),
      width: 130,
      mono: true,
      cell: (row) => (bucket === 'day' ? iso(row.at).slice(0, 10) : time(row.at, 'dayMinute')),
    },
    ...stacks.map(({ id, name }, index) => ({
      id: id === '' ? 'other' : id,
      head: name,
      number: true,
      cell: ({ values }: Row) => format(values[index] ?? 0),
    })),
    {
      id: 'total',
      head: t('usage.chart.total'),
      number: true,
      cell: ({ values }) => format(values.reduce((sum, value) => sum + value, 0)),
    },
  ];
  return (
    <div className={styles.values}>
      <Table label={title} columns={columns} rows={rowsOf(at, stacks).toReversed()} rowId={(row) => String(row.at)} />
    </div>
  );
}
