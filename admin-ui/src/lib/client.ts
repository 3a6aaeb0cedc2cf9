import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './api';
import { problemOf, unreachable } from './problem';

const READS = new Set(['GET', 'HEAD']);

const session: Middleware = {
  onRequest({ request }) {
    const token = csrfToken();
    if (token !== null && !READS.has(request.method)) {
      request.headers.set('X-XSRF-TOKEN', token);
    }
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) {
      throw await problemOf(response);
    }
  },
  onError({ error }) {
    return error instanceof Error && ['Problem', 'AbortError'].includes(error.name) ? error : unreachable(error);
  },
};

/** The administration's API. Every refusal is thrown as a {@link Problem}. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'same-origin',
  fetch: (request) => fetch(request),
});
api.use(session);

/** What Spring Security wants back with each change: the cookie's own value. */
export function csrfToken(): string | null {
  const pair = document.cookie.split('; ').find((cookie) => cookie.startsWith('XSRF-TOKEN='));
  return pair === undefined ? null : decodeURIComponent(pair.slice('XSRF-TOKEN='.length));
}
