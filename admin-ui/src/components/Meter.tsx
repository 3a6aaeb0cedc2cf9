import { Meter as Base } from '@base-ui/react/meter';
import { cx } from '../lib/cx';
import { percent } from '../lib/format';
import styles from './Meter.module.css';

export interface MeterProps {
  /** What is measured, for those who do not see it. */
  label: string;
  /** The share that is used, of one; more than one is over. */
  share: number;
  /** The share that is held besides, hatched. */
  held?: number;
  /** From which share on it is a warning. */
  warnFrom?: number;
  /** A share with a mark, as a forecast is. */
  mark?: number | undefined;
}

/** How much of a limit is used: in the accent's colour, a warning from 80 % on, over it bad. */
export function Meter({ label, share, held = 0, warnFrom = 0.8, mark }: MeterProps) {
  const tone = share > 1 ? styles.bad : share >= warnFrom ? styles.warn : undefined;
  return (
    <Base.Root
      className={cx(styles.meter, tone)}
      aria-label={label}
      value={Math.min(100, share * 100)}
      getAriaValueText={() => percent(share)}
    >
      {held > 0 && <span className={styles.held} style={{ width: width(share + held) }} />}
      <span className={styles.fill} style={{ width: width(share) }} />
      {mark !== undefined && mark <= 1 && <span className={styles.mark} style={{ left: width(mark) }} />}
    </Base.Root>
  );
}

function width(share: number): string {
  return `${Math.max(0, Math.min(1, share)) * 100}%`;
}
