import { describe, expect, it } from 'vitest';
import { z } from './check';
import { rangeOf, stepOf } from './range';
import { formatSearch, parseSearch, requestFilter } from './view';

const read = (text: string) => z.parse(requestFilter, parseSearch(text));
const NOW = Date.parse('2026-11-24T12:00:00Z');

describe('the address', () => {
  it('survives being written and read', () => {
    const view = read(
      '?tenant=acme&kind=failed&minFirstTokenMs=2000&from=2026-11-24T10:00:00Z&until=2026-11-24T11:00:00Z',
    );
    expect(view.minFirstTokenMs).toBe(2000);
    expect(read(formatSearch(view))).toEqual(view);
    expect(formatSearch(view)).toContain('from=2026-11-24T10:00:00Z');
  });

  it('drops what makes no sense and keeps the rest', () => {
    expect(read('?minFirstTokenMs=-1&minTotalMs=soon&from=yesterday&kind=failed&other=1')).toEqual({ kind: 'failed' });
  });

  it('leaves out what is not set', () => {
    expect(formatSearch({ tenant: undefined, kind: '', model: 'm' })).toBe('?model=m');
    expect(formatSearch({})).toBe('');
  });
});

describe('the range', () => {
  it('is the last day where none is named, or an unknown one', () => {
    expect(rangeOf({}, NOW)).toEqual({ name: '24h', from: '2026-11-23T12:00:00Z', until: '2026-11-24T12:00:00Z' });
    expect(rangeOf({ range: '5y' }, NOW).name).toBe('24h');
  });

  it('is between two moments where both are given in order', () => {
    const ends = { from: '2026-11-24T10:00:00Z', until: '2026-11-24T11:00:00Z' };
    expect(rangeOf({ ...ends, range: '1h' }, NOW)).toEqual({ ...ends, name: undefined });
    expect(rangeOf({ from: ends.until, until: ends.from }, NOW).name).toBe('24h');
  });

  it('moves in steps that suit its length and stands still between two moments', () => {
    expect(stepOf('15m')).toBe(10_000);
    expect(stepOf('30d')).toBe(60_000);
    expect(stepOf(undefined)).toBe(Number.POSITIVE_INFINITY);
  });
});
