import { type ReactNode, useId } from 'react';
import { cx } from '../lib/cx';
import styles from './Panel.module.css';

export interface PanelProps {
  title: string;
  /** What the numbers are of: a period, a unit, a place. */
  note?: ReactNode;
  actions?: ReactNode;
  /** The content brings its own edges, as a table does. */
  flush?: boolean;
  children: ReactNode;
}

/** One question and its answer. Panels never stand inside panels. */
export function Panel({ title, note, actions, flush = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={cx(styles.body, flush && styles.flush)}>{children}</div>
    </section>
  );
}
