import { locale } from '../../lib/i18n';
import { time } from '../../lib/time';

export type SeriesColour = 'c1' | 'c2' | 'c3' | 'c4' | 'c5' | 'other';

export interface Series {
  id: string;
  name: string;
  colour: SeriesColour;
  /** Set apart without colour. */
  dash?: boolean;
  /** The ground below the line is tinted; for one line alone. */
  fill?: boolean;
  /** One a point; null where nothing is known, which is a gap and not zero. */
  values: readonly (number | null)[];
}

/** What happened: a span, or a moment when `until` is null. Milliseconds. */
export interface Band {
  from: number;
  until: number | null;
  label: string;
  /** The address of what tells more of it. */
  to?: string;
}

/** What a chart over time shows; it decides nothing more. */
export interface TimeData {
  /** Milliseconds, rising. */
  at: readonly number[];
  series: readonly Series[];
  bands: readonly Band[];
  bucketSeconds: number;
}

export function hasValues(data: TimeData): boolean {
  return data.series.some(({ values }) => values.some((value) => value !== null));
}

/** The last point at which one of the series has a value. */
export function lastWithValue(data: TimeData): number {
  for (let at = data.at.length - 1; at >= 0; at--) {
    if (data.series.some(({ values }) => values[at] != null)) {
      return at;
    }
  }
  return -1;
}

/** What happened at a moment. A moment's event counts for its whole bucket. */
export function bandsAt(data: TimeData, at: number): readonly Band[] {
  const width = data.bucketSeconds * 1000;
  return data.bands.filter((band) => at >= band.from - width && at <= (band.until ?? band.from + width));
}

/** The values that stand alone between gaps. */
export function alone(values: readonly (number | null)[]): number[] {
  return values.flatMap((value, index) =>
    value !== null && values[index - 1] == null && values[index + 1] == null ? [index] : [],
  );
}

/** Labels of an axis of time: clocks, days where a day begins or where steps are days. */
export function axisTimes(splits: readonly number[], step: number): string[] {
  return splits.map((at) =>
    step >= 86_400_000 || time(at, 'minute') === '00:00' ? time(at, 'day') : time(at, 'minute'),
  );
}

/** A round end for an axis that begins at zero. */
export function axisEnd(most: number): number {
  if (!(most > 0)) {
    return 1;
  }
  const size = 10 ** Math.floor(Math.log10(most));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * size >= most * 1.05);
  return (step ?? 12) * size;
}

/** Places for labels at the ends of lines, pushed apart so that none covers another. */
export function apart(places: readonly number[], least: number): number[] {
  const order = places.map((place, index) => ({ place, index })).sort((one, other) => one.place - other.place);
  const result = [...places];
  let former = Number.NEGATIVE_INFINITY;
  for (const { place, index } of order) {
    former = Math.max(place, former + least);
    result[index] = former;
  }
  return result;
}

/** The words of a list: "a, b and c". */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(words);
}
