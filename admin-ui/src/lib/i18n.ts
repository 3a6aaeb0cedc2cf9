import i18next from 'i18next';
import type { WordId } from '../locales/ids';

export type { WordId };

void i18next.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: {} } },
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** Adds a feature's words; its locale file calls it, and the feature's page imports that file. */
export function addWords<const Words extends Record<string, string>>(words: Words): Words {
  i18next.addResourceBundle('en', 'translation', words, true, true);
  return words;
}

/** The phrase of an id `feature.area.phrase`. Call it while rendering, never when a module loads. */
export function t(id: WordId, values: Record<string, string | number> = {}): string {
  return i18next.t(id as string, values);
}

/** The phrase of an id that is made of data (a code, a kind); where none is known, `other`, which is the data itself. */
export function named(
  prefix: string,
  value: string,
  values: Record<string, string | number> = {},
  other = value.replaceAll('_', ' '),
): string {
  return i18next.t(`${prefix}.${value}`, { ...values, defaultValue: other });
}

/** The language of numbers and dates. */
export function locale(): string {
  return i18next.language;
}
