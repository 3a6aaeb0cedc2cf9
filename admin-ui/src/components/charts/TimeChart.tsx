import { lazy, type ReactNode, Suspense, useId, useMemo, useState } from 'react';
import { saveCsv } from '../../lib/csv';
import { cx } from '../../lib/cx';
import { duration, NOTHING } from '../../lib/format';
import { t } from '../../lib/i18n';
import { fresh } from '../../lib/loading';
import { iso } from '../../lib/range';
import { time, useZone, zoneName } from '../../lib/time';
import { IconButton } from '../Button';
import { ChartIcon, DownloadIcon, TableIcon } from '../icons';
import { type Column, Table } from '../Table';
import styles from './Chart.module.css';
import { bandsAt, hasValues, lastWithValue, type TimeData } from './data';

// Numbers and sentences need not wait for what draws.
const Plot = lazy(() => fresh(() => import('./Plot')));
const Events = lazy(() => fresh(() => import('./Events')));

export interface TimeChartProps {
  title: string;
  /** The answer in one sentence, for everybody. */
  sentence: string;
  data: TimeData;
  /** A value with its unit. */
  format: (value: number) => string;
  /** A value on the axis; as `format` where it is left out. */
  axis?: (value: number) => string;
  /** A range was drawn. */
  onZoom?: (from: number, until: number) => void;
  /** Links: "Requests in this range". */
  actions?: ReactNode;
  height?: number;
}

/** Lines over time: one question, its answer as a sentence, as a picture and as a table. */
export function TimeChart(props: TimeChartProps) {
  const { title, sentence, data, format, actions, height = 190 } = props;
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const [cursor, setCursor] = useState<number | null>(null);
  useZone();
  const shown = cursor ?? lastWithValue(data);
  const empty = !hasValues(data);
  const save = () =>
    saveCsv(
      `${title.toLowerCase().replaceAll(/\W+/g, '-')}.csv`,
      [t('shell.chart.time'), ...data.series.map(({ name }) => name)],
      data.at.map((at, index) => [iso(at), ...data.series.map(({ values }) => values[index] ?? null)]),
    );
  return (
    <figure className={styles.chart} aria-labelledby={`${id}t`} aria-describedby={`${id}s`}>
      <div className={styles.head}>
        <h2 id={`${id}t`}>{title}</h2>
        <span className={styles.actions}>
          {actions}
          <IconButton
            small
            label={t(asTable ? 'shell.chart.chart' : 'shell.chart.table')}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <ChartIcon size={14} /> : <TableIcon size={14} />}
          </IconButton>
          <IconButton small label={t('shell.chart.csv')} onClick={save}>
            <DownloadIcon size={14} />
          </IconButton>
        </span>
        <p id={`${id}s`} className={styles.sentence}>
          {sentence}
        </p>
      </div>
      {asTable ? (
        <Values data={data} format={format} title={title} />
      ) : (
        <>
          <Legend data={data} format={format} at={shown} />
          {empty ? (
            <div className={cx(styles.plot, styles.empty)} style={{ height }}>
              {t('shell.chart.nothing')}
            </div>
          ) : (
            <Suspense fallback={<div className={styles.plot} style={{ height }} />}>
              <Plot {...props} height={height} cursor={cursor} onCursor={setCursor} />
            </Suspense>
          )}
        </>
      )}
      <div className={styles.foot}>
        <span>{t('shell.chart.buckets', { span: duration(data.bucketSeconds * 1000) })}</span>
        {data.bands.length > 0 && (
          <Suspense>
            <Events bands={data.bands} />
          </Suspense>
        )}
        <span>{zoneName()}</span>
      </div>
    </figure>
  );
}

function Legend({ data, format, at }: { data: TimeData; format: (value: number) => string; at: number }) {
  const moment = data.at[at];
  return (
    <div className={styles.legend}>
      {data.series.map((series) => {
        const value = series.values[at];
        return (
          <span key={series.id} className={styles.key}>
            <span className={cx(styles.swatch, styles[series.colour], series.dash === true && styles.dash)} />
            {series.name}
            <b>{value == null ? NOTHING : format(value)}</b>
          </span>
        );
      })}
      {moment !== undefined && (
        <span className={styles.at}>{[time(moment, 'dayMinute'), ...eventsAt(data, moment)].join(' · ')}</span>
      )}
    </div>
  );
}

/** So many events are named; of more only how many. */
const NAMED_EVENTS = 2;

function eventsAt(data: TimeData, moment: number): readonly string[] {
  const labels = bandsAt(data, moment).map(({ label }) => label);
  const more = labels.length - NAMED_EVENTS;
  return more > 1 ? [...labels.slice(0, NAMED_EVENTS), t('shell.chart.events', { count: more })] : labels;
}

interface Point {
  at: number;
  values: readonly (number | null)[];
}

function Values({ data, format, title }: { data: TimeData; format: (value: number) => string; title: string }) {
  const points = useMemo(
    () =>
      data.at
        .map((at, index): Point => ({ at, values: data.series.map(({ values }) => values[index] ?? null) }))
        .reverse(),
    [data],
  );
  const columns: Column<Point>[] = [
    { id: 'at', head: t('shell.chart.time'), mono: true, cell: ({ at }) => time(at, 'full') },
    ...data.series.map((series, index) => ({
      id: series.id,
      head: series.name,
      number: true,
      cell: ({ values }: Point) => {
        const value = values[index];
        return value == null ? NOTHING : format(value);
      },
    })),
    ...(data.bands.length === 0
      ? []
      : [
          {
            id: 'event',
            head: t('shell.chart.event'),
            cell: ({ at }: Point) =>
              bandsAt(data, at)
                .map(({ label }) => label)
                .join(', '),
          },
        ]),
  ];
  return (
    <div className={styles.table}>
      <Table label={title} columns={columns} rows={points} rowId={({ at }) => String(at)} />
    </div>
  );
}
