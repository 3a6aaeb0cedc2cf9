import type { components } from '../../lib/api';

export type ModelView = components['schemas']['ModelView'];
export type PriceView = components['schemas']['PriceView'];

/** Classes of tokens, in the order of prices. */
export const CLASSES = ['uncached', 'cached', 'reasoning', 'output'] as const;
export type TokenClass = (typeof CLASSES)[number];

/** What one may write as a price of a million tokens. */
export function isPrice(text: string): boolean {
  return /^\d{1,9}(\.\d{1,3})?$/.test(text.trim());
}

/** What one may write as a price of a call. */
export function isCallPrice(text: string): boolean {
  return /^\d{1,9}(\.\d{1,9})?$/.test(text.trim());
}

export type PriceState = 'inForce' | 'ahead' | 'over';

/** Of the prices that hold at once, the one begun last is in force. */
export function stateOf(price: PriceView, all: readonly PriceView[], now: number): PriceState {
  if (Date.parse(price.from) > now) {
    return 'ahead';
  }
  const holding = all
    .filter(({ from, until }) => Date.parse(from) <= now && (until == null || Date.parse(until) > now))
    .toSorted((one, other) => Date.parse(other.from) - Date.parse(one.from));
  return holding[0]?.id === price.id ? 'inForce' : 'over';
}

/** Latest first. */
export function byBeginning(prices: readonly PriceView[]): readonly PriceView[] {
  return prices.toSorted((one, other) => Date.parse(other.from) - Date.parse(one.from));
}
