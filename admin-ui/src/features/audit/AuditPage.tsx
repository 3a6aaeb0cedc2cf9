import '../../locales/en/audit';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { Button } from '../../components/Button';
import { FilterBar } from '../../components/FilterBar';
import { DownloadIcon } from '../../components/icons';
import { ListBar } from '../../components/Listing';
import { Page } from '../../components/Page';
import { RangePicker } from '../../components/RangePicker';
import { SavedViews } from '../../components/SavedViews';
import { EmptyState, ErrorState, NoRights, Skeleton, Stale } from '../../components/States';
import { Table } from '../../components/Table';
import { word, z } from '../../lib/check';
import { api } from '../../lib/client';
import { saveCsv } from '../../lib/csv';
import { anyText, type FilterWord, formatFilter, oneOf } from '../../lib/filters';
import { t } from '../../lib/i18n';
import { type Named, useTenantNames } from '../../lib/lookups';
import { asProblem } from '../../lib/problem';
import { useRange } from '../../lib/range';
import { useSession } from '../../lib/session';
import { type Change, shared, useView, wide } from '../../lib/view';
import { ActSheet } from './ActSheet';
import styles from './Audit.module.css';
import { type ActView, WHATS } from './acts';
import { actColumns } from './columns';

const PART = 100;
const DAY_MS = 26 * 3_600_000;
const MOST_SEARCHED = 1000;

const search = z.extend(shared, { actor: word, what: word, target: word, wide });
type AuditView = z.infer<typeof search>;
type Narrowing = 'tenant' | 'actor' | 'what' | 'target';
type Acts = ReturnType<typeof useActs>;

/** Who did what, on what, when and from where. */
export default function AuditPage() {
  const { can } = useSession();
  return can('ACTS_READ') ? (
    <Explorer />
  ) : (
    <Page title={t('audit.title')}>
      <NoRights scope="ACTS_READ" />
    </Page>
  );
}

function Explorer() {
  const { everywhere } = useSession();
  const [view, change] = useView(search);
  const range = useRange();
  const words = useWords();
  const acts = useActs(view, range.from, range.until);
  const days = Date.parse(range.until) - Date.parse(range.from) > DAY_MS;
  const columns = useMemo(() => actColumns(days, everywhere), [days, everywhere]);
  const { id } = useParams({ strict: false }) as { id?: string };
  return (
    <Page
      title={t('audit.title')}
      fill
      actions={
        <>
          <Button disabled={acts.rows.length === 0} onClick={() => save(acts.rows, range.from, range.until)}>
            <DownloadIcon size={14} />
            {t('audit.csv')}
          </Button>
          <RangePicker />
        </>
      }
    >
      <ListBar>
        <SavedViews page="audit" />
        <FilterBar words={words} view={view} onChange={change} placeholder={t('audit.filter.example')} />
      </ListBar>
      <div className={styles.list}>
        {acts.rows.length === 0 ? (
          <Nothing acts={acts} view={view} words={words} change={change} />
        ) : (
          <Table
            fill
            label={t('audit.label')}
            columns={columns}
            rows={acts.rows}
            rowId={rowId}
            open={open}
            openId={id}
            onEnd={acts.more}
            foot={<Foot acts={acts} />}
          />
        )}
      </div>
      {id !== undefined && <Opened id={id} acts={acts} view={view} change={change} />}
    </Page>
  );
}

function rowId({ id }: ActView): string {
  return id;
}

function open({ id }: ActView) {
  return { to: `/audit/${id}` as never, search: true as never };
}

