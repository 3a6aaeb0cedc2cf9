import { csrfToken } from '../../lib/client';
import { named } from '../../lib/i18n';
import { Problem, unreachable } from '../../lib/problem';

/** A chat completion as the gateway reads it. */
export interface ChatBody {
  model: string;
  messages: readonly ChatMessage[];
  temperature?: number;
  max_completion_tokens?: number;
  seed?: number;
  reasoning_effort?: 'none';
}

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** Tokens of an answer, as its last chunk tells them. */
export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  prompt_tokens_details?: { cached_tokens?: number };
  completion_tokens_details?: { reasoning_tokens?: number };
}

/** What an answer brings, bit by bit. */
export type Piece =
  | { kind: 'begun'; request: string | undefined }
  | { kind: 'text'; content: string; reasoning: string }
  | { kind: 'finished'; reason: string }
  | { kind: 'usage'; usage: Usage };

interface Chunk {
  choices?: { delta?: { content?: string | null; reasoning_content?: string | null }; finish_reason?: string | null }[];
  usage?: Usage | null;
  error?: OpenAiError;
}

interface OpenAiError {
  message?: string;
  code?: string | null;
  type?: string;
}

const PATH = '/api/admin/v1/playground/chat/completions';
const END = '[DONE]';

/**
 * Asks as the signed-in user and yields the answer as it comes. Aborting the signal closes the connection, which makes
 * the node stop. Throws a {@link Problem} when it is refused or breaks.
 */
export async function* ask(project: string, body: ChatBody, signal: AbortSignal): AsyncGenerator<Piece> {
  const response = await send(project, body, signal);
  yield { kind: 'begun', request: response.headers.get('x-request-id') ?? undefined };
  if (!response.ok) {
    throw refusal(response.status, await response.json().catch(() => null));
  }
  let whole = false;
  for await (const data of events(response.body, signal)) {
    whole = data === END;
    yield* piecesOf(data);
  }
  if (!whole) {
    throw unreachable('the stream broke off');
  }
}

async function send(project: string, body: ChatBody, signal: AbortSignal): Promise<Response> {
  const token = csrfToken();
  return fetch(PATH, {
    method: 'POST',
    credentials: 'same-origin',
    signal,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'gatehouse-project': project,
      ...(token !== null && { 'X-XSRF-TOKEN': token }),
    },
    body: JSON.stringify({ ...body, stream: true, stream_options: { include_usage: true } }),
  }).catch((cause: unknown) => {
    throw signal.aborted ? cause : unreachable(cause);
  });
}

/** The data of each event of a stream. A connection that breaks is a problem; one that was stopped is not. */
async function* events(body: ReadableStream<Uint8Array> | null, signal: AbortSignal): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  try {
    while (reader !== undefined) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      const { whole, left } = wholeEvents(rest + value);
      rest = left;
      yield* whole;
    }
  } catch (cause) {
    throw signal.aborted || cause instanceof Problem ? cause : unreachable(cause);
  }
}

/** The data of the events that are complete, and the text that is left. */
export function wholeEvents(text: string): { whole: string[]; left: string } {
  const parts = text.replaceAll('\r\n', '\n').split('\n\n');
  const left = parts.pop() ?? '';
  const whole = parts.flatMap((part) => {
    const lines = part.split('\n').filter((line) => line.startsWith('data:'));
    return lines.length === 0 ? [] : [lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n')];
  });
  return { whole, left };
}

/** What an event says; an error inside a stream is thrown. */
export function piecesOf(data: string): Piece[] {
  if (data === END) {
    return [];
  }
  const chunk = JSON.parse(data) as Chunk;
  if (chunk.error !== undefined) {
    throw refusal(200, chunk);
  }
  const pieces: Piece[] = [];
  for (const { delta, finish_reason: reason } of chunk.choices ?? []) {
    const content = delta?.content ?? '';
    const reasoning = delta?.reasoning_content ?? '';
    if (content !== '' || reasoning !== '') {
      pieces.push({ kind: 'text', content, reasoning });
    }
    if (reason != null) {
      pieces.push({ kind: 'finished', reason });
    }
  }
  return chunk.usage == null ? pieces : [...pieces, { kind: 'usage', usage: chunk.usage }];
}

/** A refusal in OpenAI's shape, or in that of the administration, where the door already refused. */
export function refusal(status: number, body: unknown): Problem {
  const error = typeof body === 'object' && body !== null && 'error' in body ? (body.error as OpenAiError) : undefined;
  if (error === undefined) {
    const problem = body as { title?: string; detail?: string; code?: string } | null;
    return new Problem({
      title: problem?.title ?? '',
      status,
      detail: problem?.detail ?? '',
      code: problem?.code ?? 'unreadable',
    });
  }
  const code = error.code ?? error.type ?? 'internal_error';
  return new Problem({ title: named('shell.code', code), status, detail: error.message ?? '', code });
}
