import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { amount, flag, moment, word, z } from './check';

type Search = Record<string, string | number | undefined>;
/** An address is text: what a member means, its schema decides when it is read. */
export type Change<View> = { [Name in keyof View]?: string | number | undefined };

/** What all pages of traffic share in the address: whose, and when. It is kept when one goes from page to page. */
export const shared = z.object({ tenant: word, range: word, from: moment, until: moment });

export type Shared = z.infer<typeof shared>;

/** The narrowing of requests that every page of traffic understands; names are those of the API. */
export const requestFilter = z.extend(shared, {
  project: word,
  key: word,
  model: word,
  kind: word,
  code: word,
  node: word,
  dialect: word,
  minFirstTokenMs: amount,
  minTotalMs: amount,
  minChargeNano: amount,
});

export type RequestFilterView = z.infer<typeof requestFilter>;

/** Whether the sheet of a detail fills the page. */
export const wide = flag;

/**
 * The state of a page, which is its address: what the schema reads of it, and a way to change some of it. A change
 * that a person may want to take back (a filter, a range) makes an entry of the history; `replace` does not.
 */
export function useView<Schema extends z.ZodMiniObject>(
  schema: Schema,
): [z.infer<Schema>, (change: Change<z.infer<Schema>>, replace?: boolean) => void] {
  const text = useLocation({ select: (location) => location.searchStr });
  const navigate = useNavigate();
  const view = useMemo(() => z.parse(schema, parseSearch(text)), [schema, text]);
  const change = useCallback(
    (next: Change<z.infer<Schema>>, replace = false) => {
      void navigate({ to: '.', search: ((old: Search) => clean({ ...old, ...(next as Search) })) as never, replace });
    },
    [navigate],
  );
  return [view, change];
}

/** The part of the address that goes along to another page. */
export function useShared(): Shared {
  const [view] = useView(shared);
  return view;
}

/** Text and nothing else: an address stays readable, and whatever people send round works. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function formatSearch(search: Search): string {
  const text = new URLSearchParams(
    Object.entries(clean(search)).map(([name, value]): [string, string] => [name, String(value)]),
  )
    .toString()
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

function clean(search: Search): Search {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''));
}
