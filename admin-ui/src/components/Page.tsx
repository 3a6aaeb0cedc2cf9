import { type ReactNode, useEffect } from 'react';
import { cx } from '../lib/cx';
import styles from './Page.module.css';

export interface PageProps {
  title: string;
  note?: ReactNode;
  /** What one can do on the page; the range picker too. The first action comes last. */
  actions?: ReactNode;
  /** The page is as high as the window and its content scrolls, as a long table does. */
  fill?: boolean;
  children: ReactNode;
}

/** A page of the shell: its title, its actions, its content. */
export function Page({ title, note, actions, fill = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Gatehouse`;
  }, [title]);
  return (
    <div className={cx(styles.page, fill && styles.fill)}>
      <header className={styles.head}>
        <h1>{title}</h1>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={styles.body}>{children}</div>
    </div>
  );
}
