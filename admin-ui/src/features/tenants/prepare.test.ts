import { describe, expect, it } from 'vitest';
import { isCalled, rowsOf } from './prepare';

const created = '2026-11-01T00:00:00Z';
const tenants = [{ id: 't-1', name: 'acme', timeZone: 'UTC', created }];
const projects = [{ id: 'p-1', tenant: 't-1', name: 'triage', created }];

describe('tenants', () => {
  it('counts active keys only, and what a tenant without requests owes is zero', () => {
    const keys = [
      { tenant: 't-1', state: 'active' },
      { tenant: 't-1', state: 'revoked' },
    ];
    expect(rowsOf({ tenants, projects, keys, usage: [] })).toMatchObject([{ keys: 1, requests: 0, spentNano: 0 }]);
  });

  it('does not know what it may not', () => {
    expect(rowsOf({ tenants, projects, keys: undefined, usage: undefined })).toMatchObject([
      { keys: null, spentNano: null },
    ]);
  });

  it('is found by a project of it', () => {
    const [row] = rowsOf({ tenants, projects, keys: [], usage: [] });
    expect(row && isCalled(row, 'TRI')).toBe(true);
    expect(row && isCalled(row, 'nobody')).toBe(false);
  });
});
