import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestAttempt, RequestDetail, RequestView } from '../../lib/contract';
import { type Answers, gateway, renderPage } from '../../testing/render';
import { NO_TAIL, tailAfter } from './live';
import { waterfallOf } from './prepare';
import RequestsPage from './RequestsPage';

const ID = '019ab000-0000-7000-8000-000000000001';

function request(change: Partial<RequestView> = {}): RequestView {
  return {
    id: ID,
    arrived: '2026-11-24T11:00:00Z',
    tenant: 't-1',
    tenantName: 'acme',
    project: 'p-1',
    projectName: 'default',
    key: 'k-1',
    keyName: 'laptop',
    model: 'tiny-moe',
    dialect: 'openai',
    kind: 'completed',
    code: null,
    reason: 'stop',
    rule: null,
    nodes: ['worker-1'],
    promptTokens: 100,
    cachedTokens: 40,
    completionTokens: 50,
    reasoningTokens: 20,
    exact: true,
    chargeNano: 1_100_000,
    costNano: 300_000,
    firstTokenMs: 363.4,
    totalMs: 1461,
    recorded: '2026-11-24T11:00:02Z',
    ...change,
  };
}

function attempt(change: Partial<RequestAttempt>): RequestAttempt {
  return {
    attempt: 1,
    node: 'worker-1',
    promptTokens: 100,
    cachedTokens: 0,
    completionTokens: 50,
    reasoningTokens: 0,
    exact: true,
    queueMs: 0,
    prefillMs: 0,
    decodeMs: 0,
    stepRows: 0,
    chargeNano: 0,
    costNano: 0,
    ...change,
  };
}

const detail: RequestDetail = {
  currency: 'EUR',
  request: request(),
  intent: {
    id: ID,
    address: '10.0.0.1',
    maxInput: 400,
    maxOutput: 256,
    choices: 1,
    gateway: 'gateway-1',
    bodySha256: 'ab'.repeat(32),
    arrived: '2026-11-24T11:00:00Z',
  },
  times: { queueMs: 10, prefillMs: 200, decodeMs: 1000, firstTokenMs: 363.4, totalMs: 1461, stepRows: 4 },
  attempts: [
    attempt({ attempt: 1, node: 'worker-2', queueMs: 5, prefillMs: 50, exact: false }),
    attempt({ attempt: 2, node: 'worker-1', queueMs: 10, prefillMs: 200, decodeMs: 1000 }),
  ],
  lines: [],
  cost: [{ tokenClass: 'cached', tokens: 40, priceNanoPerMillion: 60_000_000, chargeNano: 2400 }],
  guard: { policy: 'v1', rule: null, coverage: null },
  open: false,
};

const buckets = [{ at: '2026-11-24T11:00:00Z', completed: 2, refused: 0, cut: 0, left: 0, failed: 1, other: 0 }];

function answers(change: Answers = {}) {
  return gateway({
    'GET /tenants': { items: [{ id: 't-1', name: 'acme' }], next: null },
    'GET /projects': { items: [], next: null },
    'GET /keys': { items: [], next: null },
    'GET /models': { items: [], next: null },
    'GET /nodes': { items: [], next: null },
    'GET /requests': {
      items: [request(), request({ id: 'r-2', kind: 'failed', code: 'no_healthy_node' })],
      next: null,
    },
    'GET /requests/histogram': { bucketSeconds: 60, buckets },
    [`GET /requests/${ID}`]: detail,
    ...change,
  });
}

const show = (address: string) => renderPage(RequestsPage, address, '/requests/{-$id}');

describe('Requests', () => {
  beforeEach(() => {
    vi.stubGlobal(
      'EventSource',
      class {
        addEventListener() {}
        close() {}
      },
    );
  });

  it('narrows list and histogram by the same words, which a person types by name', async () => {
    const asked = answers();
    const { where } = await show('/requests?range=1h');
    await screen.findByRole('table');
    await userEvent.type(screen.getByRole('combobox', { name: 'Filter' }), 'tenant:acme kind:failed{Enter}');
    await waitFor(() => expect(where()).toBe('/requests?range=1h&tenant=t-1&kind=failed'));
    for (const path of ['/requests', '/requests/histogram']) {
      await waitFor(() => {
        const last = asked.findLast((one) => one.path === path);
        expect([last?.query.get('tenant'), last?.query.get('kind')]).toEqual(['t-1', 'failed']);
      });
    }
    expect(screen.getByRole('button', { name: 'Remove tenant:acme' })).toBeInTheDocument();
  });

  it('loads the next part when the end comes into view', async () => {
    const asked = answers({
      'GET /requests': ({ query }: { query: URLSearchParams }) =>
        query.has('cursor') ? { items: [request({ id: 'r-3' })], next: null } : { items: [request()], next: 'more' },
    });
    await show('/requests?range=1h');
    await screen.findByText('2 requests');
    expect(asked.filter(({ path, query }) => path === '/requests' && query.get('cursor') === 'more')).toHaveLength(1);
  });

  it('says which part of a filter to take away when nothing matches', async () => {
    answers({ 'GET /requests': { items: [], next: null } });
    const { where } = await show('/requests?range=1h&kind=failed&model=x');
    await userEvent.click(await screen.findByRole('button', { name: 'Clear kind:failed' }));
    await waitFor(() => expect(where()).toBe('/requests?range=1h&model=x'));
  });

  it('shows a request with its phases, charge and commands', async () => {
    answers();
    await show(`/requests/${ID}?range=1h`);
    const sheet = within(await screen.findByRole('dialog', { name: 'Request' }));
    expect(await sheet.findByText(/First token after 363.ms, finished after 1.46.s\./)).toBeInTheDocument();
    expect(await sheet.findByText('Input, cached')).toBeInTheDocument();
    expect(await sheet.findByText(new RegExp(`curl .*/requests/${ID}`))).toBeInTheDocument();
  });
});

describe('the waterfall', () => {
  it('puts attempts one after the other and leaves the rest to the gateway', () => {
    const fall = waterfallOf(detail);
    expect(fall.attempts[1]?.segments).toEqual([
      { phase: 'queue', from: 55, ms: 10 },
      { phase: 'prefill', from: 65, ms: 200 },
      { phase: 'decode', from: 265, ms: 1000 },
    ]);
    expect(fall.restMs).toBe(196);
  });
});

describe('the tail', () => {
  it('holds rows while paused and shows them all afterwards', () => {
    let tail = tailAfter(NO_TAIL, { type: 'request', row: request({ id: 'a' }) });
    tail = tailAfter(tail, { type: 'pause', paused: true });
    tail = tailAfter(tail, { type: 'request', row: request({ id: 'b' }) });
    expect([tail.rows.length, tail.held.length]).toEqual([1, 1]);
    tail = tailAfter(tail, { type: 'pause', paused: false });
    expect(tail.rows.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('counts what it leaves out, here and at the gateway', () => {
    let tail = tailAfter(NO_TAIL, { type: 'pause', paused: true });
    for (let index = 0; index < 503; index++) {
      tail = tailAfter(tail, { type: 'request', row: request({ id: String(index) }) });
    }
    tail = tailAfter(tail, { type: 'dropped', count: 7 });
    expect([tail.held.length, tail.held[0]?.id, tail.dropped]).toEqual([500, '502', 10]);
  });
});
