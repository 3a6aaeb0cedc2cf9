import { describe, expect, it } from 'vitest';
import {
  before,
  beginnings,
  bucketOf,
  bucketsOf,
  largest,
  measureOf,
  nameOf,
  stacksOf,
  type UsageView,
  valuesAt,
  wholeHours,
} from './prepare';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FROM = Date.parse('2026-11-20T00:00:00Z');

function sum(group: string, chargeNano: number, change: Partial<UsageView> = {}): UsageView {
  return {
    group,
    label: null,
    requests: 1,
    attempts: 1,
    promptTokens: 100,
    cachedTokens: 40,
    completionTokens: 50,
    reasoningTokens: 20,
    chargeNano,
    costNano: 2,
    ...change,
  };
}

describe('measures', () => {
  it('count each token once', () => {
    const usage = sum('a', 7);
    expect(
      (['charge', 'cost', 'requests', 'input', 'cached', 'reasoning', 'output'] as const).map((one) =>
        measureOf(usage, one),
      ),
    ).toEqual([7, 2, 1, 60, 40, 20, 30]);
  });
});

describe('a span', () => {
  it('begins with a whole hour, as the sums do', () => {
    const span = wholeHours({ from: '2026-11-20T14:27:00Z', until: '2026-11-20T14:42:00Z' });
    expect(span.from).toBe(Date.parse('2026-11-20T14:00:00Z'));
  });

  it('is compared with one of as many hours that ends where it begins', () => {
    expect(before({ from: FROM, until: FROM + DAY - 60_000 })).toEqual({ from: FROM - DAY, until: FROM });
  });

  it('has bars of hours or days, and both only where both say something', () => {
    expect(bucketsOf({ from: FROM, until: FROM + 6 * HOUR })).toEqual(['hour']);
    expect(bucketsOf({ from: FROM, until: FROM + 3 * DAY })).toEqual(['hour', 'day']);
    expect(bucketsOf({ from: FROM, until: FROM + 30 * DAY })).toEqual(['day']);
    expect(bucketOf('hour', { from: FROM, until: FROM + 30 * DAY })).toBe('day');
    expect(bucketOf(undefined, { from: FROM, until: FROM + DAY })).toBe('hour');
  });

  it('has a bar for each hour, also for those in which nothing was used', () => {
    const at = beginnings({ from: FROM, until: FROM + 3 * HOUR - 1 }, 'hour');
    expect(at).toEqual([FROM, FROM + HOUR, FROM + 2 * HOUR]);
    expect(valuesAt([sum('2026-11-20T01:00:00Z', 9)], at, 'charge')).toEqual([0, 9, 0]);
  });

  it('has the days of UTC, the first one whole on the axis', () => {
    const at = beginnings({ from: FROM + 5 * HOUR, until: FROM + DAY + HOUR }, 'day');
    expect(at).toEqual([FROM, FROM + DAY]);
    expect(valuesAt([sum('2026-11-21', 4)], at, 'charge')).toEqual([0, 4]);
  });
});

describe('stacks', () => {
  it('are the five largest by the measure that shows', () => {
    const groups = [1, 2, 3, 4, 5, 6].map((charge) => sum(`g${charge}`, charge, { requests: 10 - charge }));
    expect(largest(groups, 'charge').map(({ group }) => group)).toEqual(['g6', 'g5', 'g4', 'g3', 'g2']);
    expect(largest(groups, 'requests')[0]?.group).toBe('g1');
    expect(largest([sum('none', 0)], 'charge')).toEqual([]);
  });

  it('make up the total, with what has no name on top', () => {
    const stacks = stacksOf([{ id: 'a', name: 'A', values: [3, 0] }], [5, 2], 'Other');
    expect(stacks.map(({ name, values }) => [name, values])).toEqual([
      ['A', [3, 0]],
      ['Other', [2, 2]],
    ]);
    expect(stacksOf([{ id: 'a', name: 'A', values: [5] }], [5], 'Other')).toHaveLength(1);
  });
});

it('calls a group by its name, or by the beginning of an id that has none any more', () => {
  expect(nameOf(sum('019ab000-0000-7000-8000-000000000900', 1, { label: 'claims-eu' }))).toBe('claims-eu');
  expect(nameOf(sum('019ab000-0000-7000-8000-000000000900', 1))).toBe('019ab000…');
  expect(nameOf(sum('tiny-moe', 1))).toBe('tiny-moe');
});
