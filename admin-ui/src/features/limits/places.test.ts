import { describe, expect, it } from 'vitest';
import { amountError, endOf, leastCharge, periodFor, periodsOf, softError, softOf } from './draft';
import { boundsOf, chainOf, childrenOf, type LimitView, ORGANISATION, placesOf, sharesOf, strainOf } from './places';

let made = 0;

function limit(subject: string | null, amount: number, change: Partial<LimitView> = {}): LimitView {
  made += 1;
  return {
    id: `l-${made}`,
    tenant: null,
    level: 'tenant',
    subject,
    model: null,
    what: 'charge',
    per: 'month',
    amount: String(amount),
    softPercent: null,
    created: '2026-11-01T00:00:00Z',
    overrides: [],
    state: { amount: String(amount), spent: '0', held: '0', left: String(amount), reset: null },
    ...change,
  };
}

function places(limits: readonly LimitView[]) {
  return placesOf({
    organisation: 'Organisation',
    tenants: [
      { id: 't-2', name: 'zeta' },
      { id: 't-1', name: 'acme' },
    ],
    projects: [{ id: 'p-1', tenant: 't-1', name: 'default' }],
    keys: [{ id: 'k-1', project: 'p-1', name: 'laptop' }],
    limits,
  });
}

describe('places of limits', () => {
  it('a key stands under its project, tenant and the organisation', () => {
    expect(chainOf(places([]), 'k-1').map(({ id }) => id)).toEqual([ORGANISATION, 't-1', 'p-1', 'k-1']);
    expect(chainOf(places([]), 'gone')).toEqual([]);
  });

  it('tenants stand by name', () => {
    expect(childrenOf(places([]), ORGANISATION).map(({ name }) => name)).toEqual(['acme', 'zeta']);
  });

  it('the tightest of own and inherited limits of a thing is effective', () => {
    const wide = limit(null, 5000);
    const tight = limit('t-1', 100);
    const own = limit('k-1', 300);
    const [bound] = boundsOf(chainOf(places([wide, tight, own]), 'k-1'));
    expect(bound?.effective.id).toBe(tight.id);
    expect(bound?.lines.map(({ limit: { id }, own: here }) => [id, here])).toEqual([
      [wide.id, false],
      [tight.id, false],
      [own.id, true],
    ]);
  });

  it('an override in force counts, not what stands without it', () => {
    const tight = limit('t-1', 100);
    tight.state.amount = '900';
    const own = limit('k-1', 300);
    const [bound] = boundsOf(chainOf(places([tight, own]), 'k-1'));
    expect(bound?.effective.id).toBe(own.id);
  });

  it('limits of a model and of all models are different things, money first', () => {
    const bounds = boundsOf(
      chainOf(
        places([limit('k-1', 4, { what: 'streams', per: null }), limit('k-1', 1, { model: 'a' }), limit('t-1', 1)]),
        'k-1',
      ),
    );
    expect(bounds.map(({ what, model }) => [what, model])).toEqual([
      ['charge', null],
      ['charge', 'a'],
      ['streams', null],
    ]);
  });

  it('what is held counts toward the strain, and an amount of nothing is used up', () => {
    const state = { amount: '10', spent: '4', held: '3', left: '3', reset: null };
    const found = places([limit('t-1', 10, { state })]).get('t-1');
    expect(found && strainOf(found)).toBeCloseTo(0.7);
    expect(sharesOf({ ...state, amount: '0' })).toEqual({ settled: 1, held: 0 });
    const free = places([]).get('t-1');
    expect(free && strainOf(free)).toBeNull();
  });
});

describe('what is written into a limit', () => {
  it('streams have no period, money has those of the calendar', () => {
    expect(periodsOf('streams')).toEqual([]);
    expect(periodFor('charge', 'minute')).toBe('month');
    expect(periodFor('requests', 'minute')).toBe('minute');
  });

  it.each([
    ['charge', '12.50', true],
    ['charge', '0.000000001', true],
    ['charge', '0.0000000001', false],
    ['charge', '1,5', false],
    ['requests', '60', true],
    ['requests', '60.5', false],
    ['requests', '', false],
  ])('an amount of %s as %s', (what, text, fine) => {
    expect(amountError(what, text) === undefined).toBe(fine);
  });

  it('a warning is a percentage, or none', () => {
    expect(softError('')).toBeUndefined();
    expect(softOf('')).toBeNull();
    expect(softError('0')).toBeDefined();
    expect(softError('101')).toBeDefined();
    expect(softOf('80')).toBe(80);
  });

  it('an override ends in time to come', () => {
    const now = Date.parse('2026-11-24T12:00:00Z');
    expect(endOf('8h', '', now)).toBe('2026-11-24T20:00:00.000Z');
    expect(endOf('at', '2020-01-01T00:00', now)).toBeUndefined();
    expect(endOf('at', '', now)).toBeUndefined();
  });
});

describe('the least charge of a call', () => {
  const price = { perCall: '0.0001', perMillionTokens: { uncached: '0.15', output: '0.6' } };

  it('is exact to the nano-unit, and rounds up', () => {
    expect(leastCharge(price, 1000, 500)).toBe('0.00055');
    expect(leastCharge({ ...price, perCall: '0' }, 1, 0)).toBe('0.00000015');
    expect(leastCharge({ perCall: '0', perMillionTokens: { uncached: '0.001', output: '0' } }, 1, 0)).toBe(
      '0.000000001',
    );
  });

  it('does not lose digits of large sums', () => {
    expect(
      leastCharge({ perCall: '123456789.123456789', perMillionTokens: { uncached: '1', output: '0' } }, 1, 0),
    ).toBe('123456789.123457789');
  });

  it('is nothing without a price', () => {
    expect(leastCharge(null, 1000, 500)).toBe('0');
  });
});
