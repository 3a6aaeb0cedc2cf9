import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { cx } from '../../lib/cx';
import { compact, count, duration } from '../../lib/format';
import { t } from '../../lib/i18n';
import { time, useZone } from '../../lib/time';
import type { SeriesColour } from './data';
import styles from './Histogram.module.css';

/** A state, or a series that is none. */
export type StackTone = 'good' | 'neutral' | 'faint' | 'warn' | 'policy' | 'bad' | SeriesColour;

export interface Stack {
  id: string;
  name: string;
  tone: StackTone;
  /** One a bucket; none is zero. */
  values: readonly number[];
}

export interface HistogramProps {
  /** What is counted, in a sentence. */
  label: string;
  /** The start of each bucket, milliseconds. */
  at: readonly number[];
  bucketSeconds: number;
  /** From the bottom up. */
  stacks: readonly Stack[];
  /** A range was drawn, or chosen by keys. */
  onBrush: (from: number, until: number) => void;
  /** A value with its unit, and a short one; counts where they are left out. */
  format?: (value: number) => string;
  short?: (value: number) => string;
  height?: number;
  /** How a bucket is called; by its clock or its day where it is left out. */
  when?: (at: number) => string;
}

const HEIGHT = 64;
const TICKS = 6;

interface Span {
  first: number;
  last: number;
}

/** Counts over time as stacked bars. Dragging, or Shift with arrows and Enter, chooses a range. */
export function Histogram(props: HistogramProps) {
  const { label, at, bucketSeconds, stacks, onBrush, format = count, short = compact, height = HEIGHT, when } = props;
  const [cursor, setCursor] = useState<number>();
  const [brush, setBrush] = useState<Span>();
  useZone();
  const sums = at.map((_, index) => stacks.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  const most = Math.max(0, ...sums);
  const finish = (span: Span) => {
    const from = at[Math.min(span.first, span.last)];
    const until = at[Math.max(span.first, span.last)];
    setBrush(undefined);
    if (from !== undefined && until !== undefined) {
      onBrush(from, until + bucketSeconds * 1000);
    }
  };
  const bucketOf = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.max(0, Math.min(at.length - 1, Math.floor(share * at.length)));
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(at.length - 1, (cursor ?? at.length) + step));
      setCursor(next);
      setBrush(event.shiftKey ? { first: brush?.first ?? cursor ?? next, last: next } : undefined);
    }
    if (event.key === 'Enter' && cursor !== undefined) {
      finish(brush ?? { first: cursor, last: cursor });
    }
    if (event.key === 'Escape' && brush !== undefined) {
      event.stopPropagation();
      setBrush(undefined);
    }
  };
  return (
    <div className={styles.frame}>
      <Legend
        stacks={stacks}
        at={at}
        cursor={cursor}
        most={most}
        seconds={bucketSeconds}
        format={format}
        short={short}
        when={when}
      />
      <div
        className={styles.bars}
        role="img"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the crosshair
        tabIndex={0}
        style={{ height }}
        onKeyDown={press}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const bucket = bucketOf(event);
          setBrush({ first: bucket, last: bucket });
        }}
        onPointerMove={(event) => {
          const bucket = bucketOf(event);
          setCursor(bucket);
          setBrush((span) => (span === undefined || event.buttons === 0 ? undefined : { ...span, last: bucket }));
        }}
        onPointerUp={() => brush !== undefined && finish(brush)}
        onPointerCancel={() => setBrush(undefined)}
        onPointerLeave={() => setCursor(undefined)}
      >
        <Bars stacks={stacks} at={at} most={most} cursor={cursor} />
        {brush !== undefined && <Brush span={brush} count={at.length} />}
      </div>
      {when === undefined ? <Axis at={at} bucketSeconds={bucketSeconds} /> : <Buckets at={at} when={when} />}
      <span className="visually-hidden" aria-live="polite">
        {cursor !== undefined && document.activeElement?.getAttribute('aria-label') === label
          ? `${(when ?? minute)(at[cursor] ?? 0)}: ${format(sums[cursor] ?? 0)}`
          : ''}
      </span>
    </div>
  );
}

