import { amount, duration } from './format';

export type FilterValue = string | number;

/** One word of the filter language, `word:value`, and the member of the address that it sets. */
export interface FilterWord<Param extends string = string> {
  word: string;
  aliases?: readonly string[];
  param: Param;
  /** What it narrows to, for the list of suggestions. */
  about: string;
  /** The value that a text means, or undefined if it means none. */
  read(text: string): FilterValue | undefined;
  /** How a value is written. */
  show(value: FilterValue): string;
  /** Values that a person may pick. */
  values?: readonly { value: FilterValue; text: string }[];
}

export interface Parsed<Param extends string> {
  changes: Partial<Record<Param, FilterValue>>;
  /** Tokens that mean nothing. */
  wrong: string[];
}

/** Reads `tenant:claims-eu kind:failed ttft:>2s`; a value with spaces stands in double quotes. */
export function parseFilter<Param extends string>(text: string, words: readonly FilterWord<Param>[]): Parsed<Param> {
  const parsed: Parsed<Param> = { changes: {}, wrong: [] };
  for (const token of tokens(text)) {
    const colon = token.indexOf(':');
    const word = colon < 1 ? undefined : wordOf(token.slice(0, colon), words);
    const value = word?.read(unquoted(token.slice(colon + 1)));
    if (word === undefined || value === undefined) {
      parsed.wrong.push(token);
    } else {
      parsed.changes[word.param] = value;
    }
  }
  return parsed;
}

/** A filter as one would type it, in the order of the words. */
export function formatFilter<Param extends string>(
  view: Partial<Record<Param, FilterValue | undefined>>,
  words: readonly FilterWord<Param>[],
): string {
  return words
    .flatMap((word) => {
      const value = view[word.param];
      return value === undefined ? [] : [`${word.word}:${quoted(word.show(value))}`];
    })
    .join(' ');
}

export function wordOf<Param extends string>(
  name: string,
  words: readonly FilterWord<Param>[],
): FilterWord<Param> | undefined {
  const wanted = name.toLowerCase();
  return words.find(({ word, aliases }) => word === wanted || aliases?.includes(wanted));
}

export function quoted(text: string): string {
  return /\s/.test(text) ? `"${text}"` : text;
}

function unquoted(text: string): string {
  return text.replace(/^"(.*?)"?$/, '$1');
}

function tokens(text: string): string[] {
  return text.match(/(?:[^\s"]+|"[^"]*"?)+/g) ?? [];
}

/** A word whose value is one of a list, by its text or its value. */
export function oneOf<Param extends string>(
  word: Pick<FilterWord<Param>, 'word' | 'aliases' | 'param' | 'about'>,
  values: readonly { value: FilterValue; text: string }[],
): FilterWord<Param> {
  return {
    ...word,
    values,
    read: (text) =>
      values.find((one) => one.text.toLowerCase() === text.toLowerCase() || String(one.value) === text)?.value,
    show: (value) => values.find((one) => one.value === value)?.text ?? String(value),
  };
}

/** A word whose value is any text. */
export function anyText<Param extends string>(
  word: Pick<FilterWord<Param>, 'word' | 'aliases' | 'param' | 'about' | 'values'>,
): FilterWord<Param> {
  return { ...word, read: (text) => (text === '' ? undefined : text), show: String };
}

/** A word of a least time: `ttft:>2s`, `ttft:>350ms`. The value is in milliseconds. */
export function atLeastTime<Param extends string>(
  word: Pick<FilterWord<Param>, 'word' | 'aliases' | 'param' | 'about'>,
): FilterWord<Param> {
  return { ...word, read: millis, show: (value) => `>${duration(Number(value)).replaceAll(/\s/g, '')}` };
}

/** A word of a least amount of money: `cost:>0.01`. The value is in nano-units. */
export function atLeastMoney<Param extends string>(
  word: Pick<FilterWord<Param>, 'word' | 'aliases' | 'param' | 'about'>,
): FilterWord<Param> {
  return {
    ...word,
    read: (text) => {
      const match = /^>?=?(\d+(?:\.\d+)?)$/.exec(text);
      return match === null ? undefined : Math.round(Number(match[1]) * 1e9);
    },
    show: (value) => `>${amount(Number(value)).replaceAll(/[\s,]/g, '')}`,
  };
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function millis(text: string): number | undefined {
  const match = /^>?=?(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  return match === null ? undefined : Math.round(Number(match[1]) * (UNITS[match[2] ?? 'ms'] ?? 1));
}
