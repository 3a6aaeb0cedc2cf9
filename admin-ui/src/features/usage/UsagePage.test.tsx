import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Asked, gateway, owner, renderPage } from '../../testing/render';
import type { UsageView } from './prepare';
import UsagePage from './UsagePage';

const ID = '019ab000-0000-7000-8000-000000000900';

function sum(group: string, label: string | null, requests: number): UsageView {
  return {
    group,
    label,
    requests,
    attempts: requests,
    promptTokens: 10,
    cachedTokens: 0,
    completionTokens: 10,
    reasoningTokens: 0,
    chargeNano: requests * 1_000_000_000,
    costNano: 0,
  };
}

function usage({ query }: Asked) {
  const now = Date.parse(query.get('until') ?? '') > Date.now() - 3_600_000;
  const by = query.get('by') ?? '';
  const items = by === 'hour' || by === 'day' ? [] : [sum(ID, 'claims-eu', now ? 12 : 8)];
  return { items, next: null, total: sum('total', null, now ? 34 : 20) };
}

const FORECAST = {
  from: '2026-11-01T00:00:00Z',
  until: '2026-12-01T00:00:00Z',
  spentNano: 50_000_000_000,
  costNano: 0,
  forecastNano: 90_000_000_000,
  budgetNano: 60_000_000_000,
  exhausted: '2026-11-27',
  days: [],
};

const ANSWERS = { 'GET /usage': usage, 'GET /usage/forecast': FORECAST, 'GET /tenants': { items: [] } };

describe('usage', () => {
  it('shows the total of the gateway, not the sum of the rows, and the span before', async () => {
    gateway(ANSWERS);
    await renderPage(UsagePage, '/page?range=24h');
    const table = await screen.findByRole('region', { name: 'Usage by tenant' });
    const total = within(table).getByText('Total').closest('tr') as HTMLElement;
    expect(within(total).getByText('34.00')).toBeInTheDocument();
    expect(await within(total).findByText('20.00')).toBeInTheDocument();
    expect(within(total).getByText('+70 %')).toBeInTheDocument();
  });

  it('leads from a tenant to its keys with the same filters', async () => {
    gateway(ANSWERS);
    const { where } = await renderPage(UsagePage, '/page?range=7d&metric=requests');
    await userEvent.click(await screen.findByRole('link', { name: 'claims-eu' }));
    await waitFor(() => expect(where()).toBe(`/usage?range=7d&metric=requests&tenant=${ID}&group=key`));
  });

  it('says when the budget will be spent', async () => {
    gateway(ANSWERS);
    await renderPage(UsagePage, '/page');
    expect(await screen.findByText(/the budget is spent on 27 Nov; calls are then refused/)).toBeInTheDocument();
  });

  it('keeps what nodes cost from users of a tenant, and does not group by it', async () => {
    gateway(ANSWERS);
    await renderPage(UsagePage, '/page', '/page', owner({ tenant: ID, tenantName: 'claims-eu' }));
    await screen.findByRole('region', { name: 'Usage by project' });
    expect(screen.queryByText('Our cost')).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Tenant' })).not.toBeInTheDocument();
  });

  it('says who could help when usage is not among the rights', async () => {
    const log = gateway(ANSWERS);
    await renderPage(UsagePage, '/page', '/page', owner({ scopes: [] }));
    expect(await screen.findByText('Not among your rights')).toBeInTheDocument();
    expect(log).toEqual([]);
  });
});
