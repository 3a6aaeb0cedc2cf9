const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/;

/**
 * A text of Markdown in blocks that are understood one by one: paragraphs, lists, fenced code. All but the last are
 * settled while more text comes, so that only the last has to be read anew.
 */
export function blocksOf(text: string): string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let fence: string | undefined;
  let gap = false;
  for (const line of text.split('\n')) {
    if (fence === undefined && gap && line.trim() !== '' && !continues(block, line)) {
      blocks.push(block.join('\n').trimEnd());
      block = [];
    }
    gap = fence === undefined && line.trim() === '' && block.length > 0;
    fence = fenceAfter(fence, line);
    if (block.length > 0 || line.trim() !== '') {
      block.push(line);
    }
  }
  return block.length === 0 ? blocks : [...blocks, block.join('\n')];
}

/** Whether a line after an empty one still belongs to the list before it. */
function continues(block: readonly string[], line: string): boolean {
  return ITEM.test(block[0] ?? '') && (/^\s{2,}/.test(line) || ITEM.test(line));
}

function fenceAfter(fence: string | undefined, line: string): string | undefined {
  const mark = FENCE.exec(line)?.[1];
  if (fence === undefined) {
    return mark;
  }
  const closes = mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length && line.trim() === mark;
  return closes ? undefined : fence;
}

const END = /[.!?…:](?:["'”’)\]*_`]*)(?=\s)|\n/g;

/** Where the last finished sentence of a text ends; what follows is still being written. */
export function finishedUntil(text: string): number {
  let end = 0;
  for (const match of text.matchAll(END)) {
    end = match.index + match[0].length;
  }
  return end;
}

/** A text as one would say it, without marks of layout. */
export function spoken(text: string): string {
  return text
    .replaceAll(/[`*_#>|~]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
