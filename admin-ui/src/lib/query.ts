import { QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import type { FetchResponse, MaybeOptionalInit } from 'openapi-fetch';
import type { PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';
import type { paths } from './api';
import { api } from './client';
import { Problem } from './problem';

type Readable = PathsWithMethod<paths, 'get'>;
type Init<P extends Readable> = MaybeOptionalInit<paths[P], 'get'>;
type Arguments<P extends Readable> = RequiredKeysOf<Init<P>> extends never ? [init?: Init<P>] : [init: Init<P>];
export type Answer<P extends Readable> = Exclude<
  FetchResponse<
    paths[P]['get' & keyof paths[P]] & Record<string | number, unknown>,
    Init<P>,
    'application/json'
  >['data'],
  undefined
>;

export const SESSION = '/api/admin/v1/session';

/**
 * The one way to read: options for useQuery, useInfiniteQuery's parts or prefetching. The key is the path and what is
 * asked, so that invalidating `[path]` reaches every variant.
 */
export function read<P extends Readable>(path: P, ...[init]: Arguments<P>) {
  return queryOptions({
    queryKey: [path, init ?? {}] as const,
    queryFn: async ({ signal }) => {
      // biome-ignore lint/suspicious/noExplicitAny: the two generic signatures agree, which the compiler cannot follow
      const { data } = await (api.GET as any)(path, { ...init, signal });
      return data as Answer<P>;
    },
  });
}

export const queries = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      if (error instanceof Problem && error.status === 401 && query.queryKey[0] !== SESSION) {
        void queries.invalidateQueries({ queryKey: [SESSION] });
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 5 * 60_000,
      retry: (count, error) => count < 1 && error instanceof Problem && (error.status === 0 || error.status >= 502),
      retryDelay: 500,
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/** Asks anew whatever was read from these paths. */
export function refresh(...paths: Readable[]): Promise<unknown> {
  return Promise.all(paths.map((path) => queries.invalidateQueries({ queryKey: [path] })));
}
