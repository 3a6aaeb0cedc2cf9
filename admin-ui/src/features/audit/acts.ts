import type { Tone } from '../../components/Status';
import type { components } from '../../lib/api';
import { named } from '../../lib/i18n';
import type { Scope } from '../../lib/session';

export type ActView = components['schemas']['ActView'];

/** Acts that there are; a thing alone, `key`, means all of its acts. */
export const ACTS = [
  'access.ask',
  'access.approve',
  'access.decline',
  'access.revoke',
  'key.create',
  'key.change',
  'key.rotate',
  'key.revoke',
  'limit.create',
  'limit.change',
  'limit.delete',
  'limit.end-override',
  'limit.override',
  'limit.warn',
  'node.joined',
  'node.lost',
  'node.returned',
  'node.drain',
  'node.undrain',
  'price.create',
  'price.end',
  'price.delete',
  'project.create',
  'project.rename',
  'session.start',
  'tariff.create',
  'tariff.delete',
  'tenant.create',
  'tenant.change',
  'tenant.rename',
  'user.create',
  'user.change',
  'user.password',
  'user.link',
  'user.delete',
] as const;

/** Things on which acts are done, and then the acts. */
export const WHATS: readonly string[] = [...new Set(ACTS.map(thingOf)), ...ACTS];

export function thingOf(what: string): string {
  return what.split('.')[0] ?? what;
}

const TONES: Record<string, Tone> = {
  'node.lost': 'bad',
  'limit.warn': 'warn',
  'key.revoke': 'neutral',
  'node.drain': 'neutral',
};

/** Of the few acts that are also states. */
export function actTone(what: string): Tone | undefined {
  return TONES[what];
}

export interface Place {
  to: string;
  search?: Record<string, string>;
  scope: Scope;
}

/** Where what an act was done on can be seen, if it can. */
export function placeOf({ what, target, tenant, before, after }: ActView): Place | undefined {
  const state = memberOf(after, before);
  switch (thingOf(what)) {
    case 'key':
      return { to: `/keys/${target}`, scope: 'KEYS_READ' };
    case 'limit':
      return { to: '/limits', ...(tenant != null && { search: { tenant } }), scope: 'LIMITS_READ' };
    case 'user':
    case 'session':
      return { to: `/users/${target}`, scope: 'USERS_READ' };
    case 'tenant':
      return { to: `/tenants/${target}`, scope: 'TENANTS_READ' };
    case 'access':
      return { to: '/access', scope: 'ACCESS_DECIDE' };
    case 'node': {
      const name = state('name') ?? state('node');
      return name === undefined ? undefined : { to: `/nodes/${name}`, scope: 'NODES_READ' };
    }
    case 'price': {
      const model = state('model');
      return model === undefined
        ? { to: '/models', scope: 'PRICES_READ' }
        : { to: `/models/${encodeURIComponent(model)}`, scope: 'PRICES_READ' };
    }
    default:
      return undefined;
  }
}

/** Members of a state that name its thing, the best first. */
const NAMING = ['name', 'model', 'node', 'grantee', 'asker'];

/** How what an act was done on is called, as far as the states say it; else the beginning of its id. */
export function nameOf({ what, actor, before, after, target }: ActView): string {
  const state = memberOf(after, before);
  if (thingOf(what) === 'session' || what === 'user.password') {
    return actor;
  }
  const measure = state('what');
  if (thingOf(what) === 'limit' && measure !== undefined) {
    return named('shell.limit', `${measure}.${state('per') ?? 'once'}`);
  }
  return NAMING.map(state).find((name) => name !== undefined) ?? `${target.slice(0, 8)}…`;
}

function memberOf(...states: readonly unknown[]) {
  return (name: string): string | undefined => {
    for (const state of states) {
      const value = typeof state === 'object' && state !== null ? (state as Record<string, unknown>)[name] : undefined;
      if (typeof value === 'string' && value !== '') {
        return value;
      }
    }
    return undefined;
  };
}
