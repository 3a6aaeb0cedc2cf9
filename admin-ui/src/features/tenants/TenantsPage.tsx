import '../../locales/en/tenants';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Form, TextField } from '../../components/Field';
import { ListBar, Listing } from '../../components/Listing';
import { Page } from '../../components/Page';
import { Answer, EmptyState, ProblemNote } from '../../components/States';
import { type Column, Table } from '../../components/Table';
import { toast } from '../../components/Toast';
import { flag, word, z } from '../../lib/check';
import { api } from '../../lib/client';
import { count, money } from '../../lib/format';
import { t } from '../../lib/i18n';
import { fresh } from '../../lib/loading';
import { useNames } from '../../lib/names';
import { refresh } from '../../lib/query';
import { useSend } from '../../lib/send';
import { useSession } from '../../lib/session';
import { time } from '../../lib/time';
import { shared, useView } from '../../lib/view';
import { whole } from '../../lib/whole';
import { isCalled, rowsOf, type TenantRow } from './prepare';

const TenantSheet = lazy(() => fresh(() => import('./TenantSheet')));

const search = z.extend(shared, { find: word, sort: word, new: flag });

/** Whoever shares the installation without seeing each other. */
export default function TenantsPage() {
  const session = useSession();
  const [view, change] = useView(search);
  const { query, rows } = useTenantRows();
  const shown = rows.filter((row) => isCalled(row, view.find));
  const { id } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const writes = session.can('TENANTS_WRITE') && session.everywhere;
  return (
    <Page
      title={t('tenants.title')}
      fill
      actions={
        writes && (
          <Button look="primary" onClick={() => change({ new: '1' })}>
            {t('tenants.new')}
          </Button>
        )
      }
    >
      <ListBar>
        <TextField
          type="search"
          label={t('tenants.find')}
          value={view.find ?? ''}
          onValue={(find) => change({ find }, true)}
          autoComplete="off"
          spellCheck={false}
        />
      </ListBar>
      <Listing>
        <Answer query={query} height={320}>
          {({ more }) =>
            shown.length === 0 ? (
              <Nothing any={rows.length > 0} onAll={() => change({ find: undefined })} />
            ) : (
              <Table
                fill
                label={t('tenants.table.label')}
                columns={columnsFor(session.can('USAGE_READ'), session.can('KEYS_READ'))}
                rows={shown}
                rowId={(row) => row.id}
                open={(row) => ({ to: `/tenants/${row.id}`, search: true })}
                openId={id}
                sort={view.sort ?? 'name'}
                onSort={(sort) => change({ sort }, true)}
                foot={t(more ? 'tenants.table.more' : 'tenants.table.shown', { count: shown.length })}
              />
            )
          }
        </Answer>
      </Listing>
      <Suspense>
        {id !== undefined && (
          <TenantSheet
            id={id}
            projects={rows.find((row) => row.id === id)?.projects ?? []}
            onClose={() => void navigate({ to: '/tenants' as never, search: true as never })}
          />
        )}
      </Suspense>
      {view.new === '1' && writes && id === undefined && (
        <CreateDialog onClose={() => change({ new: undefined }, true)} />
      )}
    </Page>
  );
}

function useTenantRows() {
  const { can } = useSession();
  const { projects } = useNames();
  const query = useQuery({ ...whole('/api/admin/v1/tenants', {}), placeholderData: keepPreviousData });
  const keys = useQuery({ ...whole('/api/admin/v1/keys', { state: 'active' }), enabled: can('KEYS_READ') });
  const usage = useQuery({
    ...whole('/api/admin/v1/usage', { by: 'tenant', period: 'month' }),
    placeholderData: keepPreviousData,
    enabled: can('USAGE_READ'),
  });
  const rows = useMemo(
    () => rowsOf({ tenants: query.data?.items ?? [], projects, keys: keys.data?.items, usage: usage.data?.items }),
    [query.data, projects, keys.data, usage.data],
  );
  return { query, rows };
}

function columnsFor(usage: boolean, keys: boolean): readonly Column<TenantRow>[] {
  const month = t('tenants.table.month');
  const columns: (Column<TenantRow> | false)[] = [
    { id: 'name', head: t('tenants.table.name'), width: 190, cell: ({ name }) => name, sort: ({ name }) => name },
    {
      id: 'projects',
      head: t('tenants.table.projects'),
      width: 96,
      number: true,
      cell: ({ projects }) => count(projects.length),
      sort: ({ projects }) => projects.length,
    },
    keys && {
      id: 'keys',
      head: t('tenants.table.keys'),
      width: 110,
      number: true,
      cell: (row) => count(row.keys),
      sort: (row) => row.keys,
    },
    usage && {
      id: 'requests',
      head: t('tenants.table.requests'),
      unit: month,
      width: 160,
      number: true,
      cell: ({ requests }) => count(requests),
      sort: ({ requests }) => requests,
    },
    usage && {
      id: 'spent',
      head: t('tenants.table.spent'),
      unit: month,
      width: 140,
      number: true,
      cell: ({ spentNano }) => money(spentNano),
      sort: ({ spentNano }) => spentNano,
    },
    {
      id: 'zone',
      head: t('tenants.table.zone'),
      width: 150,
      cell: ({ timeZone }) => timeZone,
      sort: ({ timeZone }) => timeZone,
    },
    {
      id: 'created',
      head: t('tenants.table.created'),
      width: 116,
      cell: ({ created }) => time(created, 'date'),
      sort: ({ created }) => Date.parse(created),
    },
  ];
  return columns.filter((column) => column !== false);
}

function Nothing({ any, onAll }: { any: boolean; onAll: () => void }) {
  return any ? (
    <EmptyState
      title={t('tenants.empty.match')}
      actions={
        <Button small onClick={onAll}>
          {t('tenants.empty.clear')}
        </Button>
      }
    />
  ) : (
    <EmptyState title={t('tenants.empty.none')} text={t('tenants.empty.noneText')} />
  );
}

function CreateDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const { send, busy, problem, tried } = useSend(
    () => name.trim() !== '',
    async () => {
      const { data } = await api.POST('/api/admin/v1/tenants', { body: { name: name.trim() } });
      await refresh('/api/admin/v1/tenants');
      toast(t('tenants.done.created', { name: name.trim() }));
      if (data !== undefined) {
        const search = (old: object) => ({ ...old, new: undefined });
        await navigate({ to: `/tenants/${data.id}` as never, search: search as never, replace: true });
      }
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('tenants.new')}
      foot={
        <>
          <Button onClick={onClose}>{t('shell.action.cancel')}</Button>
          <Button look="primary" type="submit" form="tenant" busy={busy}>
            {t('tenants.form.create')}
          </Button>
        </>
      }
    >
      <Form id="tenant" onSend={send}>
        <TextField
          label={t('tenants.form.name')}
          value={name}
          onValue={setName}
          error={tried && name.trim() === '' ? t('tenants.form.nameMissing') : undefined}
          maxLength={200}
          autoComplete="off"
        />
        {problem !== undefined && <ProblemNote problem={problem} />}
      </Form>
    </Dialog>
  );
}
