import { describe, expect, it } from 'vitest';
import { z } from '../../lib/check';
import { playgroundView, routesOf } from './view';

const read = (search: Record<string, string>) => z.parse(playgroundView, search);

describe('the address of the playground', () => {
  it('holds numbers that make sense, and forgets the others', () => {
    expect(read({ temperature: '0', maxTokens: '50', seed: '-3' })).toMatchObject({
      temperature: 0,
      maxTokens: 50,
      seed: -3,
    });
    expect(read({ temperature: '3', maxTokens: '0', seed: 'x' })).toEqual({});
  });

  it('asks one route, or two where it names a second model that there is', () => {
    const models = ['a', 'b'];
    expect(routesOf(read({}), models)).toEqual([{ model: 'a', thinking: true }]);
    expect(routesOf(read({ model: 'gone', with: 'gone' }), models)).toEqual([{ model: 'a', thinking: true }]);
    expect(routesOf(read({ model: 'b', with: 'b', withThinking: 'off' }), models)).toEqual([
      { model: 'b', thinking: true },
      { model: 'b', thinking: false },
    ]);
    expect(routesOf(read({}), [])).toEqual([]);
  });
});
