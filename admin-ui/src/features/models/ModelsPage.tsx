import '../../locales/en/models';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { CodeSnippet } from '../../components/Copy';
import { Page } from '../../components/Page';
import { Answer, EmptyState, NoRights } from '../../components/States';
import { type Column, RowCount, Table } from '../../components/Table';
import { word, z } from '../../lib/check';
import { count, money, NOTHING, nanoOf } from '../../lib/format';
import { t } from '../../lib/i18n';
import { read } from '../../lib/query';
import { useSession } from '../../lib/session';
import { time } from '../../lib/time';
import { shared, useView, wide } from '../../lib/view';
import { ModelSheet } from './ModelSheet';
import styles from './Models.module.css';
import { CLASSES, type ModelView, type TokenClass } from './prepare';
import { Ready } from './Ready';

const EVERY_MS = 10_000;
const HEIGHT = 180;

const search = z.extend(shared, { sort: word, wide });

/** What may be asked for, who serves it, and what it costs. */
export default function ModelsPage() {
  const { can } = useSession();
  const query = useQuery({ ...read('/api/admin/v1/models'), refetchInterval: EVERY_MS, enabled: can('PRICES_READ') });
  return (
    <Page title={t('models.title')}>
      {can('PRICES_READ') ? (
        <Answer query={query} height={HEIGHT}>
          {({ items }) => <Models models={items} />}
        </Answer>
      ) : (
        <NoRights scope="PRICES_READ" />
      )}
    </Page>
  );
}

function Models({ models }: { models: readonly ModelView[] }) {
  const [view, change] = useView(search);
  const columns = useMemo(modelColumns, []);
  const { id } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/models' as never, search: true as never });
  return (
    <>
      {models.length === 0 ? (
        <EmptyState
          title={t('models.empty.title')}
          text={t('models.empty.text')}
          snippet={
            <CodeSnippet label="gatehouse" snippets={[{ id: 'up', text: 'gatehouse', code: './gatehouse up' }]} />
          }
        />
      ) : (
        <div className={styles.list}>
          <Table
            label={t('models.label')}
            columns={columns}
            rows={models}
            rowId={rowId}
            open={open}
            openId={id}
            sort={view.sort ?? 'id'}
            onSort={(sort) => change({ sort }, true)}
            foot={<RowCount count={models.length} />}
          />
        </div>
      )}
      {id !== undefined && (
        <ModelSheet
          id={id}
          model={models.find((one) => one.id === id)}
          wide={view.wide === '1'}
          onWide={(next) => change({ wide: next ? '1' : undefined }, true)}
          onClose={close}
        />
      )}
    </>
  );
}

function rowId({ id }: ModelView): string {
  return id;
}

function open({ id }: ModelView) {
  return { to: '/models/{-$id}' as never, params: { id } as never, search: true as never };
}

function modelColumns(): readonly Column<ModelView>[] {
  return [
    { id: 'id', head: t('models.table.id'), width: 150, cell: ({ id }) => id, sort: ({ id }) => id },
    {
      id: 'aliases',
      head: t('models.table.aliases'),
      width: 124,
      cell: ({ aliases }) => (aliases.length === 0 ? NOTHING : aliases.join(', ')),
    },
    {
      id: 'nodes',
      head: t('models.table.nodes'),
      width: 134,
      cell: ({ nodesReady }) => <Ready nodes={nodesReady} />,
      sort: ({ nodesReady }) => nodesReady,
    },
    {
      id: 'context',
      head: t('models.table.context'),
      unit: t('models.table.tokens'),
      width: 112,
      number: true,
      cell: ({ context }) => count(context),
      sort: ({ context }) => context ?? null,
    },
    ...CLASSES.map(classColumn),
    {
      id: 'perCall',
      head: t('models.class.perCall'),
      width: 76,
      number: true,
      cell: ({ price }) => (price == null ? NOTHING : money(nanoOf(price.perCall))),
    },
    {
      id: 'since',
      head: t('models.table.since'),
      width: 112,
      number: true,
      cell: ({ price }) => time(price?.from, 'dayMinute'),
    },
  ];
}

function classColumn(name: TokenClass): Column<ModelView> {
  return {
    id: name,
    head: t(`models.class.${name}`),
    unit: t('models.table.million'),
    width: name === 'reasoning' ? 122 : 106,
    number: true,
    cell: ({ price }) => (price == null ? NOTHING : money(nanoOf(price.perMillionTokens[name]))),
    sort: ({ price }) => (price == null ? null : Number(price.perMillionTokens[name])),
  };
}
