import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { OverviewView, SeriesView } from '../../lib/contract';
import { gateway, renderPage } from '../../testing/render';
import OverviewPage from './OverviewPage';

const quiet = {
  from: '2026-11-24T06:00:00Z',
  until: '2026-11-24T12:00:00Z',
  requests: 1000,
  requestsBefore: 800,
  failed: 5,
  failedBefore: 10,
  firstTokenP50Ms: 120,
  firstTokenP95Ms: 940,
  outputTokens: 50_000,
  outputTokensPerSecond: 2.3,
  nodesReady: 2,
  nodesTotal: 3,
  currency: 'EUR',
  month: {
    from: '2026-11-01T00:00:00Z',
    until: '2026-12-01T00:00:00Z',
    chargeNano: 12_000_000_000,
    costNano: 4_000_000_000,
    budgetNano: 10_000_000_000,
    forecastNano: 15_000_000_000,
  },
  spend: [
    { tenant: 't-1', tenantName: 'acme', chargeNano: 12_000_000_000, budgetNano: 10_000_000_000, softPercent: 80 },
  ],
  failures: [{ kind: 'failed', code: 'no_healthy_node', count: 4, last: '2026-11-24T11:50:00Z', example: 'r-9' }],
  attention: [],
  firstRun: { modelReady: true, keyMade: true, requestSeen: true },
} satisfies OverviewView & { from: string; until: string };

const series = {
  bucketSeconds: 60,
  buckets: [
    bucket('2026-11-24T11:58:00Z', 600, 100, 200),
    bucket('2026-11-24T11:59:00Z', 0, null, null),
    bucket('2026-11-24T12:00:00Z', 1200, 300, 900),
  ],
  events: [
    { act: 'a-1', at: '2026-11-24T11:58:30Z', until: null, what: 'node.joined', target: 'w', label: 'worker-1 joined' },
  ],
} satisfies SeriesView;

function bucket(at: string, outputTokens: number, firstTokenP50Ms: number | null, firstTokenP95Ms: number | null) {
  return { at, requests: 1, failed: 0, firstTokenP50Ms, firstTokenP95Ms, outputTokens, chargeNano: 0, costNano: 0 };
}

function answers(overview: unknown) {
  return gateway({ 'GET /overview': overview, 'GET /series': series });
}

describe('Overview', () => {
  it('asks two calls, with the range and the tenant of the address', async () => {
    const asked = answers(quiet);
    await renderPage(OverviewPage, '/page?tenant=t-1&from=2026-11-24T06:00:00Z&until=2026-11-24T12:00:00Z');
    await screen.findByText('1,000');
    expect(asked.map(({ path }) => path).sort()).toEqual(['/overview', '/series']);
    for (const { query } of asked) {
      expect([query.get('tenant'), query.get('from'), query.get('until')]).toEqual([
        't-1',
        '2026-11-24T06:00:00Z',
        '2026-11-24T12:00:00Z',
      ]);
    }
  });

  it('shows five numbers, each with what it is compared to', async () => {
    answers(quiet);
    await renderPage(OverviewPage, '/page?range=6h');
    const numbers = within(await screen.findByRole('region', { name: 'Five numbers' }));
    await numbers.findByText('1,000');
    for (const text of [
      /\+25.%\son the 6.h before/,
      /5 requests, 10 before/,
      /^p50 120.ms/,
      '2 of 3 nodes ready',
      /120.% of budget, forecast 15.00/,
    ]) {
      expect(numbers.getByText(text)).toBeInTheDocument();
    }
    expect(numbers.getByRole('link', { name: /Failed/ })).toHaveAttribute('href', '/requests?range=6h&kind=failed');
  });

  it('says in a sentence what a chart shows, and keeps a gap a gap', async () => {
    answers(quiet);
    await renderPage(OverviewPage, '/page');
    expect(await screen.findByText(/95 % within 900.ms; slowest at .* with 900.ms\./)).toBeInTheDocument();
    expect(await screen.findByText(/On average 10 tok\/s; most at .* with 20 tok\/s\./)).toBeInTheDocument();
  });

  it('has no band when nothing needs a person', async () => {
    answers(quiet);
    await renderPage(OverviewPage, '/page');
    await screen.findByText('1,000');
    expect(screen.queryByRole('region', { name: 'Needs attention' })).toBeNull();
  });

  it('puts the worst first and says cause, times, effect and one action', async () => {
    const since = '2026-11-24T09:00:00Z';
    answers({
      ...quiet,
      attention: [
        {
          kind: 'key_expiring',
          target: 'k-1',
          label: 'laptop',
          since: '2026-11-27T12:00:00Z',
          until: null,
          effect: {},
        },
        {
          kind: 'node_lost',
          target: 'gpu-2',
          label: 'gpu-2',
          since,
          until: null,
          effect: { failed: 9, failedOver: 1 },
        },
      ],
    });
    await renderPage(OverviewPage, '/page');
    const band = within(await screen.findByRole('region', { name: 'Needs attention' }));
    expect(band.getAllByText(/^(Node lost|Key expires)$/).map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Node lost'),
      expect.stringContaining('Key expires'),
    ]);
    expect(band.getByText('9 requests failed · 1 moved to another node')).toBeInTheDocument();
    expect(band.getByRole('link', { name: 'Open node' })).toHaveAttribute('href', '/nodes/gpu-2');
  });

  it('leads through the first steps until the first request is seen', async () => {
    let seen = false;
    answers(() => ({ ...quiet, firstRun: { modelReady: true, keyMade: false, requestSeen: seen } }));
    await renderPage(OverviewPage, '/page');
    const steps = within(await screen.findByRole('region', { name: 'First steps' }));
    expect(steps.getAllByRole('listitem').map(({ textContent }) => textContent?.slice(0, 5))).toEqual([
      '✓done',
      '◌wait',
      '◌wait',
    ]);
    seen = true;
  });

  it('says what failed and keeps what still holds', async () => {
    gateway({
      'GET /series': series,
      'GET /overview': () =>
        Response.json(
          { title: 'Bad Request', status: 400, detail: 'The range is too long.', code: 'invalid_value' },
          { status: 400 },
        ),
    });
    await renderPage(OverviewPage, '/page');
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('The range is too long.'));
    expect(await screen.findByRole('figure', { name: 'Time to first token' })).toBeInTheDocument();
  });
});
