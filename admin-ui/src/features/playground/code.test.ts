import { describe, expect, it } from 'vitest';
import { snippetsOf } from './code';
import type { ChatBody } from './stream';

const BODY: ChatBody = {
  model: 'tiny-moe',
  messages: [{ role: 'user', content: 'It\'s "quoted"\nand \\ slashed' }],
  temperature: 0.2,
  reasoning_effort: 'none',
};
const code = Object.fromEntries(snippetsOf(BODY, 'https://gw.example').map((one) => [one.id, one.code]));

describe('a question as code', () => {
  it('never holds a key', () => {
    for (const text of Object.values(code)) {
      expect(text).toContain('GATEHOUSE_KEY');
    }
  });

  it('is JSON inside the quotes of a shell', () => {
    const quoted = /-d '(.*)'$/s.exec(code.curl ?? '')?.[1];
    expect(JSON.parse((quoted ?? '').replaceAll("'\\''", "'"))).toEqual({ ...BODY, stream: true });
    expect(code.curl).toContain('https://gw.example/v1/chat/completions');
  });

  it('names each member for Python', () => {
    expect(code.python).toContain('base_url="https://gw.example/v1"');
    expect(code.python).toContain('    temperature=0.2,\n    reasoning_effort="none",\n    stream=True,');
  });

  it('is JSON inside a text block of Java', () => {
    const block = /"""\n(.*?)\n\s+"""/s.exec(code.java ?? '')?.[1];
    expect(JSON.parse((block ?? '').replaceAll('\\\\', '\\'))).toEqual({ ...BODY, stream: true });
  });
});
