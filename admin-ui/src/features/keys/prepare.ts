import type { Tone } from '../../components/Status';
import type { components } from '../../lib/api';
import { duration } from '../../lib/format';
import { named, t } from '../../lib/i18n';

export type KeyView = components['schemas']['KeyView'];
export type Issued = components['schemas']['IssuedKey'];

/** A key with the names of what it belongs to and what it owes this month. */
export interface KeyRow extends KeyView {
  tenantName: string;
  projectName: string;
  /** Nano-units; null where it may not be known. */
  spentNano: number | null;
}

/** The questions that people bring to a table of keys. */
export const VIEWS = ['expiring', 'spent', 'open', 'unused', 'mine'] as const;
export type ViewName = (typeof VIEWS)[number];

const DAY = 86_400_000;
const UNUSED_MS = 30 * DAY;
const SOON_MS = 14 * DAY;

/** How a view is sorted until somebody sorts it otherwise. */
export const SORTS: Record<ViewName | 'all', string> = {
  all: 'name',
  expiring: 'expires',
  spent: '-spent',
  open: 'name',
  unused: 'used',
  mine: '-created',
};

export interface Narrowing {
  name?: string | undefined;
  state?: string | undefined;
  project?: string | undefined;
  owner?: string | undefined;
  model?: string | undefined;
}

/** Whether a key belongs to a view. */
export function inView(key: KeyView, view: ViewName | undefined, now: number, user: string): boolean {
  switch (view) {
    case undefined:
      return true;
    case 'expiring':
      return key.state === 'active' && key.expires != null;
    case 'spent':
      return key.state !== 'revoked';
    case 'open':
      return key.state === 'active' && key.models == null;
    case 'unused':
      return key.state === 'active' && Date.parse(key.lastUsed ?? key.created) < now - UNUSED_MS;
    case 'mine':
      return key.ownerName === user;
  }
}

/** Whether a key passes the filter. Revoked keys do only when they are asked for. */
export function passes(key: KeyView, { name, state, project, owner, model }: Narrowing): boolean {
  return (
    (state === undefined ? key.state !== 'revoked' : key.state === state) &&
    (name === undefined || key.name.toLowerCase().includes(name.toLowerCase())) &&
    (project === undefined || key.project === project) &&
    (owner === undefined || key.ownerName === owner) &&
    (model === undefined || key.models == null || key.models.includes(model))
  );
}

/** The key's state in a word, with the time that is left where that is short. */
export function stateOf(key: KeyView, now: number): { tone: Tone; text: string } {
  const left = key.expires == null ? Number.POSITIVE_INFINITY : Date.parse(key.expires) - now;
  if (key.state !== 'active') {
    return { tone: 'neutral', text: named('keys.state', key.state) };
  }
  if (left <= 0) {
    return { tone: 'neutral', text: t('keys.state.expired') };
  }
  return left < SOON_MS
    ? { tone: 'warn', text: t('keys.state.expiring', { span: duration(rounded(left)) }) }
    : { tone: 'ok', text: t('keys.state.active') };
}

/** To whole days, hours or minutes: nobody needs the seconds of a week. */
function rounded(ms: number): number {
  const unit = ms >= DAY ? DAY : ms >= 3_600_000 ? 3_600_000 : 60_000;
  return Math.max(unit, Math.floor(ms / unit) * unit);
}

/** The beginning of the newest secret; none for a key of the playground. */
export function prefixOf(key: KeyView): string | null {
  return key.secrets.at(-1)?.prefix ?? null;
}
