import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { Scope, SessionView } from './contract';
import { setCurrency } from './format';
import { queries, read, SESSION } from './query';

export type { Scope };

export interface Session extends SessionView {
  /** Whether the user belongs to the whole installation and so sees every tenant. */
  everywhere: boolean;
  can(scope: Scope): boolean;
}

/** Who is signed in; with that comes the currency of all amounts. */
export const sessionQuery = queryOptions({
  queryKey: read(SESSION).queryKey,
  queryFn: async ({ signal }): Promise<SessionView> => {
    const { data } = await api.GET(SESSION, { signal });
    const view = data as SessionView;
    setCurrency(view.currency);
    return view;
  },
  staleTime: 60_000,
  retry: false,
});

export function sessionOf(view: SessionView): Session {
  return { ...view, everywhere: view.tenant == null, can: (scope) => view.scopes.includes(scope) };
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
