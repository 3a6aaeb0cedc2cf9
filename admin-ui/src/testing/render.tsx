import { QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import type { FunctionComponent } from 'react';
import { vi } from 'vitest';
import type { SessionView } from '../lib/contract';
import { queries } from '../lib/query';
import { sessionQuery } from '../lib/session';
import { formatSearch, parseSearch } from '../lib/view';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
}

/** Answers of the gateway by `METHOD /path`; a function gets what was asked. */
export type Answers = Record<string, unknown | ((asked: Asked) => unknown)>;

/** Everything that was asked, in order; what has no answer is answered 404. */
export function gateway(answers: Answers): Asked[] {
  const log: Asked[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    const asked = { method: request.method, path: url.pathname.replace('/api/admin/v1', ''), query: url.searchParams };
    log.push(asked);
    const answer = answers[`${asked.method} ${asked.path}`];
    if (answer === undefined) {
      const problem = { title: 'Not Found', status: 404, detail: `no answer for ${asked.path}`, code: 'not_found' };
      return Response.json(problem, { status: 404 });
    }
    const body = typeof answer === 'function' ? answer(asked) : answer;
    return body instanceof Response ? body : Response.json(body);
  });
  return log;
}

export function owner(change: Partial<SessionView> = {}): SessionView {
  return {
    name: 'ada',
    role: 'owner',
    tenant: null,
    tenantName: null,
    scopes: ['TENANTS_READ', 'PROJECTS_READ', 'KEYS_READ', 'PRICES_READ', 'NODES_READ', 'REQUESTS_READ', 'USAGE_READ'],
    currency: 'EUR',
    mustSetPassword: false,
    expires: '2026-12-01T00:00:00Z',
    ...change,
  };
}

/** A page at an address, as the shell shows it to a signed-in user. Returns where one is then. */
export async function renderPage(Page: FunctionComponent, address: string, path = '/page', session = owner()) {
  queries.clear();
  queries.setQueryData(sessionQuery.queryKey, session);
  const root = createRootRoute({ component: Outlet });
  const page = createRoute({ getParentRoute: () => root, path, component: Page });
  const elsewhere = createRoute({ getParentRoute: () => root, path: '$', component: () => null });
  const router = createRouter({
    routeTree: root.addChildren([page, elsewhere]),
    history: createMemoryHistory({ initialEntries: [address] }),
    parseSearch,
    stringifySearch: formatSearch,
  });
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  await screen.findByRole('heading', { level: 1 });
  return { where: () => router.state.location.href };
}
