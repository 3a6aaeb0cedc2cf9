import type { components } from './api';

type ProblemBody = components['schemas']['Problem'];

/** What a call answered instead of what was asked for. `status` is 0 when nothing answered. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly instance: string | undefined;

  constructor(body: ProblemBody) {
    super(body.detail);
    this.name = 'Problem';
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.instance = body.instance;
  }
}

/** Reads a refusal; whatever is no problem document (a proxy's page, say) is told by its status. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  return new Problem(
    isProblem(body) ? body : { title: response.statusText, status: response.status, detail: '', code: 'unreadable' },
  );
}

/** A call that got no answer. */
export function unreachable(cause: unknown): Problem {
  const problem = new Problem({ title: '', status: 0, detail: '', code: 'unreachable' });
  problem.cause = cause;
  return problem;
}

/** Any error as a problem, so that a page has one thing to show. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem
    ? error
    : new Problem({
        title: '',
        status: -1,
        detail: error instanceof Error ? error.message : String(error),
        code: 'console',
      });
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'status' in body && 'detail' in body && 'code' in body;
}
