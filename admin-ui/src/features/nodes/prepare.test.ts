import { expect, it } from 'vitest';
import { kvShare, type NodeView, onlyHere, stateRank } from './prepare';

function node(name: string, state: NodeView['state'], models: string[]): NodeView {
  return {
    id: name,
    name,
    state,
    heard: '2026-11-24T12:00:00Z',
    version: '1',
    build: 'b',
    models: models.map((id) => ({ id, context: 8192 })),
    slots: 8,
    running: 0,
    waiting: 0,
    kvUsed: 10,
    kvTokens: 40,
    tokensPerSecond: 0,
    requestsLastHour: 0,
    failedLastHour: 0,
  };
}

it('tells which models nobody else would serve', () => {
  const [one, other] = [node('a', 'ready', ['x', 'y']), node('b', 'ready', ['y'])];
  expect(onlyHere(one, [one, other])).toEqual(['x']);
  expect(onlyHere(one, [one, { ...other, state: 'draining' }])).toEqual(['x', 'y']);
  expect(onlyHere({ ...one, state: 'lost' }, [one])).toEqual([]);
});

it('has an empty cache where it has none', () => {
  expect(kvShare(node('a', 'ready', []))).toBe(0.25);
  expect(kvShare({ ...node('a', 'loading', []), kvUsed: 0, kvTokens: 0 })).toBe(0);
});

it('shows what needs a person first', () => {
  const states = (['ready', 'draining', 'lost', 'loading'] as const).map((state) => node(state, state, []));
  expect(states.toSorted((one, next) => stateRank(one) - stateRank(next)).map(({ state }) => state)).toEqual([
    'lost',
    'loading',
    'draining',
    'ready',
  ]);
});
