import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { Button, LinkButton } from '../../components/Button';
import { CopyButton } from '../../components/Copy';
import { ChevronRightIcon } from '../../components/icons';
import { ProblemNote } from '../../components/States';
import { Status, type Tone } from '../../components/Status';
import { count, duration, money, NOTHING, rate } from '../../lib/format';
import { named, t } from '../../lib/i18n';
import { fresh } from '../../lib/loading';
import { read } from '../../lib/query';
import { useSession } from '../../lib/session';
import { pace, type Run, type RunState, tokenClasses, underWay } from './conversation';
import { finishedUntil, spoken } from './markdown';
import styles from './Playground.module.css';

const Markdown = lazy(() => fresh(() => import('./Markdown')));

const TONES: Record<RunState, Tone> = {
  waiting: 'busy',
  thinking: 'busy',
  writing: 'busy',
  done: 'ok',
  stopped: 'neutral',
  failed: 'bad',
};
const BOOKED_MS = 1000;
const MOST_TRIES = 10;

/** One answer: what was thought, what was said, and what it took. */
export function Answer({ run, onAgain }: { run: Run; onAgain: (() => void) | undefined }) {
  const { route, state, content, reasoning, problem } = run;
  return (
    <article className={styles.answer} aria-label={t('playground.answer', { model: route.model })}>
      <header className={styles.answerHead}>
        <span className={styles.model}>{route.model}</span>
        <Status tone={TONES[state]} plain>
          {stateText(run)}
        </Status>
      </header>
      {reasoning !== '' && <Thought run={run} />}
      {content !== '' && (
        <div className={styles.prose}>
          <Suspense fallback={<p className={styles.plain}>{content}</p>}>
            <Markdown text={content} />
          </Suspense>
        </div>
      )}
      {state === 'done' && content === '' && <p className="dim">{t('playground.nothing')}</p>}
      {problem !== undefined && <ProblemNote problem={problem} />}
      {!underWay(run) && <Facts run={run} onAgain={onAgain} />}
      <Spoken text={content} whole={!underWay(run)} />
    </article>
  );
}

function stateText({ state, reason }: Run): string {
  const cut = state === 'done' && reason !== undefined && reason !== 'stop';
  return cut ? named('playground.reason', reason) : t(`playground.state.${state}`);
}

/** The thinking, folded: how long it took and how many tokens. */
function Thought({ run }: { run: Run }) {
  const { reasoning, thoughtMs, firstTokenMs = 0, usage } = run;
  const now = useClock(thoughtMs === undefined && underWay(run));
  const tokens = usage === undefined ? undefined : tokenClasses(usage).reasoning;
  return (
    <details className={styles.thought}>
      <summary>
        <ChevronRightIcon size={14} />
        {thoughtMs === undefined
          ? t('playground.thought.now', { time: duration(now) })
          : t('playground.thought.for', { time: duration(thoughtMs - firstTokenMs) })}
        {tokens !== undefined && <span className="dim">{t('playground.thought.tokens', { count: tokens })}</span>}
      </summary>
      <p className={styles.plain}>{reasoning.trim()}</p>
    </details>
  );
}

/** Milliseconds since it began to run, in whole seconds. */
function useClock(on: boolean): number {
  const begun = useRef(performance.now());
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!on) {
      return;
    }
    const timer = setInterval(() => setNow(performance.now() - begun.current), 1000);
    return () => clearInterval(timer);
  }, [on]);
  return Math.round(now / 1000) * 1000;
}

function Facts({ run, onAgain }: { run: Run; onAgain: (() => void) | undefined }) {
  const { can } = useSession();
  const { usage, firstTokenMs, totalMs, request, content } = run;
  const tokens = usage === undefined ? undefined : tokenClasses(usage);
  const charge = useCharge(request);
  const perSecond = pace(run);
  return (
    <footer className={styles.answerFoot}>
      {(firstTokenMs !== undefined || tokens !== undefined) && (
        <dl className={styles.facts}>
          <Fact name={t('playground.facts.first')}>{duration(firstTokenMs)}</Fact>
          <Fact name={t('playground.facts.total')}>{duration(totalMs)}</Fact>
          <Fact name={t('playground.facts.pace')}>{perSecond === undefined ? NOTHING : rate(perSecond)}</Fact>
          {tokens !== undefined &&
            (['uncached', 'cached', 'reasoning', 'output'] as const).map((name) => (
              <Fact key={name} name={t(`playground.facts.${name}`)}>
                {count(tokens[name])}
              </Fact>
            ))}
          {charge !== undefined && <Fact name={t('playground.facts.charge')}>{money(charge)}</Fact>}
        </dl>
      )}
      <div className={styles.answerDo}>
        {content !== '' && <CopyButton value={content} label={t('playground.copy')} />}
        {onAgain !== undefined && (
          <Button small onClick={onAgain}>
            {t('playground.again')}
          </Button>
        )}
        {request !== undefined && can('REQUESTS_READ') && (
          <LinkButton small to={`/requests/${request}` as never}>
            {t('playground.open')}
          </LinkButton>
        )}
      </div>
    </footer>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What the ledger charges, as soon as it knows. */
function useCharge(request: string | undefined): number | undefined {
  const { can } = useSession();
  const { data } = useQuery({
    ...read('/api/admin/v1/requests/{id}', { params: { path: { id: request ?? '' } } }),
    enabled: request !== undefined && can('REQUESTS_READ'),
    retry: false,
    refetchInterval: ({ state }) =>
      state.data?.open === false || state.dataUpdateCount + state.errorUpdateCount >= MOST_TRIES ? false : BOOKED_MS,
  });
  return data?.open === false ? data.request.chargeNano : undefined;
}

/** Reads out each sentence when it is finished, never a half one. */
function Spoken({ text, whole }: { text: string; whole: boolean }) {
  const said = useRef(0);
  const [sentence, setSentence] = useState('');
  useEffect(() => {
    const end = whole ? text.length : finishedUntil(text);
    if (end > said.current) {
      setSentence(spoken(text.slice(said.current, end)));
    }
    said.current = end;
  }, [text, whole]);
  return (
    <span className="visually-hidden" aria-live="polite">
      {sentence}
    </span>
  );
}
