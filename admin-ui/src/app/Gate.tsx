import { type ReactNode, useEffect } from 'react';
import { t } from '../lib/i18n';
import { Mark } from './Brand';
import styles from './Gate.module.css';

/** A page before the door. */
export function Gate({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Gatehouse`;
  }, [title]);
  return (
    <main className={styles.gate}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Mark />
          {t('shell.brand')}
          <span className={styles.place}>{location.host}</span>
        </div>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
