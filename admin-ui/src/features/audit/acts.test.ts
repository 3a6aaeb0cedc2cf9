import { describe, expect, it } from 'vitest';
import { type ActView, nameOf, placeOf, WHATS } from './acts';

const TARGET = '01a20e06-4be8-7f7c-adb1-e5f0c4860cad';

function act(what: string, change: Partial<ActView> = {}): ActView {
  return { id: 'a', actor: 'ada', address: '10.0.0.1', what, target: TARGET, at: '2026-11-24T12:00:00Z', ...change };
}

describe('what an act was done on', () => {
  it('has a page of its own', () => {
    expect(placeOf(act('key.rotate'))?.to).toBe(`/keys/${TARGET}`);
    expect(placeOf(act('node.lost', { after: { name: 'worker-1' } }))?.to).toBe('/nodes/worker-1');
    expect(placeOf(act('price.create', { after: { model: 'org/tiny' } }))?.to).toBe('/models/org%2Ftiny');
    expect(placeOf(act('limit.change', { tenant: 't-1' }))?.search).toEqual({ tenant: 't-1' });
  });

  it('leads nowhere where there is no page, or no name to find it by', () => {
    expect(placeOf(act('tariff.create'))).toBeUndefined();
    expect(placeOf(act('node.drain'))).toBeUndefined();
  });

  it('is called by its newest name, or by the beginning of its id', () => {
    expect(nameOf(act('tenant.rename', { before: { name: 'old' }, after: { name: 'new' } }))).toBe('new');
    expect(nameOf(act('key.revoke', { before: { name: 'laptop' }, after: null }))).toBe('laptop');
    expect(nameOf(act('limit.delete'))).toBe('01a20e06…');
    expect(nameOf(act('limit.create', { after: { what: 'charge', per: 'month' } }))).toBe('Money per month');
    expect(nameOf(act('access.revoke', { before: { grantee: 'bob' } }))).toBe('bob');
    expect(nameOf(act('user.password'))).toBe('ada');
    expect(nameOf(act('session.start', { after: { by: 'link' } }))).toBe('ada');
  });
});

it('offers things before their acts', () => {
  expect(WHATS.indexOf('key')).toBeLessThan(WHATS.indexOf('key.create'));
  expect(new Set(WHATS).size).toBe(WHATS.length);
});
