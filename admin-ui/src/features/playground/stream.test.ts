import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../../lib/problem';
import { ask, type ChatBody, type Piece, piecesOf, refusal, wholeEvents } from './stream';

const BODY: ChatBody = { model: 'tiny-moe', messages: [{ role: 'user', content: 'Hello' }] };

async function collect(pieces: AsyncGenerator<Piece>): Promise<Piece[]> {
  const all: Piece[] = [];
  for await (const piece of pieces) {
    all.push(piece);
  }
  return all;
}

function answers(response: Response): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push(new Request(new URL(path, 'http://gateway'), init));
    return response;
  });
  return asked;
}

function stream(...parts: string[]): Response {
  const bytes = parts.map((part) => new TextEncoder().encode(part));
  const body = new ReadableStream({
    start(controller) {
      for (const part of bytes) {
        controller.enqueue(part);
      }
      controller.close();
    },
  });
  return new Response(body, { headers: { 'x-request-id': 'r-1' } });
}

afterEach(() => {
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie of Spring Security is what is tested
  document.cookie = 'XSRF-TOKEN=; max-age=0';
});

describe('events', () => {
  it('are whole at an empty line; the rest waits', () => {
    expect(wholeEvents('data: a\n\ndata: b\n\ndata: c')).toEqual({ whole: ['a', 'b'], left: 'data: c' });
    expect(wholeEvents(': ping\n\ndata:x\r\n\r\n')).toEqual({ whole: ['x'], left: '' });
  });

  it('bring thinking apart from the answer, why it ended, and what it took', () => {
    const delta = (text: object) => JSON.stringify({ choices: [{ delta: text }] });
    expect(piecesOf(delta({ reasoning_content: 'hm' }))).toEqual([{ kind: 'text', content: '', reasoning: 'hm' }]);
    expect(piecesOf(delta({ content: 'yes' }))).toEqual([{ kind: 'text', content: 'yes', reasoning: '' }]);
    expect(piecesOf(delta({ role: 'assistant' }))).toEqual([]);
    expect(piecesOf(JSON.stringify({ choices: [{ delta: {}, finish_reason: 'length' }] }))).toEqual([
      { kind: 'finished', reason: 'length' },
    ]);
    expect(piecesOf('[DONE]')).toEqual([]);
  });

  it('that are an error end the answer', () => {
    expect(() => piecesOf('{"error":{"message":"The node is gone.","code":"upstream_lost"}}')).toThrow(
      'The node is gone.',
    );
  });
});

describe('asking', () => {
  it('names the project that pays and sends the token of the session back', async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie of Spring Security is what is tested
    document.cookie = 'XSRF-TOKEN=t%201';
    const asked = answers(stream('data: {"choices":[{"delta":{"content":"Hi"}}]}\n', '\ndata: [DONE]\n\n'));
    const pieces = await collect(ask('p-1', BODY, new AbortController().signal));
    expect(pieces).toEqual([
      { kind: 'begun', request: 'r-1' },
      { kind: 'text', content: 'Hi', reasoning: '' },
    ]);
    expect(asked[0]?.headers.get('gatehouse-project')).toBe('p-1');
    expect(asked[0]?.headers.get('X-XSRF-TOKEN')).toBe('t 1');
    expect(await asked[0]?.json()).toMatchObject({ model: 'tiny-moe', stream: true });
  });

  it('fails when the stream breaks off before its end', async () => {
    answers(stream('data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n'));
    await expect(collect(ask('p-1', BODY, new AbortController().signal))).rejects.toMatchObject({
      code: 'unreachable',
    });
  });

  it('is refused with the words of the gateway, in either of its shapes', async () => {
    const error = { error: { message: 'Spent until December.', type: 'insufficient_quota', code: 'budget_exceeded' } };
    answers(Response.json(error, { status: 429 }));
    const refused = await collect(ask('p-1', BODY, new AbortController().signal)).catch((problem: unknown) => problem);
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({ status: 429, title: 'Budget spent', message: 'Spent until December.' });
    expect(
      refusal(401, { title: 'Unauthorized', status: 401, detail: 'Sign in.', code: 'not_signed_in' }),
    ).toMatchObject({
      status: 401,
      message: 'Sign in.',
    });
    expect(refusal(502, null)).toMatchObject({ status: 502, code: 'unreadable' });
  });
});
