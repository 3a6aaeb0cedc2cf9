import '../../locales/en/keys';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { Button } from '../../components/Button';
import { FilterBar } from '../../components/FilterBar';
import { ListBar, Listing } from '../../components/Listing';
import { Page } from '../../components/Page';
import { SavedViews } from '../../components/SavedViews';
import { Answer, EmptyState } from '../../components/States';
import { Table } from '../../components/Table';
import { Segments } from '../../components/Tabs';
import { choice, flag, word, z } from '../../lib/check';
import { anyText, type FilterWord, formatFilter, oneOf } from '../../lib/filters';
import { t } from '../../lib/i18n';
import { fresh } from '../../lib/loading';
import { useNames } from '../../lib/names';
import { useNow } from '../../lib/range';
import { useSession } from '../../lib/session';
import { type Change, shared, useView, wide } from '../../lib/view';
import { whole } from '../../lib/whole';
import { keyColumns } from './columns';
import { inView, type KeyRow, type Narrowing, passes, SORTS, VIEWS } from './prepare';

const KeySheet = lazy(() => fresh(() => import('./KeySheet')));
const NewKeySheet = lazy(() => fresh(() => import('./NewKeySheet')));

const search = z.extend(shared, {
  view: choice(VIEWS),
  name: word,
  state: choice(['active', 'expired', 'revoked']),
  project: word,
  owner: word,
  model: word,
  sort: word,
  new: flag,
  wide,
});

type View = z.infer<typeof search>;
type Param = keyof Narrowing;

/** Every key that the user may see: which expires soonest, which spent most, which may ask for all models, which rests. */
export default function KeysPage() {
  const session = useSession();
  const [view, change] = useView(search);
  const { query, rows, now } = useKeyRows(view.tenant);
  const shown = rows.filter((key) => inView(key, view.view, now, session.name) && passes(key, view));
  const sheet = useOpenKey();
  const create = () => change({ new: '1' });
  return (
    <Page
      title={t('keys.title')}
      fill
      actions={
        session.can('KEYS_WRITE') && (
          <Button look="primary" onClick={create}>
            {t('keys.new')}
          </Button>
        )
      }
    >
      <Narrow view={view} change={change} rows={rows} />
      <Listing>
        <Answer query={query} height={320}>
          {({ more }) =>
            shown.length === 0 ? (
              <Nothing any={rows.length > 0} view={view} change={change} create={create} />
            ) : (
              <Table
                fill
                label={t('keys.table.label')}
                columns={keyColumns({ now, everywhere: session.everywhere, spend: session.can('USAGE_READ') })}
                rows={shown}
                rowId={({ id }) => id}
                open={({ id }) => ({ to: `/keys/${id}`, search: true })}
                openId={sheet.id}
                sort={view.sort ?? SORTS[view.view ?? 'all']}
                onSort={(sort) => change({ sort }, true)}
                foot={<Foot count={shown.length} rows={rows} more={more} view={view} change={change} />}
              />
            )
          }
        </Answer>
      </Listing>
      <Suspense>
        {sheet.id !== undefined && (
          <KeySheet
            id={sheet.id}
            spentNano={rows.find(({ id }) => id === sheet.id)?.spentNano ?? null}
            wide={view.wide === '1'}
            onWide={(next) => change({ wide: next ? '1' : undefined }, true)}
            onClose={() => sheet.go(undefined)}
          />
        )}
        {view.new === '1' && sheet.id === undefined && <NewKeySheet onClose={() => change({ new: undefined }, true)} />}
      </Suspense>
    </Page>
  );
}

/** Keys with their names and what they owe this month. */
function useKeyRows(tenant: string | undefined) {
  const session = useSession();
  const names = useNames();
  const now = useNow(60_000);
  const whose = tenant === undefined ? {} : { tenant };
  const query = useQuery({ ...whole('/api/admin/v1/keys', whose), placeholderData: keepPreviousData });
  const usage = useQuery({
    ...whole('/api/admin/v1/usage', { by: 'key', period: 'month', ...whose }),
    placeholderData: keepPreviousData,
    enabled: session.can('USAGE_READ'),
  });
  const rows = useMemo((): readonly KeyRow[] => {
    const spent = new Map((usage.data?.items ?? []).map(({ group, chargeNano }) => [group, chargeNano]));
    return (query.data?.items ?? []).map((key) => ({
      ...key,
      tenantName: names.tenant(key.tenant),
      projectName: names.project(key.project),
      spentNano: usage.data === undefined ? null : (spent.get(key.id) ?? 0),
    }));
  }, [query.data, usage.data, names]);
  return { query, rows, now };
}

