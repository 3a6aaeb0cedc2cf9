import type { ReactNode } from 'react';
import { cx } from '../lib/cx';
import styles from './Facts.module.css';

/** Parts of a detail, one under the other. */
export function Sections({ children }: { children: ReactNode }) {
  return <div className={styles.sections}>{children}</div>;
}

export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>
        {title}
        {note !== undefined && <span className={styles.note}>{note}</span>}
      </h2>
      {children}
    </section>
  );
}

/** Names and what they are. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

export interface LineHead {
  text: string;
  number?: boolean;
  /** Its words may take several lines. */
  wrap?: boolean;
}

/** A few rows inside a detail, without the means of a long table. */
export function Lines({
  label,
  head,
  rows,
  foot,
}: {
  label: string;
  head: readonly LineHead[];
  rows: readonly { id: string; cells: readonly ReactNode[] }[];
  /** What they come to: a name, and the last cell. */
  foot?: readonly [ReactNode, ReactNode];
}) {
  const side = (index: number) =>
    cx(head[index]?.number === true && 'number', head[index]?.wrap === true && styles.wrap);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div className={styles.scroll} role="group" aria-label={label} tabIndex={0}>
      <table className={styles.lines}>
        <thead>
          <tr>
            {head.map(({ text }, index) => (
              <th key={text} scope="col" className={side(index)}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id}>
              {cells.map((cell, index) => (
                <td key={head[index]?.text} className={side(index)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot !== undefined && (
          <tfoot>
            <tr>
              <td colSpan={head.length - 1}>{foot[0]}</td>
              <td className={side(head.length - 1)}>{foot[1]}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
