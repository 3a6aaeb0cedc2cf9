import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { gateway, owner, renderPage } from '../../testing/render';
import MePage from './MePage';
import { type AccessRequest, inOrder, type MeView, waitsFor } from './prepare';

const OWN: MeView = {
  keys: [],
  currency: 'EUR',
  monthChargeNano: 2_500_000_000,
  projects: [],
  models: [
    { id: 'big', context: null, price: null, granted: false },
    { id: 'tiny', context: 8192, price: null, granted: true },
  ],
};

function asked(change: Partial<AccessRequest> = {}): AccessRequest {
  return {
    id: 'a-1',
    tenant: 't-1',
    project: 'p-1',
    projectName: 'default',
    model: 'big',
    asker: 'u-1',
    askerName: 'ada',
    reason: 'a prototype',
    state: 'open',
    created: '2026-11-24T10:00:00Z',
    decided: null,
    decidedBy: null,
    note: null,
    ...change,
  };
}

const ANSWERS = {
  'GET /me': OWN,
  'GET /projects': { items: [{ id: 'p-1', tenant: 't-1', name: 'default', created: '2026-11-01T00:00:00Z' }] },
};
const SESSION = owner({
  role: 'developer',
  tenant: 't-1',
  tenantName: 'acme',
  scopes: ['PROJECTS_READ', 'KEYS_READ', 'KEYS_WRITE', 'ACCESS_ASK'],
});

describe('one’s own page', () => {
  it('granted models stand first', () => {
    expect(inOrder(OWN.models).map(({ id }) => id)).toEqual(['tiny', 'big']);
  });

  it('a request for all models waits for each of them', () => {
    expect(waitsFor('big', [asked({ model: null })])).toBe(true);
    expect(waitsFor('tiny', [asked()])).toBe(false);
    expect(waitsFor('big', [asked({ state: 'declined' })])).toBe(false);
  });

  it('shows the spend of the answer, and does not ask twice for a model', async () => {
    gateway({ ...ANSWERS, 'GET /access-requests': { items: [asked()] } });
    await renderPage(MePage, '/me', '/me', SESSION);
    expect(await screen.findByText('2.50')).toBeInTheDocument();
    await waitFor(() => expect(screen.getAllByText('Waiting')).toHaveLength(2));
    expect(screen.queryByRole('button', { name: 'Ask for big' })).not.toBeInTheDocument();
  });

  it('asks for the model that the button names, with a reason', async () => {
    const log = gateway({
      ...ANSWERS,
      'GET /access-requests': { items: [] },
      'POST /access-requests': () => Response.json(asked(), { status: 201 }),
    });
    await renderPage(MePage, '/me', '/me', SESSION);
    await userEvent.click(await screen.findByRole('button', { name: 'Ask for big' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Ask for access' }));
    expect(await within(dialog).findByText('Say what you need it for.')).toBeInTheDocument();
    await userEvent.type(within(dialog).getByLabelText('Reason'), 'a prototype');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Ask for access' }));
    await waitFor(() => expect(log.filter(({ method }) => method === 'POST')).toHaveLength(1));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });
});
