import '../../locales/en/me';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, LinkButton } from '../../components/Button';
import { CodeSnippet } from '../../components/Copy';
import { Lines } from '../../components/Facts';
import { Page } from '../../components/Page';
import { Panel } from '../../components/Panel';
import { Select } from '../../components/Select';
import { Answer, EmptyState } from '../../components/States';
import { Status } from '../../components/Status';
import { flag, word, z } from '../../lib/check';
import { count, money, NOTHING, nanoOf } from '../../lib/format';
import { named, t } from '../../lib/i18n';
import { useNames } from '../../lib/names';
import { read } from '../../lib/query';
import { useNow } from '../../lib/range';
import { useSession } from '../../lib/session';
import { firstCall } from '../../lib/snippets';
import { ago, time } from '../../lib/time';
import { shared, useView } from '../../lib/view';
import { whole } from '../../lib/whole';
import { AskDialog } from './AskDialog';
import styles from './Me.module.css';
import { type AccessRequest, inOrder, type MeView, TONES, waitsFor } from './prepare';

const REFRESH_MS = 15_000;

const search = z.extend(shared, { ask: flag, model: word, example: word });

/** What is the signed-in user's own: keys, spend, models, and what was asked for. */
export default function MePage() {
  const { can, name } = useSession();
  const [view, change] = useView(search);
  const me = useQuery({ ...read('/api/admin/v1/me'), refetchInterval: REFRESH_MS });
  const requests = useQuery({ ...whole('/api/admin/v1/access-requests', {}), refetchInterval: REFRESH_MS });
  const asked = (requests.data?.items ?? []).filter(({ askerName }) => askerName === name);
  const ask = (model?: string) => change({ ask: '1', model });
  return (
    <Page
      title={t('me.title')}
      actions={
        <>
          <Button onClick={() => ask()}>{t('me.ask')}</Button>
          {can('KEYS_WRITE') && (
            <LinkButton look="primary" to={'/keys' as never} search={{ new: '1' } as never}>
              {t('me.newKey')}
            </LinkButton>
          )}
        </>
      }
    >
      <Answer query={me} height={560}>
        {(own) => (
          <div className={styles.page}>
            <Numbers own={own} />
            <Keys own={own} />
            <div className={styles.halves}>
              <Models own={own} asked={asked} ask={ask} />
              <Example own={own} example={view.example} onExample={(example) => change({ example }, true)} />
            </div>
            <div className={styles.halves}>
              <Panel title={t('me.asked.title')}>
                <Answer query={requests} height={60}>
                  {() => <Asked asked={asked} />}
                </Answer>
              </Panel>
              <Projects own={own} />
            </div>
          </div>
        )}
      </Answer>
      {view.ask === '1' && (
        <AskDialog
          model={view.model}
          models={me.data?.models ?? []}
          onClose={() => change({ ask: undefined, model: undefined }, true)}
        />
      )}
    </Page>
  );
}

