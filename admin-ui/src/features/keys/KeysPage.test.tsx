import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answers, gateway, owner, renderPage } from '../../testing/render';
import { bodyOf, draftOf, emptyDraft, errorsOf } from './form';
import KeysPage from './KeysPage';
import { inView, type KeyView, passes, prefixOf, stateOf } from './prepare';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const DAY = 86_400_000;
const T1 = '019ab000-0000-7000-8000-000000000001';
const P1 = '019ab000-0000-7000-8000-000000000002';

function at(days: number): string {
  return new Date(NOW + days * DAY).toISOString();
}

function key(change: Partial<KeyView> = {}): KeyView {
  return {
    id: 'k-1',
    tenant: T1,
    project: P1,
    name: 'laptop',
    owner: null,
    ownerName: null,
    kind: 'api',
    state: 'active',
    models: null,
    endpoints: null,
    addresses: null,
    created: at(-100),
    expires: null,
    revoked: null,
    lastUsed: at(-1),
    secrets: [{ prefix: 'gh_live_abcd', created: at(-100), expires: null }],
    ...change,
  };
}

describe('views of keys', () => {
  it('a key that was never used rests since it was made', () => {
    expect(inView(key({ lastUsed: null, created: at(-31) }), 'unused', NOW, 'ada')).toBe(true);
    expect(inView(key({ lastUsed: null, created: at(-29) }), 'unused', NOW, 'ada')).toBe(false);
    expect(inView(key({ lastUsed: at(-31), state: 'revoked' }), 'unused', NOW, 'ada')).toBe(false);
  });

  it('only keys that end are asked when they do', () => {
    expect(inView(key({ expires: at(3) }), 'expiring', NOW, 'ada')).toBe(true);
    expect(inView(key(), 'expiring', NOW, 'ada')).toBe(false);
  });

  it('a key without a list of models may use all', () => {
    expect(inView(key(), 'open', NOW, 'ada')).toBe(true);
    expect(inView(key({ models: ['tiny-moe'] }), 'open', NOW, 'ada')).toBe(false);
  });

  it('revoked keys show only when they are asked for', () => {
    expect(passes(key({ state: 'revoked' }), {})).toBe(false);
    expect(passes(key({ state: 'revoked' }), { state: 'revoked' })).toBe(true);
  });

  it('a filter by model finds keys for all models too', () => {
    expect(passes(key(), { model: 'tiny-moe' })).toBe(true);
    expect(passes(key({ models: ['nano-moe'] }), { model: 'tiny-moe' })).toBe(false);
  });

  it('what ends within two weeks is a warning with the time that is left', () => {
    expect(stateOf(key({ expires: at(5.4) }), NOW)).toMatchObject({ tone: 'warn', text: expect.stringContaining('5') });
    expect(stateOf(key({ expires: at(20) }), NOW).tone).toBe('ok');
    expect(stateOf(key({ expires: at(-1) }), NOW).tone).toBe('neutral');
  });

  it('shows the newest secret', () => {
    const secrets = [
      { prefix: 'old', created: at(-9), expires: at(1) },
      { prefix: 'new', created: at(-1), expires: null },
    ];
    expect(prefixOf(key({ secrets }))).toBe('new');
    expect(prefixOf(key({ secrets: [] }))).toBeNull();
  });
});

describe('the form', () => {
  it('asks for a project, a name and a model where only some are meant', () => {
    const draft = { ...emptyDraft(null), someModels: true };
    expect(Object.keys(errorsOf(draft, NOW)).toSorted()).toEqual(['models', 'name', 'project']);
  });

  it('refuses a last day that is over', () => {
    const draft = { ...emptyDraft(P1), name: 'x', expiry: 'on' as const, day: '2026-11-20' };
    expect(errorsOf(draft, NOW)).toHaveProperty('day');
    expect(errorsOf({ ...draft, day: '2026-12-20' }, NOW)).toEqual({});
  });

  it('sends no restriction where none was made', () => {
    expect(bodyOf({ ...emptyDraft(P1), name: ' laptop ' }, NOW)).toEqual({
      name: 'laptop',
      expires: at(90),
      models: null,
      endpoints: null,
      addresses: null,
    });
  });

  it('reads networks with commas or spaces between', () => {
    const draft = { ...emptyDraft(P1), addresses: '10.0.0.0/8, 192.168.1.1  fd00::/8' };
    expect(bodyOf(draft, NOW).addresses).toEqual(['10.0.0.0/8', '192.168.1.1', 'fd00::/8']);
  });

  it('keeps the moment of an expiry whose day was not changed', () => {
    const former = key({ expires: '2026-12-03T09:30:00Z' });
    expect(bodyOf(draftOf(former), NOW, former).expires).toBe('2026-12-03T09:30:00Z');
  });
});

describe('API keys', () => {
  const SCOPES = ['TENANTS_READ', 'PROJECTS_READ', 'KEYS_READ', 'KEYS_WRITE', 'USAGE_READ', 'REQUESTS_READ'] as const;
  const session = owner({ scopes: [...SCOPES] });
  const sum = (group: string, chargeNano: number) => ({ group, chargeNano, requests: 1 });

  function answers(keys: readonly KeyView[], more: Answers = {}): Answers {
    return {
      'GET /keys': { items: keys },
      'GET /usage': { items: [sum('k-1', 2_000_000_000), sum('k-2', 9_000_000_000)], total: sum('', 0) },
      'GET /tenants': { items: [{ id: T1, name: 'acme', timeZone: 'UTC', created: at(-200) }] },
      'GET /projects': { items: [{ id: P1, tenant: T1, name: 'default', created: at(-200) }] },
      ...more,
    };
  }

  const names = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getByRole('link').textContent);

  it('sorts by spend in the view that asks for it', async () => {
    gateway(answers([key(), key({ id: 'k-2', name: 'batch' }), key({ id: 'k-3', name: 'idle' })]));
    await renderPage(KeysPage, '/keys?view=spent', '/keys', session);
    await waitFor(() => expect(names()).toEqual(['batch', 'laptop', 'idle']));
    expect(await screen.findByText('9.00')).toBeInTheDocument();
  });

  it('says what to take away when nothing matches', async () => {
    gateway(answers([key()]));
    const page = await renderPage(KeysPage, '/keys?name=nobody', '/keys', session);
    await userEvent.click(await screen.findByRole('button', { name: 'Clear name:nobody' }));
    await waitFor(() => expect(page.where()).not.toContain('nobody'));
    expect(await screen.findByText('laptop')).toBeInTheDocument();
  });

  it('offers the first key where there is none, and not to who may not make one', async () => {
    gateway(answers([]));
    await renderPage(KeysPage, '/keys', '/keys', owner({ scopes: ['KEYS_READ'] }));
    expect(await screen.findByText('No keys yet')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Create key' })).not.toBeInTheDocument();
  });
});
