import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Listing } from '../../components/Listing';
import { Answer, EmptyState } from '../../components/States';
import { type Column, Table } from '../../components/Table';
import { t } from '../../lib/i18n';
import { type Names, useNames } from '../../lib/names';
import { useNow } from '../../lib/range';
import { useSession } from '../../lib/session';
import { ago } from '../../lib/time';
import { whole } from '../../lib/whole';
import { GrantSheet } from './GrantSheet';
import type { Grant, ListProps } from './prepare';

interface GrantListProps extends ListProps {
  openId: string | undefined;
  onClose: () => void;
}

/** What was granted and is in force. */
export function GrantList({ tenant, sort, onSort, openId, onClose }: GrantListProps) {
  const { everywhere } = useSession();
  const names = useNames();
  const now = useNow(60_000);
  const query = useQuery({
    ...whole('/api/admin/v1/grants', tenant === undefined ? {} : { tenant }),
    placeholderData: keepPreviousData,
  });
  const columns = useMemo(() => columnsFor(everywhere, names, now), [everywhere, names, now]);
  return (
    <>
      <Listing>
        <Answer query={query} height={320}>
          {({ items, more }) =>
            items.length === 0 ? (
              <EmptyState title={t('access.grants.none')} text={t('access.grants.noneText')} />
            ) : (
              <Table
                fill
                label={t('access.grants.label')}
                columns={columns}
                rows={items}
                rowId={(row) => row.id}
                open={(row) => ({ to: '/access', search: ((old: object) => ({ ...old, grant: row.id })) as never })}
                openId={openId}
                sort={sort ?? '-granted'}
                onSort={onSort}
                foot={t(more ? 'access.grants.more' : 'access.grants.shown', { count: items.length })}
              />
            )
          }
        </Answer>
      </Listing>
      {openId !== undefined && <GrantSheet key={openId} id={openId} onClose={onClose} />}
    </>
  );
}

function columnsFor(everywhere: boolean, names: Names, now: number): readonly Column<Grant>[] {
  const columns: (Column<Grant> | false)[] = [
    {
      id: 'user',
      head: t('access.table.asker'),
      width: 170,
      cell: nameOf,
      sort: nameOf,
    },
    everywhere && {
      id: 'tenant',
      head: t('access.table.tenant'),
      width: 150,
      cell: ({ tenant }) => names.tenant(tenant),
      sort: ({ tenant }) => names.tenant(tenant),
    },
    {
      id: 'project',
      head: t('access.table.project'),
      width: 150,
      cell: ({ projectName }) => projectName,
      sort: ({ projectName }) => projectName,
    },
    {
      id: 'model',
      head: t('access.table.model'),
      cell: ({ model }) => model ?? t('access.table.allModels'),
      sort: ({ model }) => model ?? '',
    },
    {
      id: 'granted',
      head: t('access.grants.when'),
      width: 110,
      cell: ({ granted }) => ago(granted, now),
      sort: ({ granted }) => Date.parse(granted),
    },
    { id: 'by', head: t('access.grants.by'), width: 140, cell: ({ grantedBy }) => grantedBy },
  ];
  return columns.filter((column) => column !== false);
}

/** A tenant's own users do not see those of the installation. */
export function nameOf({ user, userName }: Grant): string {
  return userName ?? `${user.slice(0, 8)}…`;
}
