import { locale } from './i18n';

/** Stands where there is no value: not zero, not unknown text. */
export const NOTHING = '–';

const NANO = 1_000_000_000;

let currency: string | undefined;

/** Says of which currency (ISO 4217) all amounts are; until then they stand without one. */
export function setCurrency(code: string | undefined): void {
  currency = code;
}

/** The code of the currency of all amounts, for where one is written. */
export function currencyCode(): string {
  return currency ?? '';
}

const formats = new Map<string, Intl.NumberFormat>();

function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale() + JSON.stringify(options);
  const known = formats.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = new Intl.NumberFormat(locale(), options);
  formats.set(key, made);
  return made;
}

export function count(value: number | null | undefined): string {
  return value == null ? NOTHING : format({ maximumFractionDigits: 0 }).format(value);
}

/** Three digits and a magnitude, for axes and narrow places: 1.84k. */
export function compact(value: number | null | undefined): string {
  return value == null ? NOTHING : format({ notation: 'compact', maximumSignificantDigits: 3 }).format(value);
}

/** A rate with as many digits as matter. */
export function rate(value: number | null | undefined): string {
  if (value == null) {
    return NOTHING;
  }
  if (value > 0 && value < 1) {
    return format({ maximumSignificantDigits: 2 }).format(value);
  }
  return format({ maximumFractionDigits: value === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2 }).format(value);
}

/** A share of one, in percent with a narrow space: 0.42 %. */
export function percent(share: number | null | undefined): string {
  if (share == null || !Number.isFinite(share)) {
    return NOTHING;
  }
  const value = share * 100;
  const digits = value === 0 || Math.abs(value) >= 10 ? 0 : Math.abs(value) >= 1 ? 1 : 2;
  return `${format({ maximumFractionDigits: digits }).format(value)}\u202f%`;
}

/** The change against before, with its sign; nothing where there was nothing before. */
export function change(now: number, before: number): string {
  if (before === 0) {
    return NOTHING;
  }
  const value = ((now - before) / before) * 100;
  const digits = Math.abs(value) >= 10 ? 0 : 1;
  return `${format({ maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value)}\u202f%`;
}

/** Nano-units of the currency as an amount with its sign: $4,218.00. */
export function money(nano: number | null | undefined): string {
  return amountAs(nano, currency === undefined ? {} : { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
}

/** An amount alone, where the currency goes without saying. */
export function amount(nano: number): string {
  return amountAs(nano, {});
}

/**
 * Two decimals from one unit on, and as many as show two digits below, so that the charge of one request never reads
 * as zero.
 */
function amountAs(nano: number | null | undefined, style: Intl.NumberFormatOptions): string {
  return nano == null ? NOTHING : format({ ...style, ...moneyDigits(Math.abs(nano) / NANO) }).format(nano / NANO);
}

function moneyDigits(units: number): Intl.NumberFormatOptions {
  if (units >= 10_000) {
    return { minimumFractionDigits: 0, maximumFractionDigits: 0 };
  }
  if (units === 0 || units >= 0.1) {
    return { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  }
  const digits = Math.min(9, Math.ceil(-Math.log10(units)) + 1);
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

/** An amount that the API sends or takes as text. */
export function nanoOf(text: string): number {
  return Math.round(Number(text) * NANO);
}

/** Milliseconds in the unit a person would use: 363 ms, 1.46 s, 2 m 5 s, 3 h 20 m. */
export function duration(ms: number | null | undefined): string {
  if (ms == null) {
    return NOTHING;
  }
  if (ms < 1000) {
    return `${format({ maximumFractionDigits: ms > 0 && ms < 10 ? 1 : 0 }).format(ms)}\u202fms`;
  }
  if (ms < 60_000) {
    return `${format({ maximumFractionDigits: ms < 10_000 ? 2 : 1 }).format(ms / 1000)}\u202fs`;
  }
  return longDuration(Math.round(ms / 1000));
}

function longDuration(seconds: number): string {
  const units: [string, number][] = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ];
  const first = units.findIndex(([, size]) => seconds >= size);
  const parts: string[] = [];
  let left = seconds;
  for (const [unit, size] of units.slice(first, first + 2)) {
    const whole = Math.floor(left / size);
    left -= whole * size;
    if (whole > 0) {
      parts.push(`${whole}\u202f${unit}`);
    }
  }
  return parts.join(' ');
}
