import { describe, expect, it } from 'vitest';
import { unreachable } from '../../lib/problem';
import { advance, bodyOf, pace, type Step, type Turn, tokenClasses } from './conversation';

const ROUTE = { model: 'tiny-moe', thinking: true };
const OTHER = { model: 'other', thinking: false };
const USAGE = {
  prompt_tokens: 100,
  completion_tokens: 41,
  prompt_tokens_details: { cached_tokens: 30 },
  completion_tokens_details: { reasoning_tokens: 11 },
};

function conversation(...steps: Step[]): readonly Turn[] {
  return steps.reduce<readonly Turn[]>(advance, []);
}

const ASKED: Step = { kind: 'asked', id: 1, question: 'Why?', routes: [ROUTE, OTHER] };

function text(content: string, reasoning: string, ms: number, place = 0): Step {
  return { kind: 'pieces', id: 1, place, ms, pieces: [{ kind: 'text', content, reasoning }] };
}

describe('a conversation', () => {
  it('thinks, then writes, and tells when each began', () => {
    const thinking = conversation(ASKED, text('', 'hm', 200));
    expect(thinking[0]?.runs[0]).toMatchObject({ state: 'thinking', firstTokenMs: 200, reasoning: 'hm' });
    const writing = advance(thinking, text('Because', '', 900));
    expect(writing[0]?.runs[0]).toMatchObject({ state: 'writing', thoughtMs: 900, firstTokenMs: 200 });
    expect(writing[0]?.runs[1]).toMatchObject({ state: 'waiting', content: '' });
  });

  it('keeps what was said when it is stopped or fails', () => {
    const said = conversation(ASKED, text('Half', '', 300));
    const stopped = advance(said, { kind: 'ended', id: 1, place: 0, ms: 500, stopped: true });
    expect(stopped[0]?.runs[0]).toMatchObject({ state: 'stopped', content: 'Half', totalMs: 500 });
    const failed = advance(said, {
      kind: 'ended',
      id: 1,
      place: 0,
      ms: 500,
      stopped: false,
      problem: unreachable('x'),
    });
    expect(failed[0]?.runs[0]).toMatchObject({ state: 'failed', content: 'Half', problem: { code: 'unreachable' } });
  });

  it('ends the thinking where an answer ends without a word', () => {
    const ended = conversation(ASKED, text('', 'hm', 200), { kind: 'ended', id: 1, place: 0, ms: 700, stopped: true });
    expect(ended[0]?.runs[0]?.thoughtMs).toBe(700);
  });

  it('hears nothing any more once it is cleared', () => {
    expect(conversation(ASKED, { kind: 'cleared' }, text('late', '', 900))).toEqual([]);
  });
});

describe('what is asked', () => {
  const turns = conversation(ASKED, text('Because.', 'hm', 300));

  it('remembers of each route its own answers only, without their thinking', () => {
    const parameters = { system: 'Be brief.', temperature: 0, maxTokens: 50, seed: 7 };
    expect(bodyOf(turns, 'And then?', 0, ROUTE, parameters)).toEqual({
      model: 'tiny-moe',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Why?' },
        { role: 'assistant', content: 'Because.' },
        { role: 'user', content: 'And then?' },
      ],
      temperature: 0,
      max_completion_tokens: 50,
      seed: 7,
    });
    expect(bodyOf(turns, 'And then?', 1, OTHER, { system: ' ' })).toEqual({
      model: 'other',
      messages: [{ role: 'user', content: 'And then?' }],
      reasoning_effort: 'none',
    });
  });
});

describe('what an answer took', () => {
  it('counts each token in one class', () => {
    expect(tokenClasses(USAGE)).toEqual({ uncached: 70, cached: 30, reasoning: 11, output: 30 });
  });

  it('has a pace from the first token on, where there is more than one', () => {
    const run = { route: ROUTE, state: 'done', content: 'x', reasoning: '', firstTokenMs: 500, totalMs: 2500 } as const;
    expect(pace({ ...run, usage: USAGE })).toBe(20);
    expect(pace(run)).toBeUndefined();
    expect(pace({ ...run, usage: { ...USAGE, completion_tokens: 1 } })).toBeUndefined();
  });
});
