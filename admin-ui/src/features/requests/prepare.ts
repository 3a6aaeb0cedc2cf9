import type { Stack, StackTone } from '../../components/charts/Histogram';
import type { HistogramBucket, RequestAttempt, RequestDetail } from '../../lib/contract';
import { kindText } from '../../lib/outcome';

type StackId = Exclude<keyof HistogramBucket, 'at'>;

/** From the bottom up: what went well first. */
const STACKS: readonly (readonly [StackId, StackTone])[] = [
  ['completed', 'good'],
  ['left', 'neutral'],
  ['other', 'faint'],
  ['cut', 'policy'],
  ['refused', 'warn'],
  ['failed', 'bad'],
];

/** The bars' stacks; those of which there is none in the whole range are left out, but not the first. */
export function stacksOf(buckets: readonly HistogramBucket[]): readonly Stack[] {
  return STACKS.map(([id, tone]) => ({
    id,
    tone,
    name: kindText(id),
    values: buckets.map((bucket) => bucket[id]),
  })).filter(({ id, values }) => id === 'completed' || values.some((value) => value > 0));
}

export type Phase = 'queue' | 'prefill' | 'decode' | 'rest';

export interface Segment {
  phase: Phase;
  from: number;
  ms: number;
}

export interface AttemptBar {
  attempt: number;
  node: string;
  segments: readonly Segment[];
}

export interface Waterfall {
  attempts: readonly AttemptBar[];
  /** What no node accounts for: reading, checking, screening, sending. Milliseconds. */
  restMs: number;
  totalMs: number;
  firstTokenMs: number | null;
}

/**
 * The phases of a request's attempts, one after the other. Nodes tell how long each took and not when it began, so an
 * attempt stands where the one before ended, and what is left of the whole stands at the end.
 */
export function waterfallOf(detail: RequestDetail): Waterfall {
  let at = 0;
  const attempts = detail.attempts.map((attempt): AttemptBar => {
    const segments: Segment[] = [];
    for (const [phase, ms] of phasesOf(attempt)) {
      if (ms > 0) {
        segments.push({ phase, from: at, ms });
        at += ms;
      }
    }
    return { attempt: attempt.attempt, node: attempt.node, segments };
  });
  const totalMs = Math.max(detail.times?.totalMs ?? detail.request.totalMs, at);
  return { attempts, restMs: totalMs - at, totalMs, firstTokenMs: detail.request.firstTokenMs ?? null };
}

function phasesOf(attempt: RequestAttempt): readonly (readonly [Phase, number])[] {
  return [
    ['queue', attempt.queueMs],
    ['prefill', attempt.prefillMs],
    ['decode', attempt.decodeMs],
  ];
}