interface NarrowProps {
  view: View;
  change: (change: Change<View>) => void;
  rows: readonly KeyRow[];
}

function Narrow({ view, change, rows }: NarrowProps) {
  const words = useWords(rows);
  const options = [
    { id: 'all' as const, text: t('keys.view.all') },
    ...VIEWS.map((id) => ({ id, text: t(`keys.view.${id}`) })),
  ];
  return (
    <ListBar>
      <Segments
        label={t('keys.view.label')}
        options={options}
        value={view.view ?? 'all'}
        onValue={(id) => change({ view: id === 'all' ? undefined : id, sort: undefined })}
      />
      <SavedViews page="keys" />
      <FilterBar words={words} view={view} onChange={change} placeholder={t('keys.filter.example')} />
    </ListBar>
  );
}

function useWords(rows: readonly KeyRow[]): readonly FilterWord<Param>[] {
  return useMemo(() => {
    const some = (values: readonly (string | null | undefined)[]) =>
      [...new Set(values.filter((value) => value != null))].toSorted().map((value) => ({ value, text: value }));
    const projects = new Map(rows.map(({ project, projectName }) => [project, projectName]));
    return [
      anyText<Param>({ word: 'name', param: 'name', about: t('keys.filter.name') }),
      oneOf<Param>(
        { word: 'state', param: 'state', about: t('keys.filter.state') },
        some(['active', 'expired', 'revoked']),
      ),
      oneOf<Param>(
        { word: 'project', param: 'project', about: t('keys.filter.project') },
        [...projects].map(([value, text]) => ({ value, text })),
      ),
      anyText<Param>({
        word: 'owner',
        param: 'owner',
        about: t('keys.filter.owner'),
        values: some(rows.map(({ ownerName }) => ownerName)),
      }),
      anyText<Param>({
        word: 'model',
        param: 'model',
        about: t('keys.filter.model'),
        values: some(rows.flatMap(({ models }) => models ?? [])),
      }),
    ];
  }, [rows]);
}

function Foot({ count, rows, more, view, change }: NarrowProps & { count: number; more: boolean }) {
  const revoked = rows.filter(({ state }) => state === 'revoked').length;
  return (
    <>
      {t(more ? 'keys.table.more' : 'keys.table.shown', { count: more ? rows.length : count })}
      {revoked > 0 && view.state === undefined && (
        <Button small look="quiet" onClick={() => change({ state: 'revoked', view: undefined })}>
          {t('keys.table.revoked', { count: revoked })}
        </Button>
      )}
    </>
  );
}

interface NothingProps {
  any: boolean;
  view: View;
  change: (change: Change<View>) => void;
  create: () => void;
}

function Nothing({ any, view, change, create }: NothingProps) {
  const { can } = useSession();
  const words = useWords([]);
  if (!any) {
    return (
      <EmptyState
        title={t('keys.empty.none')}
        text={t('keys.empty.noneText')}
        actions={
          can('KEYS_WRITE') && (
            <Button small look="primary" onClick={create}>
              {t('keys.new')}
            </Button>
          )
        }
      />
    );
  }
  return (
    <EmptyState
      title={t('keys.empty.match')}
      text={t('keys.empty.matchText')}
      actions={
        <>
          {words
            .filter(({ param }) => view[param] !== undefined)
            .map((one) => (
              <Button key={one.param} small onClick={() => change({ [one.param]: undefined })}>
                {t('keys.empty.clear', { filter: formatFilter({ [one.param]: view[one.param] }, [one]) })}
              </Button>
            ))}
          {view.view !== undefined && (
            <Button small onClick={() => change({ view: undefined, sort: undefined })}>
              {t('keys.empty.all')}
            </Button>
          )}
        </>
      }
    />
  );
}

function useOpenKey() {
  const { key: id } = useParams({ strict: false }) as { key?: string };
  const navigate = useNavigate();
  const go = (next: string | undefined) =>
    void navigate({
      to: (next === undefined ? '/keys' : `/keys/${next}`) as never,
      search: ((old: object) => ({ ...old, wide: undefined, new: undefined })) as never,
    });
  return { id, go };
}
