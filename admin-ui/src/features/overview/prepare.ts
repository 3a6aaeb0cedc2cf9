import type { TimeData } from '../../components/charts/data';
import type { Tone } from '../../components/Status';
import type { Attention, SeriesView } from '../../lib/contract';
import { duration, rate } from '../../lib/format';
import { named, t } from '../../lib/i18n';
import { iso } from '../../lib/range';
import { time } from '../../lib/time';

export interface Prepared {
  data: TimeData;
  sentence: string;
}

type Points = Pick<TimeData, 'at' | 'bands' | 'bucketSeconds'>;

function points(view: SeriesView): Points {
  return {
    at: view.buckets.map(({ at }) => Date.parse(at)),
    bucketSeconds: view.bucketSeconds,
    bands: view.events.map((event) => ({
      from: Date.parse(event.at),
      until: event.until == null ? null : Date.parse(event.until),
      to: actAddress(event),
      label: named('overview.event', event.what, { label: event.label }, `${event.label}: ${event.what}`),
    })),
  };
}

const AROUND_MS = 3_600_000;

/** The act in the audit log, in a range that is read at once. */
function actAddress({ act, at }: SeriesView['events'][number]): string {
  const moment = Date.parse(at);
  return `/audit/${act}?from=${iso(moment - AROUND_MS)}&until=${iso(moment + AROUND_MS)}`;
}

/** p50 and p95 of the time to the first token. A bucket without an answer is a gap. */
export function firstTokens(view: SeriesView): Prepared {
  const half = view.buckets.map(({ firstTokenP50Ms }) => firstTokenP50Ms ?? null);
  const most = view.buckets.map(({ firstTokenP95Ms }) => firstTokenP95Ms ?? null);
  const peak = peakOf(most);
  const shared = points(view);
  const at = peak === undefined ? undefined : shared.at[peak.index];
  return {
    data: {
      ...shared,
      series: [
        { id: 'p50', name: t('overview.chart.p50'), colour: 'c1', values: half },
        { id: 'p95', name: t('overview.chart.p95'), colour: 'c2', dash: true, values: most },
      ],
    },
    sentence:
      peak === undefined || at === undefined
        ? t('overview.chart.firstTokenNone')
        : t('overview.chart.firstTokenSentence', {
            p50: duration(middle(half)),
            p95: duration(middle(most)),
            time: time(at, 'minute'),
            most: duration(peak.value),
          }),
  };
}

/** Output tokens per second. A bucket without a token is zero, not a gap. */
export function outputRate(view: SeriesView): Prepared {
  const rates = view.buckets.map(({ outputTokens }) => outputTokens / view.bucketSeconds);
  const peak = peakOf(rates);
  const shared = points(view);
  const at = peak === undefined ? undefined : shared.at[peak.index];
  return {
    data: {
      ...shared,
      series: [{ id: 'rate', name: t('overview.chart.tokens'), colour: 'c1', fill: true, values: rates }],
    },
    sentence:
      peak === undefined || at === undefined || peak.value === 0
        ? t('overview.chart.outputNone')
        : t('overview.chart.outputSentence', {
            average: rate(rates.reduce((sum, value) => sum + value, 0) / rates.length),
            time: time(at, 'minute'),
            most: rate(peak.value),
          }),
  };
}

function peakOf(values: readonly (number | null)[]): { index: number; value: number } | undefined {
  let peak: { index: number; value: number } | undefined;
  values.forEach((value, index) => {
    if (value !== null && (peak === undefined || value > peak.value)) {
      peak = { index, value };
    }
  });
  return peak;
}

/** The middle one of the buckets' values: what the chart's line mostly shows. */
function middle(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other);
  return known[Math.floor(known.length / 2)] ?? null;
}

const TONES: Record<string, Tone> = {
  node_lost: 'bad',
  no_node: 'bad',
  budget_over: 'bad',
  reconciliation: 'bad',
  unknown_requests: 'warn',
  budget_soft: 'warn',
  key_expiring: 'warn',
  node_draining: 'neutral',
};

const WORSE: readonly Tone[] = ['bad', 'warn', 'busy', 'neutral', 'ok'];

/** What is over is no longer bad, only worth knowing. */
export function toneOf(attention: Attention): Tone {
  const tone = TONES[attention.kind] ?? 'warn';
  return attention.until != null && tone === 'bad' ? 'warn' : tone;
}

/** The worst first; a band speaks with the voice of its worst. */
export function byWorst(items: readonly Attention[]): readonly Attention[] {
  return items.toSorted((one, other) => WORSE.indexOf(toneOf(one)) - WORSE.indexOf(toneOf(other)));
}
