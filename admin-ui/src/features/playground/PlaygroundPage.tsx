import '../../locales/en/playground';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../components/Button';
import { CodeSnippet } from '../../components/Copy';
import { Dialog } from '../../components/Dialog';
import { Page } from '../../components/Page';
import { Select } from '../../components/Select';
import { Answer as Asked, EmptyState, NoRights } from '../../components/States';
import type { components } from '../../lib/api';
import { t } from '../../lib/i18n';
import { useTenantNames } from '../../lib/lookups';
import { read } from '../../lib/query';
import { useSession } from '../../lib/session';
import { store } from '../../lib/time';
import { useView } from '../../lib/view';
import { Answer } from './Answer';
import { snippetsOf } from './code';
import { bodyOf, type Parameters, type Route, type Turn, underWay } from './conversation';
import styles from './Playground.module.css';
import { Settings } from './Settings';
import type { ChatBody } from './stream';
import { useConversation } from './useConversation';
import { playgroundView, routesOf } from './view';

type Me = components['schemas']['MeView'];

const NEAR_PX = 80;

/** The project that paid last, for addresses that name none. */
const lastProject = store<string>('gatehouse.playground.project', '', (saved) => saved ?? '');

/** Asks a model as the signed-in user, with the words and numbers of the answer as they come. */
export default function PlaygroundPage() {
  const { can } = useSession();
  const me = useQuery({ ...read('/api/admin/v1/me'), enabled: can('PLAYGROUND') });
  if (!can('PLAYGROUND')) {
    return (
      <Page title={t('playground.title')}>
        <NoRights scope="PLAYGROUND" />
      </Page>
    );
  }
  return me.data === undefined ? (
    <Page title={t('playground.title')}>
      <Asked query={me} height={420}>
        {() => null}
      </Asked>
    </Page>
  ) : (
    <Playground me={me.data} />
  );
}

function Playground({ me }: { me: Me }) {
  const [view, change] = useView(playgroundView);
  const [system, setSystem] = useState('');
  const [question, setQuestion] = useState('');
  const [code, setCode] = useState(false);
  const { turns, send, again, stop, clear } = useConversation();
  const projects = useProjects(me, view.tenant);
  const wanted = view.project ?? lastProject.get();
  const project = projects.find((one) => one.project === wanted) ?? projects[0];
  const models = useMemo(() => (project === undefined ? [] : modelsOf(me, project)), [me, project]);
  const routes = useMemo(() => routesOf(view, models), [view, models]);
  const parameters = { ...view, system };
  const busy = turns.some(({ runs }) => runs.some(underWay));
  const asking = { project: project?.project ?? '', routes, parameters };
  const first = routes[0];
  const ask = () => {
    if (question.trim() !== '' && !busy && first !== undefined) {
      send(question.trim(), asking);
      setQuestion('');
    }
  };
  return (
    <Page
      title={t('playground.title')}
      fill
      actions={
        <>
          {project !== undefined && (
            <Select
              label={t('playground.project')}
              options={projects.map((one) => ({ value: one.project, text: one.projectName, hint: one.tenantName }))}
              value={project.project}
              onValue={(id) => {
                lastProject.set(id);
                change({ project: id });
              }}
            />
          )}
          <Button disabled={first === undefined} onClick={() => setCode(true)}>
            {t('playground.code')}
          </Button>
          <Button disabled={turns.length === 0} onClick={clear}>
            {t('playground.clear')}
          </Button>
        </>
      }
    >
      {first === undefined ? (
        <Missing project={project !== undefined} />
      ) : (
        <div className={styles.layout}>
          <div className={styles.talk}>
            <Log turns={turns} busy={busy} onAgain={(turn, place) => again(turn, place, asking)} />
            <Composer question={question} onQuestion={setQuestion} onAsk={ask} onStop={stop} busy={busy} />
          </div>
          <aside className={styles.settings} aria-label={t('playground.parameters.title')}>
            <Settings
              view={view}
              change={change}
              routes={routes}
              models={models}
              system={system}
              onSystem={setSystem}
            />
          </aside>
        </div>
      )}
      {first !== undefined && (
        <Dialog open={code} onClose={() => setCode(false)} title={t('playground.codeTitle')}>
          <div className={styles.code}>
            <p className="dim">{t('playground.codeNote')}</p>
            <CodeSnippet
              label={t('playground.codeTitle')}
              snippets={snippetsOf(shownBody(turns, question, first, parameters))}
            />
          </div>
        </Dialog>
      )}
    </Page>
  );
}

