import { describe, expect, it } from 'vitest';
import { differences, summary } from './diff';

describe('the difference between two states', () => {
  it('is told member by member, what changed first', () => {
    const before = { name: 'laptop', per: { amount: '10' }, old: true };
    const after = { name: 'laptop', per: { amount: '12' }, models: ['a', 'b'] };
    expect(differences(before, after)).toEqual([
      { path: 'per.amount', kind: 'changed', before: '10', after: '12' },
      { path: 'models', kind: 'added', before: undefined, after: 'a, b' },
      { path: 'old', kind: 'removed', before: 'true', after: undefined },
      { path: 'name', kind: 'same', before: 'laptop', after: 'laptop' },
    ]);
  });

  it('tells nothing from null, and an empty list from none', () => {
    expect(
      differences({ until: null, models: [] }, { until: '2026', models: ['a'] }).map(({ before }) => before),
    ).toEqual(['null', '[]']);
  });

  it('of what was made is all of it', () => {
    expect(differences(null, { name: 'x' })).toEqual([{ path: 'name', kind: 'added', before: undefined, after: 'x' }]);
    expect(differences(null, undefined)).toEqual([]);
  });

  it('goes into lists of things', () => {
    expect(differences({ all: [{ a: 1 }] }, { all: [{ a: 2 }] })[0]).toMatchObject({
      path: 'all.0.a',
      kind: 'changed',
    });
  });
});

it('fits into a line', () => {
  expect(summary({ amount: '10', soft: 80 }, { amount: '12', soft: 80 })).toBe('amount 10 → 12');
  expect(summary(null, { name: 'laptop', models: [] })).toBe('laptop');
  expect(summary({ a: 1 }, { a: 1 })).toBe('');
});