interface LegendProps {
  stacks: readonly Stack[];
  at: readonly number[];
  cursor: number | undefined;
  most: number;
  seconds: number;
  format: (value: number) => string;
  short: (value: number) => string;
  when: ((at: number) => string) | undefined;
}

function Legend({ stacks, at, cursor, most, seconds, format, short, when = dayMinute }: LegendProps) {
  return (
    <div className={styles.legend}>
      {stacks.map(({ id, name, tone, values }) => (
        <span key={id} className={styles.key}>
          <span className={cx(styles.block, styles[tone])} />
          {name}
          <b>{format(cursor === undefined ? values.reduce((sum, value) => sum + value, 0) : (values[cursor] ?? 0))}</b>
        </span>
      ))}
      <span className={styles.at}>
        {cursor === undefined
          ? most > 0 && t('shell.chart.most', { most: short(most), span: duration(seconds * 1000) })
          : when(at[cursor] ?? 0)}
      </span>
    </div>
  );
}

function Bars(props: { stacks: readonly Stack[]; at: readonly number[]; most: number; cursor: number | undefined }) {
  const { stacks, at, most, cursor } = props;
  const bars = at.map((start, index) => {
    let top = 100;
    return stacks.flatMap(({ id, tone, values }) => {
      const value = values[index] ?? 0;
      if (value === 0) {
        return [];
      }
      const height = Math.max(1.2, (value / most) * 96);
      top -= height;
      const opacity = cursor === undefined || cursor === index ? 1 : 0.62;
      return [
        <rect
          key={`${id} ${start}`}
          className={styles[tone]}
          x={index + 0.1}
          width={0.8}
          y={top}
          height={height}
          opacity={opacity}
        />,
      ];
    });
  });
  return (
    <svg viewBox={`0 0 ${Math.max(1, at.length)} 100`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {bars}
    </svg>
  );
}

function Brush({ span, count: buckets }: { span: Span; count: number }) {
  const left = Math.min(span.first, span.last);
  const right = Math.max(span.first, span.last) + 1;
  return (
    <span
      className={styles.brush}
      style={{ left: `${(left / buckets) * 100}%`, width: `${((right - left) / buckets) * 100}%` }}
    />
  );
}

function Axis({ at, bucketSeconds }: { at: readonly number[]; bucketSeconds: number }) {
  const first = at[0];
  if (first === undefined) {
    return <div className={styles.axis} />;
  }
  const length = at.length * bucketSeconds * 1000;
  const long = length > 26 * 3_600_000;
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => index / TICKS);
  return (
    <div className={styles.axis} aria-hidden="true">
      {ticks.map((share) => (
        <span key={share} style={{ left: `${share * 100}%` }}>
          {time(first + share * length, long ? 'day' : 'minute')}
        </span>
      ))}
    </div>
  );
}

/** Buckets by their names, each below its bar, as many as have room. */
function Buckets({ at, when }: { at: readonly number[]; when: (at: number) => string }) {
  const step = Math.ceil(at.length / TICKS / 2);
  return (
    <div className={styles.buckets} aria-hidden="true">
      {at.map((start, index) =>
        index % step === 0 ? (
          <span key={start} style={{ left: `${((index + 0.5) / at.length) * 100}%` }}>
            {when(start)}
          </span>
        ) : null,
      )}
    </div>
  );
}

function minute(at: number): string {
  return time(at, 'minute');
}

function dayMinute(at: number): string {
  return time(at, 'dayMinute');
}

/** A sentence for those who do not see the bars. */
export function histogramSentence(stacks: readonly Stack[]): string {
  const parts = stacks
    .map(({ name, values }) => ({ name, sum: values.reduce((all, value) => all + value, 0) }))
    .filter(({ sum }) => sum > 0)
    .map(({ name, sum }) => `${name} ${count(sum)}`);
  return parts.length === 0 ? t('shell.chart.nothing') : parts.join(', ');
}