type Project = Me['projects'][number];

/** The projects that the user may use, those of the tenant that is looked at if there is one, with their tenants. */
function useProjects(me: Me, tenant: string | undefined) {
  const { everywhere, can } = useSession();
  const enabled = everywhere && can('PROJECTS_READ');
  const { data } = useQuery({ ...read('/api/admin/v1/projects', { params: { query: { limit: 200 } } }), enabled });
  const tenants = useTenantNames();
  return useMemo(() => {
    const owners = new Map((data?.items ?? []).map((one) => [one.id, one.tenant]));
    const named = me.projects.map((one) => ({
      ...one,
      tenantName: tenants.find(({ value }) => value === owners.get(one.project))?.text,
    }));
    const own = named.filter(({ project }) => owners.get(project) === tenant);
    return tenant === undefined || own.length === 0 ? named : own;
  }, [me, data, tenants, tenant]);
}

/** Models that may be asked for in a project, those first that a node serves: of the others no context is known. */
function modelsOf({ models }: Me, { models: within }: Project): readonly string[] {
  return models
    .filter(({ id }) => within == null || within.includes(id))
    .toSorted((one, other) => Number(one.context == null) - Number(other.context == null))
    .map(({ id }) => id);
}

/** The question that is being written, or the one that was asked last. */
function shownBody(turns: readonly Turn[], question: string, route: Route, parameters: Parameters): ChatBody {
  const last = turns.at(-1);
  if (question.trim() !== '' || last === undefined) {
    return bodyOf(turns, question.trim() || 'Hello', 0, route, parameters);
  }
  return bodyOf(turns.slice(0, -1), last.question, 0, route, parameters);
}

function Missing({ project }: { project: boolean }) {
  return project ? (
    <EmptyState title={t('playground.none.models')} text={t('playground.none.modelsText')} />
  ) : (
    <EmptyState title={t('playground.none.title')} text={t('playground.none.text')} />
  );
}

interface LogProps {
  turns: readonly Turn[];
  busy: boolean;
  onAgain: (turn: Turn, place: number) => void;
}

/** What was asked and answered. Who reads at its end stays there while it grows. */
function Log({ turns, busy, onAgain }: LogProps) {
  const frame = useRef<HTMLElement>(null);
  const near = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows whatever the turns bring
  useEffect(() => {
    if (near.current && frame.current !== null) {
      frame.current.scrollTop = frame.current.scrollHeight;
    }
  }, [turns]);
  const look = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = frame.current ?? {};
    near.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section ref={frame} className={styles.log} onScroll={look} tabIndex={0} aria-label={t('playground.log')}>
      {turns.length === 0 ? (
        <EmptyState title={t('playground.empty.title')} text={t('playground.empty.text')} />
      ) : (
        turns.map((turn) => (
          <div key={turn.id} className={styles.turn}>
            <div className={styles.question}>
              <h2>{t('playground.you')}</h2>
              <p className={styles.plain}>{turn.question}</p>
            </div>
            <div className={styles.answers} data-routes={turn.runs.length}>
              {turn.runs.map((run, place) => (
                <Answer
                  // biome-ignore lint/suspicious/noArrayIndexKey: a route's place is what it is known by
                  key={place}
                  run={run}
                  onAgain={!busy && turn === turns.at(-1) ? () => onAgain(turn, place) : undefined}
                />
              ))}
            </div>
          </div>
        ))
      )}
    </section>
  );
}

interface ComposerProps {
  question: string;
  onQuestion: (question: string) => void;
  onAsk: () => void;
  onStop: () => void;
  busy: boolean;
}

function Composer({ question, onQuestion, onAsk, onStop, busy }: ComposerProps) {
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onAsk();
    }
    if (event.key === 'Escape' && busy) {
      onStop();
    }
  };
  return (
    <div className={styles.composer}>
      <textarea
        className={styles.ask}
        aria-label={t('playground.ask.label')}
        placeholder={t('playground.ask.placeholder')}
        rows={2}
        value={question}
        onChange={(event) => onQuestion(event.target.value)}
        onKeyDown={press}
      />
      <div className={styles.do}>
        <span className={styles.hint}>{t('playground.ask.hint')}</span>
        {busy ? (
          <Button look="danger" onClick={onStop}>
            {t('playground.ask.stop')}
          </Button>
        ) : (
          <Button look="primary" disabled={question.trim() === ''} onClick={onAsk}>
            {t('playground.ask.send')}
          </Button>
        )}
      </div>
    </div>
  );
}
