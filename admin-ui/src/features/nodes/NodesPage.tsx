import '../../locales/en/nodes';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { CodeSnippet } from '../../components/Copy';
import { Page } from '../../components/Page';
import { Answer, EmptyState, NoRights, Stale } from '../../components/States';
import { Status } from '../../components/Status';
import { type Column, RowCount, Table } from '../../components/Table';
import { word, z } from '../../lib/check';
import { count, money, rate } from '../../lib/format';
import { named, t } from '../../lib/i18n';
import { asProblem } from '../../lib/problem';
import { read } from '../../lib/query';
import { useNow } from '../../lib/range';
import { useSession } from '../../lib/session';
import { ago } from '../../lib/time';
import { shared, useView, wide } from '../../lib/view';
import { Cache } from './Cache';
import { NodeSheet } from './NodeSheet';
import styles from './Nodes.module.css';
import { kvShare, type NodeView, stateRank, stateTone } from './prepare';

const EVERY_MS = 3000;
const HEIGHT = 180;

const search = z.extend(shared, { sort: word, wide });

/** The nodes as they reported last, asked for again and again. */
export default function NodesPage() {
  const { can, everywhere } = useSession();
  const allowed = can('NODES_READ') && everywhere;
  const query = useQuery({ ...read('/api/admin/v1/nodes'), refetchInterval: EVERY_MS, enabled: allowed });
  const nodes = query.data?.items ?? [];
  const stale = query.error !== null && query.data !== undefined;
  return (
    <Page
      title={t('nodes.title')}
      note={
        stale ? (
          <Stale since={query.dataUpdatedAt} problem={asProblem(query.error)} />
        ) : (
          nodes.length > 0 && t('nodes.note', { ready: ready(nodes), total: nodes.length })
        )
      }
    >
      {!allowed ? (
        <Refused />
      ) : query.data === undefined ? (
        <Answer query={query} height={HEIGHT}>
          {() => null}
        </Answer>
      ) : (
        <Nodes nodes={nodes} />
      )}
    </Page>
  );
}

function ready(nodes: readonly NodeView[]): number {
  return nodes.filter(({ state }) => state === 'ready').length;
}

function Refused() {
  return useSession().can('NODES_READ') ? (
    <EmptyState title={t('shell.rights.title')} text={t('nodes.everywhere')} />
  ) : (
    <NoRights scope="NODES_READ" />
  );
}

function Nodes({ nodes }: { nodes: readonly NodeView[] }) {
  const [view, change] = useView(search);
  const now = useNow(EVERY_MS);
  const columns = useMemo(() => nodeColumns(now), [now]);
  const { name } = useParams({ strict: false }) as { name?: string };
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/nodes' as never, search: true as never });
  return (
    <>
      {nodes.length === 0 ? (
        <EmptyState
          title={t('nodes.empty.title')}
          text={t('nodes.empty.text')}
          snippet={
            <CodeSnippet label="gatehouse" snippets={[{ id: 'up', text: 'gatehouse', code: './gatehouse up' }]} />
          }
        />
      ) : (
        <div className={styles.list}>
          <Table
            label={t('nodes.label')}
            columns={columns}
            rows={nodes}
            rowId={rowId}
            open={open}
            openId={name}
            sort={view.sort ?? 'name'}
            onSort={(sort) => change({ sort }, true)}
            foot={<RowCount count={nodes.length} />}
          />
        </div>
      )}
      {name !== undefined && (
        <NodeSheet
          name={name}
          nodes={nodes}
          now={now}
          wide={view.wide === '1'}
          onWide={(next) => change({ wide: next ? '1' : undefined }, true)}
          onClose={close}
        />
      )}
    </>
  );
}

function rowId({ name }: NodeView): string {
  return name;
}

function open({ name }: NodeView) {
  return { to: `/nodes/${name}` as never, search: true as never };
}

function nodeColumns(now: number): readonly Column<NodeView>[] {
  const hour = t('nodes.table.hour');
  return [
    { id: 'name', head: t('nodes.table.name'), width: 112, cell: ({ name }) => name, sort: ({ name }) => name },
    {
      id: 'state',
      head: t('nodes.table.state'),
      width: 104,
      cell: ({ state }) => <Status tone={stateTone(state)}>{named('nodes.state', state)}</Status>,
      sort: stateRank,
    },
    {
      id: 'models',
      head: t('nodes.table.models'),
      width: 132,
      cell: ({ models }) => <span title={idsOf(models)}>{idsOf(models)}</span>,
    },
    {
      ...number('running', t('nodes.table.running'), 120, t('nodes.table.slots')),
      cell: ({ running, slots }) => `${count(running)} / ${count(slots)}`,
      sort: ({ running, slots }) => (slots === 0 ? 0 : running / slots),
    },
    {
      ...number('waiting', t('nodes.table.waiting'), 70),
      cell: ({ waiting }) => count(waiting),
      sort: ({ waiting }) => waiting,
    },
    {
      ...number('pace', t('nodes.table.pace'), 94, t('nodes.table.perSecond')),
      cell: ({ tokensPerSecond }) => rate(tokensPerSecond),
      sort: ({ tokensPerSecond }) => tokensPerSecond,
    },
    { id: 'kv', head: t('nodes.table.kv'), width: 152, cell: (node) => <Cache node={node} />, sort: kvShare },
    {
      ...number('requests', t('nodes.table.requests'), 108, hour),
      cell: ({ name, requestsLastHour }) => <Hour node={name} value={requestsLastHour} />,
      sort: ({ requestsLastHour }) => requestsLastHour,
    },
    {
      ...number('failed', t('nodes.table.failed'), 82, hour),
      cell: ({ name, failedLastHour }) => <Hour node={name} value={failedLastHour} kind="failed" />,
      sort: ({ failedLastHour }) => failedLastHour,
    },
    {
      ...number('cost', t('nodes.table.cost'), 84, t('nodes.table.perHour')),
      cell: ({ costNanoPerHour }) => money(costNanoPerHour),
      sort: ({ costNanoPerHour }) => costNanoPerHour ?? null,
    },
    {
      ...number('heard', t('nodes.table.heard'), 78),
      cell: ({ heard }) => ago(heard, now),
      sort: ({ heard }) => Date.parse(heard),
    },
  ];
}

function number(id: string, head: string, width: number, unit?: string) {
  return { id, head, width, number: true, ...(unit !== undefined && { unit }) };
}

function idsOf(models: NodeView['models']): string {
  return models.map(({ id }) => id).join(', ');
}

function Hour({ node, value, kind }: { node: string; value: number; kind?: string }) {
  return useSession().can('REQUESTS_READ') ? (
    <Link
      to="/requests"
      search={{ node, range: '1h', ...(kind !== undefined && { kind }) } as never}
      onClick={(event) => event.stopPropagation()}
    >
      {count(value)}
    </Link>
  ) : (
    count(value)
  );
}
