import { useSyncExternalStore } from 'react';
import { NOTHING } from './format';
import { locale } from './i18n';

export type Zone = 'local' | 'utc';

/** The zone in which all times show: the reader's own, or UTC. */
export const zone = store<Zone>('gatehouse.zone', 'local', (saved) => (saved === 'utc' ? 'utc' : 'local'));

export function useZone(): Zone {
  return useSyncExternalStore(zone.subscribe, zone.get);
}

/** The zone's name beside a clock: UTC, or the reader's offset. */
export function zoneName(at: Date = new Date()): string {
  if (zone.get() === 'utc') {
    return 'UTC';
  }
  const part = new Intl.DateTimeFormat('en', { timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName');
  return part?.value ?? '';
}

type Shape = 'clock' | 'minute' | 'day' | 'date' | 'dayMinute' | 'full' | 'month';

const SHAPES: Record<Shape, Intl.DateTimeFormatOptions> = {
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  dayMinute: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  full: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
  month: { month: 'long', year: 'numeric' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment in the chosen zone. Day before month and a clock of 24 hours, because logs are read across countries. */
export function time(at: string | number | Date | null | undefined, shape: Shape = 'clock'): string {
  if (at == null) {
    return NOTHING;
  }
  const key = `${zone.get()} ${shape} ${locale()}`;
  let format = formats.get(key);
  if (format === undefined) {
    const options = zone.get() === 'utc' ? { ...SHAPES[shape], timeZone: 'UTC' } : SHAPES[shape];
    format = new Intl.DateTimeFormat(locale() === 'en' ? 'en-GB' : locale(), options);
    formats.set(key, format);
  }
  return format.format(new Date(at));
}

/** How long ago, in one unit: 12 s ago. */
export function ago(at: string | number, now: number): string {
  const seconds = Math.max(0, Math.round((now - new Date(at).getTime()) / 1000));
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'always', style: 'narrow' });
  if (seconds < 60) {
    return relative.format(-seconds, 'second');
  }
  if (seconds < 3600) {
    return relative.format(-Math.floor(seconds / 60), 'minute');
  }
  return seconds < 86_400
    ? relative.format(-Math.floor(seconds / 3600), 'hour')
    : relative.format(-Math.floor(seconds / 86_400), 'day');
}

/** A preference of this browser that components can follow. */
export function store<Value extends string>(key: string, initial: Value, parse: (saved: string | null) => Value) {
  const listeners = new Set<() => void>();
  let value = initial;
  try {
    value = parse(localStorage.getItem(key));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  return {
    get: () => value,
    set(next: Value) {
      value = next;
      try {
        localStorage.setItem(key, next);
      } catch {
        // As above.
      }
      for (const listener of listeners) {
        listener();
      }
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
