import { useEffect, useReducer, useRef } from 'react';
import type { RequestFilter, RequestView } from '../../lib/contract';

/** Rows kept on screen, and rows kept while a reader points at the list. */
const MOST_SHOWN = 500;
const MOST_HELD = 500;

export interface Tail {
  state: 'off' | 'opening' | 'open' | 'lost';
  /** The latest first. */
  rows: readonly RequestView[];
  /** Came in while paused and wait; the latest first. */
  held: readonly RequestView[];
  /** Left out: by the gateway, or here because too many waited. */
  dropped: number;
  paused: boolean;
}

export type TailEvent =
  | { type: 'opening' }
  | { type: 'open' }
  | { type: 'lost' }
  | { type: 'off' }
  | { type: 'request'; row: RequestView }
  | { type: 'dropped'; count: number }
  | { type: 'pause'; paused: boolean };

export const NO_TAIL: Tail = { state: 'off', rows: [], held: [], dropped: 0, paused: false };

/** What becomes of a tail; rows are bounded, and what falls out at the far end of the waiting ones is counted. */
export function tailAfter(tail: Tail, event: TailEvent): Tail {
  switch (event.type) {
    case 'opening':
      return { ...NO_TAIL, state: 'opening', paused: tail.paused };
    case 'open':
      return { ...tail, state: 'open' };
    case 'lost':
      return { ...tail, state: 'lost' };
    case 'off':
      return NO_TAIL;
    case 'dropped':
      return { ...tail, dropped: tail.dropped + event.count };
    case 'pause':
      return event.paused ? { ...tail, paused: true } : released(tail);
    case 'request':
      return tail.paused ? held(tail, event.row) : { ...tail, rows: [event.row, ...tail.rows].slice(0, MOST_SHOWN) };
  }
}

function held(tail: Tail, row: RequestView): Tail {
  const over = tail.held.length >= MOST_HELD;
  return { ...tail, held: [row, ...tail.held].slice(0, MOST_HELD), dropped: tail.dropped + (over ? 1 : 0) };
}

function released(tail: Tail): Tail {
  return { ...tail, paused: false, held: [], rows: [...tail.held, ...tail.rows].slice(0, MOST_SHOWN) };
}

/** Follows requests as they end, by one event stream. */
export function useTail(filter: RequestFilter, on: boolean): [Tail, (paused: boolean) => void] {
  const [tail, dispatch] = useReducer(tailAfter, NO_TAIL);
  const query = on ? queryOf(filter) : undefined;
  useEffect(() => {
    if (query === undefined) {
      dispatch({ type: 'off' });
      return;
    }
    dispatch({ type: 'opening' });
    const source = new EventSource(`/api/admin/v1/requests/live${query}`);
    source.onopen = () => dispatch({ type: 'open' });
    source.onerror = () => dispatch({ type: 'lost' });
    source.addEventListener('request', (event) =>
      dispatch({ type: 'request', row: JSON.parse(event.data) as RequestView }),
    );
    source.addEventListener('dropped', (event) =>
      dispatch({ type: 'dropped', count: (JSON.parse(event.data) as { count: number }).count }),
    );
    return () => source.close();
  }, [query]);
  const pause = useRef((paused: boolean) => dispatch({ type: 'pause', paused })).current;
  return [tail, pause];
}

/** The tail has no ends in time. */
function queryOf({ from: _, until: __, ...filter }: RequestFilter): string {
  const text = new URLSearchParams(
    Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return text === '' ? '' : `?${text}`;
}
