import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { gateway, owner, renderPage } from '../../testing/render';
import { isName, linkOf, passes, type UserView } from './prepare';
import UsersPage from './UsersPage';

const ADA: UserView = {
  id: 'u-1',
  name: 'ada',
  role: 'developer',
  tenant: 't-1',
  tenantName: 'acme',
  created: '2026-11-01T00:00:00Z',
  lastSeen: null,
  hasPassword: false,
};

describe('users', () => {
  it('are found by name, role and whether they have come', () => {
    expect(passes(ADA, { name: 'AD', role: 'developer', state: 'invited' })).toBe(true);
    expect(passes(ADA, { state: 'active' })).toBe(false);
  });

  it.each([
    ['grace@acme.example', true],
    ['Grace', false],
    ['.x', false],
    ['', false],
  ])('may be called %s: %s', (name, fine) => {
    expect(isName(name)).toBe(fine);
  });

  it('sign in by a link whose token no server sees', () => {
    const link = new URL(linkOf('tok', 'https://gate.example'));
    expect([link.pathname, link.hash, link.search]).toEqual(['/console/', '#link=tok', '']);
  });

  it('a developer is not invited without a tenant', async () => {
    const log = gateway({
      'GET /users': { items: [ADA] },
      'GET /tenants': { items: [] },
      'GET /projects': { items: [] },
    });
    const session = owner({ scopes: ['USERS_READ', 'USERS_WRITE', 'TENANTS_READ', 'PROJECTS_READ'] });
    await renderPage(UsersPage, '/users', '/users', session);
    await userEvent.click(screen.getByRole('button', { name: 'Invite user' }));
    await userEvent.type(await screen.findByLabelText('Name'), 'kim');
    await userEvent.click(screen.getByRole('button', { name: 'Make invitation' }));
    expect(await screen.findByText('A developer belongs to a tenant. Choose one.')).toBeInTheDocument();
    expect(log.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});
