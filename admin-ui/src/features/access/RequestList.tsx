import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Listing } from '../../components/Listing';
import { Answer, EmptyState } from '../../components/States';
import { Status } from '../../components/Status';
import { type Column, Table } from '../../components/Table';
import { NOTHING } from '../../lib/format';
import { named, t } from '../../lib/i18n';
import { type Names, useNames } from '../../lib/names';
import { useNow } from '../../lib/range';
import { useSession } from '../../lib/session';
import { ago } from '../../lib/time';
import { whole } from '../../lib/whole';
import { AccessSheet } from './AccessSheet';
import { type AccessRequest, type AccessState, type ListProps, TONES } from './prepare';

const REFRESH_MS = 15_000;

/** Who asks for what. */
export function RequestList({ state, tenant, sort, onSort }: ListProps & { state: AccessState | 'all' }) {
  const session = useSession();
  const names = useNames();
  const now = useNow(60_000);
  const query = useQuery({
    ...whole('/api/admin/v1/access-requests', state === 'all' ? {} : { state }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
  const columns = useMemo(() => columnsFor(session.everywhere, names, now), [session.everywhere, names, now]);
  const rows = (query.data?.items ?? []).filter((row) => tenant === undefined || row.tenant === tenant);
  const { id } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  return (
    <>
      <Listing>
        <Answer query={query} height={320}>
          {({ more }) =>
            rows.length === 0 ? (
              <Nothing state={state} />
            ) : (
              <Table
                fill
                label={t('access.table.label')}
                columns={columns}
                rows={rows}
                rowId={(row) => row.id}
                open={(row) => ({ to: `/access/${row.id}`, search: true })}
                openId={id}
                sort={sort ?? '-asked'}
                onSort={onSort}
                foot={t(more ? 'access.table.more' : 'access.table.shown', { count: rows.length })}
              />
            )
          }
        </Answer>
      </Listing>
      {id !== undefined && (
        <AccessSheet
          key={id}
          id={id}
          known={rows.find((row) => row.id === id)}
          onClose={() => void navigate({ to: '/access' as never, search: true as never })}
        />
      )}
    </>
  );
}

function Nothing({ state }: { state: AccessState | 'all' }) {
  if (state === 'open') {
    return <EmptyState title={t('access.empty.open')} text={t('access.empty.openText')} />;
  }
  return <EmptyState title={t(state === 'all' ? 'access.empty.all' : 'access.empty.other')} />;
}

function columnsFor(everywhere: boolean, names: Names, now: number): readonly Column<AccessRequest>[] {
  const columns: (Column<AccessRequest> | false)[] = [
    {
      id: 'asker',
      head: t('access.table.asker'),
      width: 130,
      cell: (row) => row.askerName,
      sort: (row) => row.askerName,
    },
    {
      id: 'state',
      head: t('access.table.state'),
      width: 112,
      cell: ({ state }) => <Status tone={TONES[state]}>{named('access.state', state)}</Status>,
      sort: ({ state }) => state,
    },
    everywhere && {
      id: 'tenant',
      head: t('access.table.tenant'),
      width: 120,
      cell: ({ tenant }) => names.tenant(tenant),
      sort: ({ tenant }) => names.tenant(tenant),
    },
    {
      id: 'project',
      head: t('access.table.project'),
      width: 120,
      cell: ({ projectName }) => projectName,
      sort: ({ projectName }) => projectName,
    },
    {
      id: 'model',
      head: t('access.table.model'),
      width: 120,
      cell: ({ model }) => model ?? t('access.table.allModels'),
      sort: ({ model }) => model ?? '',
    },
    { id: 'reason', head: t('access.table.reason'), cell: ({ reason }) => reason },
    {
      id: 'asked',
      head: t('access.table.asked'),
      width: 92,
      cell: ({ created }) => ago(created, now),
      sort: ({ created }) => Date.parse(created),
    },
    { id: 'by', head: t('access.table.by'), width: 110, cell: ({ decidedBy }) => decidedBy ?? NOTHING },
  ];
  return columns.filter((column) => column !== false);
}
