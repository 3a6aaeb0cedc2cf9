import type { Problem } from '../../lib/problem';
import type { ChatBody, ChatMessage, Piece, Usage } from './stream';

/** One of the at most two ways in which a question is answered. */
export interface Route {
  model: string;
  thinking: boolean;
}

/** What the routes have in common. */
export interface Parameters {
  temperature?: number | undefined;
  maxTokens?: number | undefined;
  seed?: number | undefined;
  system: string;
}

export type RunState = 'waiting' | 'thinking' | 'writing' | 'done' | 'stopped' | 'failed';

/** One answer of one route. Times are in milliseconds from the question on, as this browser saw them. */
export interface Run {
  route: Route;
  state: RunState;
  content: string;
  reasoning: string;
  request?: string | undefined;
  firstTokenMs?: number | undefined;
  /** When the thinking ended and the answer began. */
  thoughtMs?: number | undefined;
  totalMs?: number | undefined;
  usage?: Usage | undefined;
  reason?: string | undefined;
  problem?: Problem | undefined;
}

export interface Turn {
  id: number;
  question: string;
  /** By the place of its route. */
  runs: readonly Run[];
}

export type Step =
  | { kind: 'asked'; id: number; question: string; routes: readonly Route[] }
  | { kind: 'again'; id: number; place: number }
  | { kind: 'pieces'; id: number; place: number; pieces: readonly Piece[]; ms: number }
  | { kind: 'ended'; id: number; place: number; ms: number; problem?: Problem; stopped: boolean }
  | { kind: 'cleared' };

/** The conversation after something has happened. */
export function advance(turns: readonly Turn[], step: Step): readonly Turn[] {
  switch (step.kind) {
    case 'cleared':
      return [];
    case 'asked':
      return [...turns, { id: step.id, question: step.question, runs: step.routes.map(fresh) }];
    case 'again':
      return change(turns, step, ({ route }) => fresh(route));
    case 'pieces':
      return change(turns, step, (run) => step.pieces.reduce((before, piece) => grown(before, piece, step.ms), run));
    case 'ended':
      return change(turns, step, (run) => ended(run, step));
  }
}

export function underWay({ state }: Run): boolean {
  return state === 'waiting' || state === 'thinking' || state === 'writing';
}

function fresh(route: Route): Run {
  return { route, state: 'waiting', content: '', reasoning: '' };
}

function change(turns: readonly Turn[], at: { id: number; place: number }, to: (run: Run) => Run): readonly Turn[] {
  return turns.map((turn) =>
    turn.id === at.id ? { ...turn, runs: turn.runs.map((run, place) => (place === at.place ? to(run) : run)) } : turn,
  );
}

function grown(run: Run, piece: Piece, ms: number): Run {
  switch (piece.kind) {
    case 'begun':
      return { ...run, request: piece.request };
    case 'finished':
      return { ...run, reason: piece.reason };
    case 'usage':
      return { ...run, usage: piece.usage };
    case 'text': {
      const content = run.content + piece.content;
      const answers = content.trim() !== '';
      return {
        ...run,
        state: answers ? 'writing' : 'thinking',
        content,
        reasoning: run.reasoning + piece.reasoning,
        firstTokenMs: run.firstTokenMs ?? ms,
        thoughtMs: run.thoughtMs ?? (answers && run.reasoning !== '' ? ms : undefined),
      };
    }
  }
}

function ended(run: Run, { ms, problem, stopped }: { ms: number; problem?: Problem; stopped: boolean }): Run {
  const state = stopped ? 'stopped' : problem === undefined ? 'done' : 'failed';
  const thoughtMs = run.thoughtMs ?? (run.reasoning === '' ? undefined : ms);
  return { ...run, state, totalMs: ms, thoughtMs, problem };
}

/** What a route is asked: what it has heard and said so far, and the new question. */
export function bodyOf(
  turns: readonly Turn[],
  question: string,
  place: number,
  route: Route,
  { temperature, maxTokens, seed, system }: Parameters,
): ChatBody {
  return {
    model: route.model,
    messages: [
      ...(system.trim() === '' ? [] : [{ role: 'system', content: system } as const]),
      ...turns.flatMap((turn) => heard(turn, place)),
      { role: 'user', content: question },
    ],
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { max_completion_tokens: maxTokens }),
    ...(seed !== undefined && { seed }),
    ...(route.thinking ? {} : { reasoning_effort: 'none' }),
  };
}

/** A question that a route did not answer is not part of what it remembers. */
function heard({ question, runs }: Turn, place: number): ChatMessage[] {
  const content = runs[place]?.content ?? '';
  return content === ''
    ? []
    : [
        { role: 'user', content: question },
        { role: 'assistant', content },
      ];
}

/** Tokens by class, as they are priced. */
export function tokenClasses(usage: Usage) {
  const cached = usage.prompt_tokens_details?.cached_tokens ?? 0;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  return {
    uncached: usage.prompt_tokens - cached,
    cached,
    reasoning,
    output: usage.completion_tokens - reasoning,
  };
}

/** Tokens a second from the first one on; undefined where there are too few to say. */
export function pace({ usage, firstTokenMs, totalMs }: Run): number | undefined {
  if (usage === undefined || firstTokenMs === undefined || totalMs === undefined || usage.completion_tokens < 2) {
    return undefined;
  }
  const seconds = (totalMs - firstTokenMs) / 1000;
  return seconds > 0 ? (usage.completion_tokens - 1) / seconds : undefined;
}
