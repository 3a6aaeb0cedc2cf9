import { afterEach, describe, expect, it } from 'vitest';
import { amount, change, count, duration, money, NOTHING, percent, rate, setCurrency } from './format';

const N = '\u202f';

describe('money', () => {
  afterEach(() => setCurrency(undefined));

  it.each([
    ['EUR', '€4,218.00'],
    ['USD', '$4,218.00'],
    ['CHF', 'CHF\u00a04,218.00'],
    ['JPY', '¥4,218.00'],
  ])('of %s is written %s', (currency, text) => {
    setCurrency(currency);
    expect(money(4_218_000_000_000)).toBe(text);
  });

  it('of one request never reads as zero', () => {
    setCurrency('EUR');
    expect(money(1_100_000)).toBe('€0.0011');
    expect(money(null)).toBe(NOTHING);
    expect(amount(1_100_000)).toBe('0.0011');
  });
});

describe('numbers', () => {
  it('tells no value from zero', () => {
    expect([count(null), duration(undefined), money(null), percent(null)]).toEqual([
      NOTHING,
      NOTHING,
      NOTHING,
      NOTHING,
    ]);
    expect([count(0), duration(0), money(0), percent(0)]).toEqual(['0', `0${N}ms`, '0.00', `0${N}%`]);
  });

  it('never shows a charge as zero', () => {
    expect(money(1)).toBe('0.000000001');
    expect(money(1_100_000)).toBe('0.0011');
    expect(money(4_218_000_000_000)).toBe('4,218.00');
    expect(money(10_316_400_000_000)).toBe('10,316');
  });

  it.each([
    [0.4, `0.4${N}ms`],
    [363.4, `363${N}ms`],
    [1461, `1.46${N}s`],
    [61_000, `1${N}m 1${N}s`],
    [12_000_000, `3${N}h 20${N}m`],
    [90_000_000, `1${N}d 1${N}h`],
  ])('writes %d ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it('gives shares the digits that matter', () => {
    expect([percent(0.0042), percent(0.042), percent(0.42), percent(Number.NaN)]).toEqual([
      `0.42${N}%`,
      `4.2${N}%`,
      `42${N}%`,
      NOTHING,
    ]);
  });

  it('compares with before, and says nothing where there was nothing', () => {
    expect(change(104, 100)).toBe(`+4${N}%`);
    expect(change(50, 100)).toBe(`-50${N}%`);
    expect(change(1, 0)).toBe(NOTHING);
  });

  it('rounds rates by size', () => {
    expect([rate(1842.4), rate(18.42), rate(1.842), rate(0.00053), rate(0)]).toEqual([
      '1,842',
      '18.4',
      '1.84',
      '0.00053',
      '0',
    ]);
  });
});
