import { useEffect, useState } from 'react';
import { type Shared, useShared } from './view';

export const RANGES = ['15m', '1h', '6h', '24h', '7d', '30d'] as const;
export type RangeName = (typeof RANGES)[number];

const LENGTHS: Record<RangeName, number> = {
  '15m': 15 * 60_000,
  '1h': 3_600_000,
  '6h': 6 * 3_600_000,
  '24h': 24 * 3_600_000,
  '7d': 7 * 24 * 3_600_000,
  '30d': 30 * 24 * 3_600_000,
};

/** A range's length as one reads it: 24 h. */
export function spanText(name: RangeName): string {
  return name.replace(/([a-z])$/, '\u202f$1');
}

/** A span of time as the API takes it. `name` is there when it ends now and moves on. */
export interface Range {
  name: RangeName | undefined;
  from: string;
  until: string;
}

export const DEFAULT_RANGE: RangeName = '24h';

/** The span that an address means. `now` should be even, so that the same question keeps the same words. */
export function rangeOf(view: Shared, now: number): Range {
  if (view.from !== undefined && view.until !== undefined && Date.parse(view.from) < Date.parse(view.until)) {
    return { name: undefined, from: iso(Date.parse(view.from)), until: iso(Date.parse(view.until)) };
  }
  const name = RANGES.find((range) => range === view.range) ?? DEFAULT_RANGE;
  return { name, from: iso(now - LENGTHS[name]), until: iso(now) };
}

/** How long a range's picture stays as it is: long ones move by larger steps. */
export function stepOf(name: RangeName | undefined): number {
  return name === undefined ? Number.POSITIVE_INFINITY : Math.min(60_000, Math.max(10_000, LENGTHS[name] / 360));
}

/** The range of the address; one that ends now moves on by even steps. */
export function useRange(): Range {
  const view = useShared();
  const step = stepOf(rangeOf(view, 0).name);
  const now = useNow(Number.isFinite(step) ? step : 60_000);
  return rangeOf(view, now);
}

/** The time, rounded up to a step and followed while the page shows. */
export function useNow(step: number): number {
  const [now, setNow] = useState(() => even(step));
  useEffect(() => {
    setNow(even(step));
    const timer = setInterval(() => {
      if (!document.hidden) {
        setNow(even(step));
      }
    }, step);
    return () => clearInterval(timer);
  }, [step]);
  return now;
}

export function iso(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

function even(step: number): number {
  return Math.ceil(Date.now() / step) * step;
}
