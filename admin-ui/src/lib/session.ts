import { useQuery } from '@tanstack/react-query';
import { setCurrency } from './format';
import type { SessionView } from './pending';
import { queries, read, SESSION } from './query';

/** What a user may do, as the gateway names it. */
export type Scope =
  | 'TENANTS_READ'
  | 'TENANTS_WRITE'
  | 'PROJECTS_READ'
  | 'PROJECTS_WRITE'
  | 'KEYS_READ'
  | 'KEYS_WRITE'
  | 'LIMITS_READ'
  | 'LIMITS_WRITE'
  | 'PRICES_READ'
  | 'PRICES_WRITE'
  | 'REQUESTS_READ'
  | 'USAGE_READ'
  | 'RECONCILE'
  | 'USERS_READ'
  | 'USERS_WRITE'
  | 'ACTS_READ'
  | 'NODES_READ'
  | 'NODES_WRITE'
  | 'PLAYGROUND'
  | 'ACCESS_ASK'
  | 'ACCESS_DECIDE';

export interface Session extends SessionView {
  /** Whether the user belongs to the whole installation and so sees every tenant. */
  everywhere: boolean;
  can(scope: Scope): boolean;
}

export const sessionQuery = { ...read(SESSION), staleTime: 60_000, retry: false };

export function sessionOf(view: SessionView): Session {
  setCurrency(view.currency ?? undefined);
  return { ...view, everywhere: view.tenant === null, can: (scope) => view.scopes.includes(scope) };
}

/** The signed-in user. Only for pages inside the shell, which does not show them without one. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (data === undefined) {
    throw new Error('useSession is for pages of signed-in users');
  }
  return sessionOf(data);
}

/** Forgets all that the user has seen. */
export function forget(): void {
  queries.clear();
}
