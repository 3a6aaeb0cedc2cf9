import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import { useDark } from '../../lib/appearance';
import { t } from '../../lib/i18n';
import { time } from '../../lib/time';
import styles from './Chart.module.css';
import { bandsAt, lastWithValue, listed, type TimeData } from './data';
import { plot } from './draw';
import type { TimeChartProps } from './TimeChart';

interface PlotProps extends TimeChartProps {
  height: number;
  cursor: number | null;
  onCursor: (index: number | null) => void;
}

/** The picture of a chart over time, with its crosshair. */
export default function Plot({ data, format, axis, sentence, height, cursor, onCursor, onZoom }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const dark = useDark();
  const latest = useRef({ onZoom, onCursor });
  latest.current = { onZoom, onCursor };
  const draggable = onZoom !== undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours of a canvas are read when it is drawn
  useEffect(() => {
    const element = place.current;
    if (element === null) {
      return;
    }
    const made = plot(element, {
      data,
      axis: axis ?? format,
      width: element.clientWidth,
      height,
      onCursor: (index) => latest.current.onCursor(index),
      onZoom: draggable ? (from, until) => latest.current.onZoom?.(from, until) : undefined,
    });
    chart.current = made;
    void document.fonts.ready.then(() => chart.current === made && made.redraw(false, true));
    const sizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [data, axis, format, height, draggable, dark]);

  const press = (event: KeyboardEvent) => {
    const next = stepOf(event, cursor ?? lastWithValue(data), data.at.length);
    const at = next === undefined ? undefined : data.at[next];
    if (at !== undefined && chart.current !== null) {
      event.preventDefault();
      chart.current.setCursor({ left: chart.current.valToPos(at, 'x'), top: 1 });
    }
  };
  return (
    <>
      <div
        ref={place}
        className={styles.plot}
        role="img"
        aria-label={`${sentence} ${t('shell.chart.keys')}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the crosshair
        tabIndex={0}
        onKeyDown={press}
        style={{ minHeight: height }}
      />
      <Spoken data={data} format={format} at={cursor} on={place} />
    </>
  );
}

/** Says the point of the crosshair while keys move it; a mouse is for those who see it. */
function Spoken(props: {
  data: TimeData;
  format: (value: number) => string;
  at: number | null;
  on: { current: HTMLElement | null };
}) {
  const { data, format, at } = props;
  const moment = at === null ? undefined : data.at[at];
  const text = useMemo(() => {
    if (at === null || moment === undefined || document.activeElement !== props.on.current) {
      return '';
    }
    const values = data.series.map(({ name, values }) => {
      const value = values[at];
      return `${name} ${value == null ? t('shell.chart.none') : format(value)}`;
    });
    return `${time(moment, 'minute')}: ${listed([...values, ...bandsAt(data, moment).map(({ label }) => label)])}`;
  }, [data, format, at, moment, props.on]);
  return (
    <span className="visually-hidden" aria-live="polite">
      {text}
    </span>
  );
}

function stepOf(event: KeyboardEvent, from: number, length: number): number | undefined {
  const large = Math.max(1, Math.round(length / 12));
  const steps: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    PageUp: from - large,
    PageDown: from + large,
    Home: 0,
    End: length - 1,
  };
  const next = steps[event.key];
  return next === undefined ? undefined : Math.max(0, Math.min(length - 1, next));
}