function Numbers({ own }: { own: MeView }) {
  const active = own.keys.filter(({ state, kind }) => state === 'active' && kind !== 'console').length;
  const numbers = [
    [t('me.numbers.spent'), money(own.monthChargeNano)],
    [t('me.numbers.keys'), count(active)],
    [t('me.numbers.projects'), count(own.projects.length)],
    [t('me.numbers.models'), count(own.models.filter(({ granted }) => granted).length)],
  ] as const;
  return (
    <dl className={styles.numbers} aria-label={t('me.numbers.label')}>
      {numbers.map(([what, value]) => (
        <div key={what} className={styles.number}>
          <dt>{what}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Keys({ own }: { own: MeView }) {
  const names = useNames();
  const now = useNow(60_000);
  const tone = (state: string) => (state === 'active' ? 'ok' : 'neutral');
  return (
    <Panel title={t('me.keys.title')} actions={<Link to={'/keys' as never}>{t('me.keys.all')}</Link>}>
      {own.keys.length === 0 ? (
        <EmptyState title={t('me.keys.none')} text={t('me.keys.noneText')} />
      ) : (
        <Lines
          label={t('me.keys.title')}
          head={[
            { text: t('me.keys.name') },
            { text: t('me.keys.state') },
            { text: t('me.keys.project') },
            { text: t('me.keys.used') },
            { text: t('me.keys.expires') },
          ]}
          rows={own.keys.map((key) => ({
            id: key.id,
            cells: [
              <Link key="name" to={`/keys/${key.id}` as never}>
                {key.kind === 'console' ? t('me.key.console') : key.name}
              </Link>,
              <Status key="state" tone={tone(key.state)}>
                {named('me.key', key.state)}
              </Status>,
              names.project(key.project),
              key.lastUsed == null ? t('me.keys.never') : ago(key.lastUsed, now),
              key.expires == null ? t('me.keys.never') : time(key.expires, 'date'),
            ],
          }))}
        />
      )}
    </Panel>
  );
}

interface ModelsProps {
  own: MeView;
  asked: readonly AccessRequest[];
  ask: (model: string) => void;
}

function Models({ own, asked, ask }: ModelsProps) {
  const price = (text: string | undefined) => (text === undefined ? NOTHING : money(nanoOf(text)));
  return (
    <Panel title={t('me.models.title')} note={t('me.models.note')}>
      {own.models.length === 0 ? (
        <EmptyState title={t('me.models.none')} text={t('me.models.noneText')} />
      ) : (
        <Lines
          label={t('me.models.title')}
          head={[
            { text: t('me.models.model') },
            { text: t('me.models.granted') },
            { text: t('me.models.context'), number: true },
            { text: t('me.models.in'), number: true },
            { text: t('me.models.cached'), number: true },
            { text: t('me.models.out'), number: true },
            { text: t('me.models.reasoning'), number: true },
            { text: t('me.models.call'), number: true },
          ]}
          rows={inOrder(own.models).map(({ id, context, price: list, granted }) => ({
            id,
            cells: [
              id,
              granted ? (
                <Status key="granted" tone="ok">
                  {t('me.models.yes')}
                </Status>
              ) : waitsFor(id, asked) ? (
                <Status key="granted" tone="busy">
                  {t('me.state.open')}
                </Status>
              ) : (
                <Button key="granted" small aria-label={t('me.models.ask', { model: id })} onClick={() => ask(id)}>
                  {t('me.models.askShort')}
                </Button>
              ),
              count(context),
              list == null ? t('me.models.free') : price(list.perMillionTokens.uncached),
              price(list?.perMillionTokens.cached),
              price(list?.perMillionTokens.output),
              price(list?.perMillionTokens.reasoning),
              price(list?.perCall),
            ],
          }))}
        />
      )}
    </Panel>
  );
}

interface ExampleProps {
  own: MeView;
  example: string | undefined;
  onExample: (model: string) => void;
}

function Example({ own, example, onExample }: ExampleProps) {
  const usable = inOrder(own.models);
  const model = usable.find(({ id }) => id === example) ?? usable[0];
  return model === undefined ? null : (
    <Panel
      title={t('me.snippet.title')}
      note={t('me.snippet.note')}
      actions={
        <Select
          label={t('me.snippet.model')}
          options={usable.map(({ id }) => ({ value: id, text: id }))}
          value={model.id}
          onValue={onExample}
        />
      }
    >
      <CodeSnippet label={t('me.snippet.title')} snippets={firstCall(model.id)} />
    </Panel>
  );
}

function Asked({ asked }: { asked: readonly AccessRequest[] }) {
  if (asked.length === 0) {
    return <p className="dim">{t('me.asked.none')}</p>;
  }
  return (
    <Lines
      label={t('me.asked.title')}
      head={[
        { text: t('me.asked.what'), wrap: true },
        { text: t('me.asked.state') },
        { text: t('me.asked.asked') },
        { text: t('me.asked.answer'), wrap: true },
      ]}
      rows={asked
        .toSorted((one, other) => Date.parse(other.created) - Date.parse(one.created))
        .map((request) => ({
          id: request.id,
          cells: [
            <span key="what" className={styles.what}>
              {request.model == null
                ? t('me.asked.allIn', { project: request.projectName })
                : t('me.asked.in', { model: request.model, project: request.projectName })}
              <span className="dim">{request.reason}</span>
            </span>,
            <Status key="state" tone={TONES[request.state]}>
              {named('me.state', request.state)}
            </Status>,
            time(request.created, 'date'),
            answerOf(request),
          ],
        }))}
    />
  );
}

function answerOf({ decidedBy, note }: AccessRequest): string {
  if (decidedBy == null) {
    return NOTHING;
  }
  return note == null ? decidedBy : t('me.asked.by', { name: decidedBy, note });
}

function Projects({ own }: { own: MeView }) {
  return (
    <Panel title={t('me.projects.title')}>
      {own.projects.length === 0 ? (
        <p className="dim">{t('me.projects.none')}</p>
      ) : (
        <div className={styles.tall}>
          <Lines
            label={t('me.projects.title')}
            head={[{ text: t('me.projects.project') }, { text: t('me.projects.models'), wrap: true }]}
            rows={own.projects.map(({ project, projectName, models }) => ({
              id: project,
              cells: [projectName, models?.join(', ') ?? t('me.projects.all')],
            }))}
          />
        </div>
      )}
    </Panel>
  );
}
