import { t } from '../../lib/i18n';
import type { KeyView } from './prepare';

export const EXPIRIES = ['30d', '90d', '365d', 'never', 'on'] as const;
export type Expiry = (typeof EXPIRIES)[number];
export const ENDPOINTS = ['chat', 'messages', 'models'] as const;

/** What stands in the form. */
export interface KeyDraft {
  project: string | null;
  name: string;
  expiry: Expiry;
  /** The last day, as a field of dates writes it, where `expiry` is `on`. */
  day: string;
  someModels: boolean;
  models: readonly string[];
  endpoints: readonly string[];
  addresses: string;
}

export type DraftErrors = Partial<Record<'project' | 'name' | 'day' | 'models', string>>;

const DAY = 86_400_000;
const LENGTHS: Record<string, number> = { '30d': 30 * DAY, '90d': 90 * DAY, '365d': 365 * DAY };

export function emptyDraft(project: string | null): KeyDraft {
  return {
    project,
    name: '',
    expiry: '90d',
    day: '',
    someModels: false,
    models: [],
    endpoints: [],
    addresses: '',
  };
}

/** A key as the form shows it. */
export function draftOf(key: KeyView): KeyDraft {
  return {
    project: key.project,
    name: key.name,
    expiry: key.expires == null ? 'never' : 'on',
    day: key.expires == null ? '' : dayOf(key.expires),
    someModels: key.models != null,
    models: key.models ?? [],
    endpoints: key.endpoints ?? [],
    addresses: (key.addresses ?? []).join(' '),
  };
}

export function errorsOf(draft: KeyDraft, now: number): DraftErrors {
  const errors: DraftErrors = {};
  if (draft.project === null) {
    errors.project = t('keys.form.projectMissing');
  }
  if (draft.name.trim() === '') {
    errors.name = t('keys.form.nameMissing');
  }
  if (draft.expiry === 'on' && !(endOf(draft.day) > now)) {
    errors.day = t('keys.form.dayWrong');
  }
  if (draft.someModels && draft.models.length === 0) {
    errors.models = t('keys.form.modelsMissing');
  }
  return errors;
}

/** What is sent of a draft without errors; a restriction of nothing is none. */
export function bodyOf(draft: KeyDraft, now: number, former?: KeyView) {
  const addresses = draft.addresses.split(/[\s,;]+/).filter(Boolean);
  return {
    name: draft.name.trim(),
    expires: expiresOf(draft, now, former),
    models: draft.someModels ? [...draft.models] : null,
    endpoints: draft.endpoints.length === 0 ? null : [...draft.endpoints],
    addresses: addresses.length === 0 ? null : addresses,
  };
}

/** A day that was not changed keeps its moment. */
function expiresOf(draft: KeyDraft, now: number, former: KeyView | undefined): string | null {
  if (draft.expiry === 'never') {
    return null;
  }
  if (draft.expiry !== 'on') {
    return new Date(now + (LENGTHS[draft.expiry] ?? 0)).toISOString();
  }
  return former?.expires != null && dayOf(former.expires) === draft.day
    ? former.expires
    : new Date(endOf(draft.day)).toISOString();
}

/** The end of a day where the reader is. */
function endOf(day: string): number {
  return Date.parse(`${day}T23:59:59`);
}

function dayOf(at: string): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
