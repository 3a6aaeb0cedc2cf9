import { expect, it } from 'vitest';
import { byBeginning, isCallPrice, isPrice, type PriceView, stateOf } from './prepare';

const NOW = Date.parse('2026-11-24T12:00:00Z');

function price(id: string, from: string, until: string | null = null): PriceView {
  const perMillionTokens = { uncached: '1', cached: '1', reasoning: '1', output: '1' };
  return { id, model: 'tiny-moe', currency: 'EUR', from, until, perCall: '0', perMillionTokens };
}

const OLD = price('old', '2026-01-01T00:00:00Z');
const NEW = price('new', '2026-11-01T00:00:00Z');
const NEXT = price('next', '2027-01-01T00:00:00Z');
const ENDED = price('ended', '2026-11-10T00:00:00Z', '2026-11-20T00:00:00Z');
const ALL = [OLD, NEW, NEXT, ENDED];

it('has in force the price that began last and has not ended', () => {
  expect(ALL.map((one) => stateOf(one, ALL, NOW))).toEqual(['over', 'inForce', 'ahead', 'over']);
});

it('lists the latest first', () => {
  expect(byBeginning(ALL).map(({ id }) => id)).toEqual(['next', 'ended', 'new', 'old']);
});

it.each([
  ['0.3', true],
  ['12', true],
  ['0.0001', false],
  ['-1', false],
  ['1,5', false],
  ['', false],
])('takes %s as a price of a million tokens: %s', (text, good) => {
  expect(isPrice(text)).toBe(good);
});

it('takes nine decimals for a call', () => {
  expect(isCallPrice('0.000000001')).toBe(true);
  expect(isCallPrice('0.0000000001')).toBe(false);
});