function useActs(view: AuditView, from: string, until: string) {
  const { tenant, actor, what, target } = view;
  const filter = useMemo(
    () => ({
      from,
      until,
      ...(tenant !== undefined && { tenant }),
      ...(actor !== undefined && { actor }),
      ...(what !== undefined && { what }),
      ...(target !== undefined && { target }),
    }),
    [tenant, actor, what, target, from, until],
  );
  const list = useInfiniteQuery({
    queryKey: ['/api/admin/v1/acts', filter],
    queryFn: async ({ signal, pageParam }) => {
      const query = { ...filter, limit: PART, ...(pageParam !== '' && { cursor: pageParam }) };
      const { data } = await api.GET('/api/admin/v1/acts', { params: { query }, signal });
      return data ?? { items: [] };
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  return { list, rows, more };
}

function useWords(): readonly FilterWord<Narrowing>[] {
  const { everywhere } = useSession();
  const tenants = useTenantNames();
  return useMemo(() => wordsOf(everywhere ? tenants : undefined), [everywhere, tenants]);
}

function wordsOf(tenants: readonly Named[] | undefined): readonly FilterWord<Narrowing>[] {
  const values = WHATS.map((value) => ({ value, text: value }));
  return [
    ...(tenants === undefined
      ? []
      : [oneOf<Narrowing>({ word: 'tenant', param: 'tenant', about: t('audit.filter.tenant') }, tenants)]),
    anyText({ word: 'who', aliases: ['actor'], param: 'actor', about: t('audit.filter.who') }),
    anyText({ word: 'what', param: 'what', about: t('audit.filter.what'), values }),
    anyText({ word: 'target', aliases: ['on'], param: 'target', about: t('audit.filter.target') }),
  ];
}

function save(rows: readonly ActView[], from: string, until: string): void {
  saveCsv(
    `acts ${from.slice(0, 10)} ${until.slice(0, 10)}.csv`,
    ['at', 'actor', 'address', 'what', 'target', 'tenant', 'before', 'after'],
    rows.map((act) => [
      act.at,
      act.actor,
      act.address,
      act.what,
      act.target,
      act.tenantName ?? act.tenant ?? null,
      act.before == null ? null : JSON.stringify(act.before),
      act.after == null ? null : JSON.stringify(act.after),
    ]),
  );
}

function Foot({ acts: { list, rows } }: { acts: Acts }) {
  const count = rows.length;
  if (list.error !== null) {
    return <Stale since={list.dataUpdatedAt} problem={asProblem(list.error)} />;
  }
  if (list.isFetchingNextPage) {
    return <>{t('audit.table.loading')}</>;
  }
  return <>{list.hasNextPage ? t('audit.table.loaded', { count }) : t('audit.table.shown', { count })}</>;
}

interface NothingProps {
  acts: Acts;
  view: AuditView;
  words: readonly FilterWord<Narrowing>[];
  change: (change: Change<AuditView>) => void;
}

function Nothing({ acts: { list }, view, words, change }: NothingProps) {
  if (list.data === undefined) {
    return list.error === null ? (
      <Skeleton height={380} />
    ) : (
      <ErrorState problem={asProblem(list.error)} retry={() => void list.refetch()} />
    );
  }
  const set = words.filter(({ param }) => view[param] !== undefined);
  const wider = (
    <Button small onClick={() => change({ range: '30d', from: undefined, until: undefined })}>
      {t('audit.empty.wider')}
    </Button>
  );
  return (
    <EmptyState
      title={t(set.length > 0 ? 'audit.empty.match' : 'audit.empty.range')}
      text={t(set.length > 0 ? 'audit.empty.matchText' : 'audit.empty.rangeText')}
      actions={
        <>
          {set.map((one) => (
            <Button key={one.param} small onClick={() => change({ [one.param]: undefined })}>
              {t('audit.empty.clear', { filter: formatFilter({ [one.param]: view[one.param] }, [one]) })}
            </Button>
          ))}
          {view.range !== '30d' && wider}
        </>
      }
    />
  );
}

interface OpenedProps {
  id: string;
  acts: Acts;
  view: AuditView;
  change: (change: Change<AuditView>, replace?: boolean) => void;
}

/** The act of the address. It is looked for in the list, as far as that is not endless. */
function Opened({ id, acts: { list, rows, more }, view, change }: OpenedProps) {
  const navigate = useNavigate();
  const at = rows.findIndex((row) => row.id === id);
  const searching = at < 0 && (list.isPending || (list.hasNextPage && rows.length < MOST_SEARCHED));
  useEffect(() => {
    if (searching) {
      more();
    }
  }, [searching, more]);
  const go = (act: ActView | undefined) =>
    act === undefined ? undefined : () => void navigate({ ...open(act), replace: true } as never);
  return (
    <ActSheet
      act={rows[at]}
      searching={searching}
      wide={view.wide === '1'}
      onWide={(next) => change({ wide: next ? '1' : undefined }, true)}
      onClose={() => void navigate({ to: '/audit' as never, search: true as never })}
      onNext={at < 0 ? undefined : go(rows[at + 1])}
      onFormer={at < 0 ? undefined : go(rows[at - 1])}
    />
  );
}
