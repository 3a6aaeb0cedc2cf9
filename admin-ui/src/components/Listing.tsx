import type { ReactNode } from 'react';
import styles from './Listing.module.css';

/** What narrows a list, above it. */
export function ListBar({ children }: { children: ReactNode }) {
  return <div className={styles.bar}>{children}</div>;
}

/** The frame of a page's one list: as high as what is left, with the rows scrolling inside. */
export function Listing({ children }: { children: ReactNode }) {
  return <div className={styles.list}>{children}</div>;
}
