import { cx } from '../lib/cx';
import styles from './Status.module.css';

/** How well something is. The worst of a group speaks for the group. */
export type Tone = 'ok' | 'warn' | 'bad' | 'neutral' | 'busy';

const SHAPES: Record<Tone, string> = { ok: '✓', warn: '!', bad: '✕', neutral: '–', busy: '◌' };

/** A state as a shape, a word and a colour: never by colour alone. `plain` leaves the ground away, for text. */
export function Status({ tone, children, plain = false }: { tone: Tone; children: string; plain?: boolean }) {
  return (
    <span className={cx(styles.status, tone !== 'neutral' && styles[tone], plain && styles.plain)}>
      <span className={styles.shape} aria-hidden="true">
        {SHAPES[tone]}
      </span>
      {children}
    </span>
  );
}
