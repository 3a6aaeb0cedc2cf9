import { memo, type ReactNode, useMemo } from 'react';
import Read, { type Components } from 'react-markdown';
import gfm from 'remark-gfm';
import { blocksOf } from './markdown';
import styles from './Playground.module.css';

const PLUGINS = [gfm];

const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  // What a model writes may not make this browser ask another host for anything.
  img: ({ alt, src }) => <span className="dim">{alt || String(src)}</span>,
  pre: ({ children }) => <Frame code>{children}</Frame>,
  table: ({ children }) => (
    <Frame>
      <table>{children}</table>
    </Frame>
  ),
};

/** An answer as Markdown. Blocks that are settled are not read again while the last one grows. */
export default function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return blocks.map((block, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a block's place is what it is known by
    <Block key={place} text={block} />
  ));
}

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <Read remarkPlugins={PLUGINS} components={COMPONENTS}>
      {text}
    </Read>
  );
});

function Frame({ code = false, children }: { code?: boolean; children?: ReactNode }) {
  return code ? (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <pre tabIndex={0}>{children}</pre>
  ) : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div className={styles.scroll} tabIndex={0}>
      {children}
    </div>
  );
}
