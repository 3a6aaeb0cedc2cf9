import { describe, expect, it } from 'vitest';
import { blocksOf, finishedUntil, spoken } from './markdown';

describe('blocks of a text', () => {
  it('are paragraphs, and only the last changes while the text grows', () => {
    const text = 'One.\nStill one.\n\nTwo.\n\nThr';
    expect(blocksOf(text)).toEqual(['One.\nStill one.', 'Two.', 'Thr']);
    expect(blocksOf(`${text}ee.\n\nFour`).slice(0, 2)).toEqual(blocksOf(text).slice(0, 2));
  });

  it('keep fenced code whole, empty lines and all', () => {
    expect(blocksOf('```py\na = 1\n\nb = 2\n```\n\nDone')).toEqual(['```py\na = 1\n\nb = 2\n```', 'Done']);
    expect(blocksOf('~~~~\n~~~\n\nx\n~~~~\n\ny')).toEqual(['~~~~\n~~~\n\nx\n~~~~', 'y']);
    expect(blocksOf('```\nnot yet\n\nclosed')).toEqual(['```\nnot yet\n\nclosed']);
  });

  it('keep a list whole whose items stand apart', () => {
    expect(blocksOf('1. a\n\n2. b\n\n   more of b\n\nAfter')).toEqual(['1. a\n\n2. b\n\n   more of b', 'After']);
  });

  it('lose nothing but the empty lines between them', () => {
    const text = '# Head\n\n\n- a\n- b\n\n> said\n\n```\nx\n\n```\nrest';
    expect(blocksOf(text).join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''));
    expect(blocksOf('')).toEqual([]);
  });
});

describe('sentences', () => {
  it('are finished when something follows them', () => {
    expect(finishedUntil('It is 3.5 of')).toBe(0);
    expect('It works. And t'.slice(0, finishedUntil('It works. And t'))).toBe('It works.');
    expect('He said “no.” Then'.slice(0, finishedUntil('He said “no.” Then'))).toBe('He said “no.”');
    expect(finishedUntil('Not yet.')).toBe(0);
  });

  it('are read without marks of layout', () => {
    expect(spoken('- **Blue** is `450`\n  nm.')).toBe('- Blue is 450 nm.');
  });
});
