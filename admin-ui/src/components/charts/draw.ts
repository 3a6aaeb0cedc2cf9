import uPlot from 'uplot';
import { zone } from '../../lib/time';
import { alone, apart, axisEnd, axisTimes, type Band, type Series, type TimeData } from './data';

export interface PlotOptions {
  data: TimeData;
  /** A value as the axis writes it. */
  axis: (value: number) => string;
  width: number;
  height: number;
  onCursor: (index: number | null) => void;
  onZoom: ((from: number, until: number) => void) | undefined;
}

const FONT = '11px "Inter Variable", system-ui, sans-serif';
const END_LABELS = 44;
const LEAST_DRAG = 6;

/** Draws a chart over time into an element. All decisions on numbers are made; here are only pixels. */
export function plot(place: HTMLElement, options: PlotOptions): uPlot {
  const { data, width, height } = options;
  return new uPlot(
    {
      width,
      height,
      ms: 1,
      tzDate: (at) => (zone.get() === 'utc' ? uPlot.tzDate(new Date(at), 'Etc/UTC') : new Date(at)),
      padding: [12, data.series.length > 1 ? END_LABELS : 12, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        points: { size: 7, stroke: () => colour('--panel'), width: 2 },
        drag: { x: options.onZoom !== undefined, y: false, setScale: false, dist: LEAST_DRAG },
        sync: { key: 'time' },
      },
      scales: {
        x: { time: true, range: () => [data.at[0] ?? 0, (data.at.at(-1) ?? 1) + data.bucketSeconds * 1000] },
        y: { range: (_, __, most) => [0, axisEnd(most)] },
      },
      axes: [xAxis(), yAxis(options.axis)],
      series: [{}, ...data.series.map(line)],
      hooks: {
        drawClear: [(chart) => drawBands(chart, data.bands)],
        draw: [(chart) => drawEnds(chart, data.series)],
        setCursor: [(chart) => options.onCursor(chart.cursor.idx ?? null)],
        setSelect: [(chart) => zoom(chart, options.onZoom)],
      },
    },
    [data.at as number[], ...data.series.map(({ values }) => values as (number | null)[])],
    place,
  );
}

/** A token's colour as it is now, for a canvas. */
export function colour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}

function token({ colour: name }: Series): string {
  return name === 'other' ? '--c-other' : `--${name}`;
}

function line(series: Series): uPlot.Series {
  return {
    label: series.name,
    stroke: () => colour(token(series)),
    width: 1.5,
    ...(series.dash === true && { dash: [5, 3] }),
    ...(series.fill === true && { fill: () => `color-mix(in srgb, ${colour(token(series))} 9%, transparent)` }),
    // A value between two gaps has no line to be seen by.
    points: { size: 5, fill: () => colour(token(series)), filter: () => alone(series.values) },
    spanGaps: false,
  };
}

function xAxis(): uPlot.Axis {
  return {
    font: FONT,
    size: 26,
    gap: 5,
    space: 70,
    stroke: () => colour('--ink-3'),
    grid: { stroke: () => colour('--grid'), width: 1 },
    ticks: { show: false },
    values: (_, splits, __, ___, step) => axisTimes(splits, step),
  };
}

function yAxis(format: (value: number) => string): uPlot.Axis {
  return {
    font: FONT,
    size: 52,
    gap: 6,
    space: 38,
    stroke: () => colour('--ink-3'),
    grid: { stroke: () => colour('--grid'), width: 1 },
    ticks: { show: false },
    values: (_, splits) => splits.map(format),
  };
}

function drawBands(chart: uPlot, bands: readonly Band[]): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const band of bands) {
    const left = chart.valToPos(band.from, 'x', true);
    const right = chart.valToPos(band.until ?? band.from, 'x', true);
    ctx.fillStyle = colour('--band');
    ctx.fillRect(left, bbox.top, Math.max(0, right - left), bbox.height);
    ctx.strokeStyle = colour('--warn');
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

/** Names of the lines where they end, so that nobody looks back and forth to a legend. */
function drawEnds(chart: uPlot, series: readonly Series[]): void {
  if (series.length < 2) {
    return;
  }
  const ends = series.flatMap((one) => {
    const last = one.values.findLastIndex((value) => value !== null);
    const value = one.values[last];
    const at = chart.data[0][last];
    return value == null || at === undefined
      ? []
      : [{ one, x: chart.valToPos(at, 'x', true), y: chart.valToPos(value, 'y', true) }];
  });
  const places = apart(
    ends.map(({ y }) => y),
    13 * devicePixelRatio,
  );
  const { ctx } = chart;
  ctx.save();
  ctx.font = `600 ${FONT.replace('11', String(11 * devicePixelRatio))}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ends.forEach(({ one, x }, index) => {
    ctx.fillStyle = colour(token(one));
    ctx.fillText(one.name, x + 8 * devicePixelRatio, places[index] ?? 0);
  });
  ctx.restore();
}

function zoom(chart: uPlot, onZoom: PlotOptions['onZoom']): void {
  const { left, width } = chart.select;
  if (width < LEAST_DRAG) {
    return;
  }
  const from = chart.posToVal(left, 'x');
  const until = chart.posToVal(left + width, 'x');
  chart.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  onZoom?.(Math.floor(from), Math.ceil(until));
}
