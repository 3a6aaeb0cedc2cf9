import { describe, expect, it } from 'vitest';
import { anyText, atLeastMoney, atLeastTime, formatFilter, oneOf, parseFilter } from './filters';

const words = [
  oneOf({ word: 'tenant', param: 'tenant', about: '' }, [
    { value: 'id-1', text: 'claims-eu' },
    { value: 'id-2', text: 'Contact centre' },
  ]),
  oneOf({ word: 'kind', aliases: ['status'], param: 'kind', about: '' }, [{ value: 'failed', text: 'failed' }]),
  anyText({ word: 'code', param: 'code', about: '' }),
  atLeastTime({ word: 'ttft', param: 'minFirstTokenMs', about: '' }),
  atLeastMoney({ word: 'cost', param: 'minChargeNano', about: '' }),
];

describe('the filter language', () => {
  it('reads names as ids, times as milliseconds and money as nano-units', () => {
    expect(parseFilter('tenant:claims-eu status:failed ttft:>2s cost:>0.01', words)).toEqual({
      changes: { tenant: 'id-1', kind: 'failed', minFirstTokenMs: 2000, minChargeNano: 10_000_000 },
      wrong: [],
    });
  });

  it('keeps values with spaces together', () => {
    expect(parseFilter('tenant:"contact centre" code:x', words).changes).toEqual({ tenant: 'id-2', code: 'x' });
  });

  it('names what it does not understand and applies the rest', () => {
    expect(parseFilter('hello tenant:nobody kind:failed ttft:soon code:', words)).toEqual({
      changes: { kind: 'failed' },
      wrong: ['hello', 'tenant:nobody', 'ttft:soon', 'code:'],
    });
  });

  it('writes what it reads', () => {
    const text = 'tenant:"Contact centre" kind:failed code:node_busy ttft:>2s cost:>0.010';
    const { changes } = parseFilter(text, words);
    expect(formatFilter(changes, words)).toBe(text);
    expect(parseFilter(formatFilter(changes, words), words).changes).toEqual(changes);
  });
});
