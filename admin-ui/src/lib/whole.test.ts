import { expect, it } from 'vitest';
import { gateway } from '../testing/render';
import { queries } from './query';
import { whole } from './whole';

it('reads a list part by part to its end', async () => {
  const log = gateway({
    'GET /projects': ({ query }: { query: URLSearchParams }) =>
      query.get('cursor') === 'two' ? { items: [{ id: 'b' }] } : { items: [{ id: 'a' }], next: 'two' },
  });
  queries.clear();
  const { items, more } = await queries.fetchQuery(whole('/api/admin/v1/projects', {}));
  expect(items.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(more).toBe(false);
  expect(log).toHaveLength(2);
});

it('stops at two thousand rows and says that there are more', async () => {
  const part = Array.from({ length: 200 }, (_, index) => ({ id: String(index) }));
  const log = gateway({ 'GET /projects': { items: part, next: 'on' } });
  queries.clear();
  const { items, more } = await queries.fetchQuery(whole('/api/admin/v1/projects', {}));
  expect(items).toHaveLength(2000);
  expect(more).toBe(true);
  expect(log).toHaveLength(10);
});
