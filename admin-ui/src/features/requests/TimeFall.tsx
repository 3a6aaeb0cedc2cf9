import type { RequestDetail } from '../../lib/contract';
import { cx } from '../../lib/cx';
import { duration, rate } from '../../lib/format';
import { t } from '../../lib/i18n';
import { type AttemptBar, type Phase, waterfallOf } from './prepare';
import styles from './Requests.module.css';

/** Below it, tokens per second would tell of the clock. */
const LEAST_DECODE_MS = 50;

const PHASES: readonly Phase[] = ['queue', 'prefill', 'decode', 'rest'];

/** Where the time went: each attempt's queue, prefill and decode, and what is left of the whole. */
export function TimeFall({ detail }: { detail: RequestDetail }) {
  const fall = waterfallOf(detail);
  const { firstTokenMs, totalMs } = fall;
  const decode = detail.times?.decodeMs ?? 0;
  const tokens = detail.request.completionTokens;
  return (
    <figure className={styles.fall} aria-label={t('requests.time.label')}>
      <figcaption>
        {firstTokenMs === null
          ? t('requests.time.noFirst', { total: duration(totalMs) })
          : t('requests.time.sentence', { first: duration(firstTokenMs), total: duration(totalMs) })}
        {decode >= LEAST_DECODE_MS && tokens > 1 && (
          <span className="dim"> {t('requests.time.perSecond', { rate: rate((tokens * 1000) / decode) })}</span>
        )}
      </figcaption>
      {fall.attempts.length === 0 && <p className="dim">{t('requests.time.none')}</p>}
      {fall.attempts.map((bar, index) => (
        <Row
          key={bar.attempt}
          bar={bar}
          totalMs={totalMs}
          first={index === fall.attempts.length - 1 ? firstTokenMs : null}
        />
      ))}
      <div className={styles.fallRow}>
        <span className={styles.fallName} title={t('requests.time.restAbout')}>
          {t('requests.time.rest')}
        </span>
        <span className={styles.track}>
          <Bar phase="rest" from={totalMs - fall.restMs} ms={fall.restMs} totalMs={totalMs} />
        </span>
        <span className={styles.fallMs}>{duration(fall.restMs)}</span>
      </div>
      <Keys bars={fall.attempts} first={firstTokenMs !== null} />
    </figure>
  );
}

function Row({ bar, totalMs, first }: { bar: AttemptBar; totalMs: number; first: number | null }) {
  const sum = bar.segments.reduce((all, { ms }) => all + ms, 0);
  return (
    <div className={styles.fallRow}>
      <span className={styles.fallName} title={t('requests.time.attempt', { attempt: bar.attempt })}>
        {bar.node}
      </span>
      <span className={styles.track}>
        {bar.segments.map((segment) => (
          <Bar key={segment.phase} {...segment} totalMs={totalMs} />
        ))}
        {first !== null && <span className={styles.first} style={{ left: share(first, totalMs) }} />}
      </span>
      <span className={styles.fallMs}>{duration(sum)}</span>
    </div>
  );
}

function Bar({ phase, from, ms, totalMs }: { phase: Phase; from: number; ms: number; totalMs: number }) {
  return ms <= 0 ? null : (
    <span
      className={cx(styles.segment, styles[phase])}
      style={{ left: share(from, totalMs), width: share(ms, totalMs) }}
      title={`${t(`requests.time.${phase}`)} ${duration(ms)}`}
    />
  );
}

function Keys({ bars, first }: { bars: readonly AttemptBar[]; first: boolean }) {
  const sums = new Map<Phase, number>();
  for (const { phase, ms } of bars.flatMap(({ segments }) => segments)) {
    sums.set(phase, (sums.get(phase) ?? 0) + ms);
  }
  return (
    <div className={styles.keys}>
      {PHASES.filter((phase) => sums.has(phase)).map((phase) => (
        <span key={phase} className={styles.keyOf}>
          <span className={cx(styles.block, styles[phase])} />
          {t(`requests.time.${phase}`)} <b>{duration(sums.get(phase))}</b>
        </span>
      ))}
      {first && (
        <span className={styles.keyOf}>
          <span className={styles.line} />
          {t('requests.time.first')}
        </span>
      )}
    </div>
  );
}

function share(ms: number, totalMs: number): string {
  return `${totalMs <= 0 ? 0 : Math.min(100, (ms / totalMs) * 100)}%`;
}
