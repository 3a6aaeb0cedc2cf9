import type { SeriesColour } from '../../components/charts/data';
import type { Stack } from '../../components/charts/Histogram';
import type { components } from '../../lib/api';

export type UsageView = components['schemas']['UsageView'];
export type UsagePart = components['schemas']['UsagePage'];
export type Forecast = components['schemas']['ForecastView'];

export const METRICS = ['charge', 'cost', 'requests', 'input', 'cached', 'reasoning', 'output'] as const;
export type Metric = (typeof METRICS)[number];
export const GROUPS = ['tenant', 'project', 'key', 'model'] as const;
export type Group = (typeof GROUPS)[number];
export type Bucket = 'hour' | 'day';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LONGEST_OF_HOURS = 7 * DAY_MS;
const SHORTEST_OF_DAYS = 2 * DAY_MS;
const HOURS_UP_TO = 3 * DAY_MS;

/** At most so many groups have a colour of their own. */
export const MOST_SERIES = 5;
const COLOURS: readonly SeriesColour[] = ['c1', 'c2', 'c3', 'c4', 'c5'];

/** Tokens by class do not overlap: input is what was not in the cache, output what was not reasoning. */
export function measureOf(usage: UsageView, metric: Metric): number {
  switch (metric) {
    case 'charge':
      return usage.chargeNano;
    case 'cost':
      return usage.costNano;
    case 'requests':
      return usage.requests;
    case 'input':
      return usage.promptTokens - usage.cachedTokens;
    case 'cached':
      return usage.cachedTokens;
    case 'reasoning':
      return usage.reasoningTokens;
    case 'output':
      return usage.completionTokens - usage.reasoningTokens;
  }
}

/** Sums are of whole hours, so a range begins with one. */
export function wholeHours(range: { from: string; until: string }): { from: number; until: number } {
  return { from: Math.floor(Date.parse(range.from) / HOUR_MS) * HOUR_MS, until: Date.parse(range.until) };
}

/** The span of the same length that ends where this one begins. */
export function before({ from, until }: { from: number; until: number }): { from: number; until: number } {
  const length = Math.ceil((until - from) / HOUR_MS) * HOUR_MS;
  return { from: from - length, until: from };
}

/** Bars that a span can have: neither one alone nor hundreds. */
export function bucketsOf({ from, until }: { from: number; until: number }): readonly Bucket[] {
  const length = until - from;
  return [
    ...(length <= LONGEST_OF_HOURS + HOUR_MS ? (['hour'] as const) : []),
    ...(length >= SHORTEST_OF_DAYS ? (['day'] as const) : []),
  ];
}

export function bucketOf(wanted: Bucket | undefined, span: { from: number; until: number }): Bucket {
  const possible = bucketsOf(span);
  if (wanted !== undefined && possible.includes(wanted)) {
    return wanted;
  }
  return span.until - span.from <= HOURS_UP_TO + HOUR_MS ? 'hour' : 'day';
}

export function bucketMs(bucket: Bucket): number {
  return bucket === 'hour' ? HOUR_MS : DAY_MS;
}

/** The beginnings of all bars of a span; hours and days are those of UTC. */
export function beginnings({ from, until }: { from: number; until: number }, bucket: Bucket): readonly number[] {
  const step = bucketMs(bucket);
  const first = Math.floor(from / step) * step;
  return Array.from({ length: Math.max(0, Math.ceil((until - first) / step)) }, (_, index) => first + index * step);
}

/** Sums by bar as one value a bar; where there is no sum nothing was used. */
export function valuesAt(sums: readonly UsageView[], at: readonly number[], metric: Metric): readonly number[] {
  const known = new Map(sums.map((sum) => [Date.parse(sum.group), measureOf(sum, metric)]));
  return at.map((moment) => known.get(moment) ?? 0);
}

/** The groups that the chart shows by name. */
export function largest(groups: readonly UsageView[], metric: Metric): readonly UsageView[] {
  return groups
    .filter((group) => measureOf(group, metric) > 0)
    .toSorted((one, other) => measureOf(other, metric) - measureOf(one, metric))
    .slice(0, MOST_SERIES);
}

/** The largest groups from the bottom up, and on top what is left of the total. */
export function stacksOf(
  groups: readonly { id: string; name: string; values: readonly number[] }[],
  total: readonly number[],
  other: string,
): readonly Stack[] {
  const rest = total.map((value, index) =>
    Math.max(0, value - groups.reduce((sum, { values }) => sum + (values[index] ?? 0), 0)),
  );
  const stacks: Stack[] = groups.map(({ id, name, values }, index) => ({
    id,
    name,
    values,
    tone: COLOURS[index] ?? 'other',
  }));
  return rest.some((value) => value > 0) ? [...stacks, { id: '', name: other, values: rest, tone: 'other' }] : stacks;
}

/** How a group is called: its name, or its id's beginning where it has none any more. */
export function nameOf({ group, label }: UsageView): string {
  return label ?? (/^[0-9a-f]{8}-/.test(group) ? `${group.slice(0, 8)}…` : group);
}

/** What comes after a group when one looks closer: tenant, key, model, and then the requests themselves. */
export function nextGroup(group: Group): Group | undefined {
  return ({ tenant: 'key', project: 'key', key: 'model', model: undefined } as const)[group];
}
