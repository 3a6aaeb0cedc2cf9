import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { cx } from '../lib/cx';
import { t } from '../lib/i18n';
import { asProblem, type Problem } from '../lib/problem';
import type { Scope } from '../lib/session';
import { time } from '../lib/time';
import { Button } from './Button';
import styles from './States.module.css';
import { Status } from './Status';

const SLOW_MS = 2000;

export interface EmptyStateProps {
  title: string;
  text?: ReactNode;
  /** The one next thing to do, or what to take away from the filter. */
  actions?: ReactNode;
  /** A command to copy. */
  snippet?: ReactNode;
}

/** Nothing yet, or nothing that matches: the title says which. */
export function EmptyState({ title, text, actions, snippet }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <p className={styles.title}>{title}</p>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {snippet !== undefined && <div className={styles.snippet}>{snippet}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** The user may not see this; who could grant it. With the right itself, it is for users of the whole installation. */
export function NoRights({ scope, has = false }: { scope: Scope; has?: boolean }) {
  return (
    <EmptyState
      title={t('shell.rights.title')}
      text={
        has ? t('shell.rights.everywhere') : t('shell.rights.text', { scope: scope.toLowerCase().replace('_', ' ') })
      }
    />
  );
}

/** What failed and what to do, in the place of what was asked for. */
export function ErrorState({ problem, retry }: { problem: Problem; retry?: (() => void) | undefined }) {
  if (problem.status === 403) {
    return <EmptyState title={t('shell.rights.title')} text={problem.message} />;
  }
  return (
    <div className={styles.state} role="alert">
      <Status tone="bad">{titleOf(problem)}</Status>
      <p className={styles.text}>{textOf(problem)}</p>
      <div className={styles.actions}>
        {retry !== undefined && (
          <Button small onClick={retry}>
            {t('shell.action.retry')}
          </Button>
        )}
        {problem.instance !== undefined && <code className={styles.id}>{problem.instance}</code>}
      </div>
    </div>
  );
}

/** A refusal beside the button that asked for it. */
export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <p className={styles.note} role="alert">
      <Status tone="bad" plain>
        {titleOf(problem)}
      </Status>
      {textOf(problem)}
    </p>
  );
}

function titleOf(problem: Problem): string {
  if (problem.status === 0) {
    return t('shell.error.unreachable');
  }
  return problem.status === -1 ? t('shell.error.console') : `${problem.title} (${problem.status})`;
}

function textOf(problem: Problem): string {
  return problem.status === 0 ? t('shell.error.unreachableText') : problem.message || t('shell.error.noDetail');
}

/** A grey block in the final shape, after a moment; a wait that is long is said, with a way out. */
export function Skeleton({ height, patient = false }: { height: number; patient?: boolean }) {
  const slow = useSlow(!patient);
  return (
    <span className={styles.skeleton} style={{ height }} aria-hidden={!slow}>
      {slow && (
        <span className={styles.slow} role="status">
          {t('shell.state.slow')}
        </span>
      )}
    </span>
  );
}

/** A grey word in a line. */
export function SkeletonWord() {
  return <span className={cx(styles.skeleton, styles.line)} aria-hidden="true" />;
}

function useSlow(on: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!on) {
      return;
    }
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [on]);
  return slow;
}

/** "Numbers from 14:02": the newest answer was an error, and these stay on screen. */
export function Stale({ since, problem }: { since: number; problem: Problem }) {
  return (
    <span className={styles.stale} role="status" title={textOf(problem)}>
      <Status tone="warn" plain>
        {t('shell.state.stale', { time: time(since, 'minute') })}
      </Status>
    </span>
  );
}

export interface AnswerProps<Data> {
  query: UseQueryResult<Data>;
  /** The height that its content will have, for the first load. */
  height: number;
  children: (data: Data) => ReactNode;
}

/** What was asked for in all its states: loading, failed, old, refetched (the former data stay, dimmed). */
export function Answer<Data>({ query, height, children }: AnswerProps<Data>) {
  if (query.data === undefined) {
    return query.error === null ? (
      <Skeleton height={height} />
    ) : (
      <ErrorState problem={asProblem(query.error)} retry={() => void query.refetch()} />
    );
  }
  return (
    <div className={cx(query.isPlaceholderData && styles.dimmed)} aria-busy={query.isPlaceholderData}>
      {query.error !== null && <Stale since={query.dataUpdatedAt} problem={asProblem(query.error)} />}
      {children(query.data)}
    </div>
  );
}
