import '../../locales/en/users';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { Button } from '../../components/Button';
import { FilterBar } from '../../components/FilterBar';
import { ListBar, Listing } from '../../components/Listing';
import { Page } from '../../components/Page';
import { Answer, EmptyState } from '../../components/States';
import { Status } from '../../components/Status';
import { type Column, Table } from '../../components/Table';
import { choice, flag, word, z } from '../../lib/check';
import { anyText, type FilterWord, formatFilter, oneOf } from '../../lib/filters';
import { named, t } from '../../lib/i18n';
import { fresh } from '../../lib/loading';
import { useNow } from '../../lib/range';
import { useSession } from '../../lib/session';
import { ago, time } from '../../lib/time';
import { type Change, shared, useView } from '../../lib/view';
import { whole } from '../../lib/whole';
import { type Narrowing, passes, ROLES, stateOf, type UserView } from './prepare';

const UserSheet = lazy(() => fresh(() => import('./UserSheet')));
const InviteDialog = lazy(() => fresh(() => import('./InviteDialog')));

const search = z.extend(shared, {
  name: word,
  role: word,
  state: choice(['active', 'invited']),
  sort: word,
  new: flag,
});

type View = z.infer<typeof search>;
type Param = keyof Narrowing;

/** Who may use the console, and as what. */
export default function UsersPage() {
  const session = useSession();
  const [view, change] = useView(search);
  const words = useWords();
  const query = useQuery({
    ...whole('/api/admin/v1/users', view.tenant === undefined ? {} : { tenant: view.tenant }),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns();
  const { id } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  return (
    <Page
      title={t('users.title')}
      fill
      actions={
        session.can('USERS_WRITE') && (
          <Button look="primary" onClick={() => change({ new: '1' })}>
            {t('users.new')}
          </Button>
        )
      }
    >
      <ListBar>
        <FilterBar words={words} view={view} onChange={change} placeholder={t('users.filter.example')} />
      </ListBar>
      <Listing>
        <Answer query={query} height={320}>
          {({ items, more }) => {
            const rows = items.filter((user) => passes(user, view));
            return rows.length === 0 ? (
              <Nothing any={items.length > 0} view={view} words={words} change={change} />
            ) : (
              <Table
                fill
                label={t('users.table.label')}
                columns={columns}
                rows={rows}
                rowId={(user) => user.id}
                open={(user) => ({ to: `/users/${user.id}`, search: true })}
                openId={id}
                sort={view.sort ?? 'name'}
                onSort={(sort) => change({ sort }, true)}
                foot={t(more ? 'users.table.more' : 'users.table.shown', { count: rows.length })}
              />
            );
          }}
        </Answer>
      </Listing>
      <Suspense>
        {id !== undefined && (
          <UserSheet id={id} onClose={() => void navigate({ to: '/users' as never, search: true as never })} />
        )}
        {view.new === '1' && id === undefined && <InviteDialog onClose={() => change({ new: undefined }, true)} />}
      </Suspense>
    </Page>
  );
}

function useWords(): readonly FilterWord<Param>[] {
  return useMemo(() => {
    const plain = (values: readonly string[]) => values.map((value) => ({ value, text: value }));
    return [
      anyText<Param>({ word: 'name', param: 'name', about: t('users.filter.name') }),
      oneOf<Param>({ word: 'role', param: 'role', about: t('users.filter.role') }, plain(ROLES)),
      oneOf<Param>({ word: 'state', param: 'state', about: t('users.filter.state') }, plain(['active', 'invited'])),
    ];
  }, []);
}

function useColumns(): readonly Column<UserView>[] {
  const { name: own, everywhere } = useSession();
  const now = useNow(60_000);
  return useMemo(() => {
    const columns: (Column<UserView> | false)[] = [
      {
        id: 'name',
        head: t('users.table.name'),
        width: 180,
        cell: ({ name }) => (name === own ? t('users.table.you', { name }) : name),
        sort: ({ name }) => name,
      },
      {
        id: 'role',
        head: t('users.table.role'),
        width: 120,
        cell: ({ role }) => named('shell.role', role),
        sort: ({ role }) => ROLES.indexOf(role),
      },
      everywhere && {
        id: 'tenant',
        head: t('users.table.tenant'),
        cell: ({ tenant, tenantName }) => (tenant == null ? t('users.table.everything') : (tenantName ?? tenant)),
        sort: ({ tenantName }) => tenantName ?? '',
      },
      {
        id: 'state',
        head: t('users.table.state'),
        width: 120,
        cell: (user) => <Status tone={user.hasPassword ? 'ok' : 'busy'}>{named('users.state', stateOf(user))}</Status>,
        sort: stateOf,
      },
      {
        id: 'seen',
        head: t('users.table.seen'),
        width: 110,
        cell: ({ lastSeen }) => (lastSeen == null ? t('users.table.never') : ago(lastSeen, now)),
        sort: ({ lastSeen }) => (lastSeen == null ? null : Date.parse(lastSeen)),
      },
      {
        id: 'created',
        head: t('users.table.created'),
        width: 116,
        cell: ({ created }) => time(created, 'date'),
        sort: ({ created }) => Date.parse(created),
      },
    ];
    return columns.filter((column) => column !== false);
  }, [own, everywhere, now]);
}

interface NothingProps {
  any: boolean;
  view: View;
  words: readonly FilterWord<Param>[];
  change: (change: Change<View>) => void;
}

function Nothing({ any, view, words, change }: NothingProps) {
  return any ? (
    <EmptyState
      title={t('users.empty.match')}
      text={t('users.empty.matchText')}
      actions={words
        .filter(({ param }) => view[param] !== undefined)
        .map((one) => (
          <Button key={one.param} small onClick={() => change({ [one.param]: undefined })}>
            {t('users.empty.clear', { filter: formatFilter({ [one.param]: view[one.param] }, [one]) })}
          </Button>
        ))}
    />
  ) : (
    <EmptyState title={t('users.empty.none')} />
  );
}
