import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api } from '../../lib/client';
import { read } from '../../lib/query';
import { iso, useRange } from '../../lib/range';
import { before, type Group, wholeHours } from './prepare';
import { type UsageAddress, whose } from './view';

const PART = 200;

/** Sums by group of the span, part by part, and those of the span before. */
export function useUsage(view: UsageAddress, by: Group) {
  const { from, until } = useRange();
  const span = useMemo(() => wholeHours({ from, until }), [from, until]);
  const filter = useMemo(() => whose(view), [view]);
  const asked = useMemo(() => ({ by, ...filter, from: iso(span.from), until: iso(span.until) }), [by, filter, span]);
  const earlier = before(span);
  const sums = useInfiniteQuery({
    queryKey: ['/api/admin/v1/usage', 'parts', asked] as const,
    queryFn: async ({ signal, pageParam }) => {
      const query = { ...asked, limit: PART, ...(pageParam !== '' && { cursor: pageParam }) };
      const { data } = await api.GET('/api/admin/v1/usage', { params: { query }, signal });
      return data as NonNullable<typeof data>;
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    // Rows of another group would lead elsewhere by links of this one.
    placeholderData: (former, query) => (query?.queryKey[2].by === by ? former : undefined),
  });
  const former = useQuery({
    ...read('/api/admin/v1/usage', {
      params: { query: { ...asked, from: iso(earlier.from), until: iso(earlier.until), limit: PART } },
    }),
    placeholderData: keepPreviousData,
  });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = sums;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const rows = useMemo(() => sums.data?.pages.flatMap(({ items }) => items) ?? [], [sums.data]);
  return { sums, former, rows, more, span };
}

export type UsageSums = ReturnType<typeof useUsage>;
