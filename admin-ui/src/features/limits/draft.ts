import { t } from '../../lib/i18n';

export const MEASURES = ['charge', 'requests', 'input_tokens', 'output_tokens', 'total_tokens', 'streams'] as const;
export type Measure = (typeof MEASURES)[number];
export const PERIODS = ['minute', 'hour', 'day', 'month', 'quarter'] as const;
export type Period = (typeof PERIODS)[number];
export const ENDS = ['1h', '8h', '24h', '7d', 'at'] as const;
export type End = (typeof ENDS)[number];

const HOUR = 3_600_000;
const LENGTHS: Record<string, number> = { '1h': HOUR, '8h': 8 * HOUR, '24h': 24 * HOUR, '7d': 168 * HOUR };

/** Periods of a measure: a budget has those of the calendar, streams have none. */
export function periodsOf(what: string): readonly Period[] {
  if (what === 'streams') {
    return [];
  }
  return what === 'charge' ? ['day', 'month', 'quarter'] : PERIODS;
}

/** The period to go on with when the measure changes. */
export function periodFor(what: string, former: Period): Period | null {
  const periods = periodsOf(what);
  return periods.includes(former) ? former : (periods.at(-2) ?? null);
}

/** What is wrong with an amount as it was typed. */
export function amountError(what: string, text: string): string | undefined {
  const money = what === 'charge';
  const fine = money ? /^\d{1,9}(\.\d{1,9})?$/ : /^\d{1,18}$/;
  return fine.test(text.trim())
    ? undefined
    : t('limits.form.amountWrong', { kind: t(money ? 'limits.form.kindMoney' : 'limits.form.kindWhole') });
}

export function softError(text: string): string | undefined {
  const fine = text.trim() === '' || (/^\d{1,3}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 100);
  return fine ? undefined : t('limits.form.softWrong');
}

export function softOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}

/** When an override ends; undefined when that is no time to come. */
export function endOf(end: End, at: string, now: number): string | undefined {
  const moment = end === 'at' ? Date.parse(at) : now + (LENGTHS[end] ?? 0);
  return moment > now ? new Date(moment).toISOString() : undefined;
}

/** Prices as the price list writes them. */
export interface Prices {
  perCall: string;
  perMillionTokens: { uncached: string; output: string };
}

/**
 * What a call owes when nothing of it is cached, in decimal units with at most nine digits, as the API takes it.
 * Nano-units per million tokens are whole numbers beyond what a double holds exactly, so they are counted as such.
 */
export function leastCharge(price: Prices | null | undefined, input: number, output: number): string {
  if (price == null) {
    return '0';
  }
  const { uncached, output: written } = price.perMillionTokens;
  const millionths = nano(price.perCall) * 1_000_000n + nano(uncached) * BigInt(input) + nano(written) * BigInt(output);
  return decimal((millionths + 999_999n) / 1_000_000n);
}

function nano(text: string): bigint {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole) * 1_000_000_000n + BigInt(part.padEnd(9, '0').slice(0, 9));
}

function decimal(value: bigint): string {
  const part = (value % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  const whole = (value / 1_000_000_000n).toString();
  return part === '' ? whole : `${whole}.${part}`;
}
