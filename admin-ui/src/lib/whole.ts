import { queryOptions } from '@tanstack/react-query';
import type { paths } from './api';
import { api } from './client';
import type { Answer } from './query';

type Parts = {
  [Path in keyof paths]: paths[Path] extends { get: { parameters: { query?: { cursor?: string; limit?: number } } } }
    ? Path
    : never;
}[keyof paths];
// biome-ignore lint/suspicious/noExplicitAny: only to name what a path answers
type Row<Path extends Parts> = Path extends any
  ? Answer<Path> extends { items: (infer Item)[] }
    ? Item
    : never
  : never;
type Query<Path extends Parts> = paths[Path] extends { get: { parameters: { query?: infer Asked } } }
  ? Omit<NonNullable<Asked>, 'cursor' | 'limit'>
  : never;

export interface Whole<Item> {
  items: readonly Item[];
  /** There are more than were read. */
  more: boolean;
}

const PART = 200;
const MOST = 2000;

/**
 * A list that comes in parts, read to its end, for pages that sort and search it here. It stops after 2,000 rows and
 * says so. Refreshing the path reaches it as it does a plain read.
 */
export function whole<Path extends Parts>(path: Path, query: Query<Path>) {
  return queryOptions({
    queryKey: [path, { whole: query }] as const,
    queryFn: async ({ signal }): Promise<Whole<Row<Path>>> => {
      const items: Row<Path>[] = [];
      let cursor: string | undefined;
      do {
        const params = { query: { ...query, limit: PART, ...(cursor !== undefined && { cursor }) } };
        // biome-ignore lint/suspicious/noExplicitAny: the generic signature of the client cannot be followed here
        const { data } = await (api.GET as any)(path, { params, signal });
        items.push(...data.items);
        cursor = data.next ?? undefined;
      } while (cursor !== undefined && items.length < MOST);
      return { items, more: cursor !== undefined };
    },
  });
}
