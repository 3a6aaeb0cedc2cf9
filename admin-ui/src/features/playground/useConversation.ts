import { useCallback, useEffect, useReducer, useRef } from 'react';
import { asProblem } from '../../lib/problem';
import { queries, SESSION } from '../../lib/query';
import { advance, bodyOf, type Parameters, type Route, type Turn } from './conversation';
import { ask, type ChatBody, type Piece } from './stream';

const HIDDEN_MS = 250;

export interface Asking {
  project: string;
  routes: readonly Route[];
  parameters: Parameters;
}

/** A conversation and its answers as they come: at most one rendering a frame, however fast the tokens are. */
export function useConversation() {
  const [turns, tell] = useReducer(advance, [] as readonly Turn[]);
  const running = useRef(new Map<string, AbortController>());
  const next = useRef(0);
  const stop = useCallback(() => {
    for (const controller of running.current.values()) {
      controller.abort();
    }
  }, []);
  // Who leaves the page does not wait for an answer, so neither does the node.
  useEffect(() => stop, [stop]);

  const run = useCallback(async (id: number, place: number, project: string, body: ChatBody) => {
    const controller = new AbortController();
    const begun = performance.now();
    const ms = () => performance.now() - begun;
    const frames = coalesced((pieces: readonly Piece[], at) => tell({ kind: 'pieces', id, place, pieces, ms: at }), ms);
    running.current.set(`${id} ${place}`, controller);
    try {
      for await (const piece of ask(project, body, controller.signal)) {
        frames.add(piece);
      }
      frames.flush();
      tell({ kind: 'ended', id, place, ms: ms(), stopped: false });
    } catch (refused) {
      const problem = asProblem(refused);
      frames.flush();
      const stopped = controller.signal.aborted;
      tell({ kind: 'ended', id, place, ms: ms(), stopped, ...(!stopped && { problem }) });
      if (problem.status === 401) {
        void queries.invalidateQueries({ queryKey: [SESSION] });
      }
    } finally {
      running.current.delete(`${id} ${place}`);
    }
  }, []);

  const send = useCallback(
    (question: string, { project, routes, parameters }: Asking) => {
      const id = next.current++;
      tell({ kind: 'asked', id, question, routes });
      routes.forEach((route, place) => void run(id, place, project, bodyOf(turns, question, place, route, parameters)));
    },
    [turns, run],
  );
  const again = useCallback(
    (turn: Turn, place: number, { project, parameters }: Asking) => {
      const route = turn.runs[place]?.route;
      if (route !== undefined) {
        const before = turns.slice(0, turns.indexOf(turn));
        tell({ kind: 'again', id: turn.id, place });
        void run(turn.id, place, project, bodyOf(before, turn.question, place, route, parameters));
      }
    },
    [turns, run],
  );
  const clear = useCallback(() => {
    stop();
    tell({ kind: 'cleared' });
  }, [stop]);
  return { turns, send, again, stop, clear };
}

/** Collects pieces until the next frame. A page that nobody sees has no frames, so a timer stands in. */
function coalesced(give: (pieces: readonly Piece[], at: number) => void, ms: () => number) {
  let pieces: Piece[] = [];
  let first = 0;
  let waiting = false;
  const flush = () => {
    waiting = false;
    if (pieces.length > 0) {
      const collected = pieces;
      pieces = [];
      give(collected, first);
    }
  };
  return {
    flush,
    add(piece: Piece) {
      if (piece.kind === 'begun') {
        give([piece], ms());
        return;
      }
      if (pieces.length === 0) {
        first = ms();
      }
      pieces.push(piece);
      if (!waiting) {
        waiting = true;
        if (document.hidden) {
          setTimeout(flush, HIDDEN_MS);
        } else {
          requestAnimationFrame(flush);
        }
      }
    },
  };
}
