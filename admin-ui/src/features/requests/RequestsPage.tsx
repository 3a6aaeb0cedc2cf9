import '../../locales/en/requests';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useSyncExternalStore } from 'react';
import { Button } from '../../components/Button';
import { Histogram, histogramSentence } from '../../components/charts/Histogram';
import { FilterBar } from '../../components/FilterBar';
import { PauseIcon, PlayIcon } from '../../components/icons';
import { Page } from '../../components/Page';
import { RangePicker } from '../../components/RangePicker';
import { SavedViews } from '../../components/SavedViews';
import { Answer } from '../../components/States';
import { flag, z } from '../../lib/check';
import { api } from '../../lib/client';
import type { HistogramBucket, RequestFilter } from '../../lib/contract';
import { t } from '../../lib/i18n';
import { fresh } from '../../lib/loading';
import { read } from '../../lib/query';
import { iso, type Range, rangeOf, useRange } from '../../lib/range';
import { useSession } from '../../lib/session';
import { requestFilter, useView, wide } from '../../lib/view';
import { requestColumns, switched } from './columns';
import { asked, useFilterWords } from './filter';
import { useTail } from './live';
import { ColumnMenu, CopyMenu, requestViews } from './Menus';
import { stacksOf } from './prepare';
import { RequestList } from './RequestList';
import styles from './Requests.module.css';

const RequestSheet = lazy(() => fresh(() => import('./RequestSheet')));

const BUCKETS = 90;
const HISTOGRAM_HEIGHT = 112;
const PART = 100;
const AGAIN_MS = 15_000;
const DAY_MS = 26 * 3_600_000;

const search = z.extend(requestFilter, { live: flag, wide });

/** Every request that has ended, narrowed by the address. */
export default function RequestsPage() {
  const [view, change] = useView(search);
  const range = useRange();
  const words = useFilterWords();
  const filter = useMemo(() => asked(view, range), [view, range]);
  const listed = useMemo(() => openEnded(view), [view]);
  const live = view.live === '1';
  const [tail, pause] = useTail(filter, live);
  const columns = useColumns(range, view.tenant === undefined);
  const list = useInfiniteQuery({
    queryKey: ['/api/admin/v1/requests', listed],
    queryFn: async ({ signal, pageParam }) => {
      const query = { ...listed, limit: PART, ...(pageParam !== '' && { cursor: pageParam }) };
      const { data } = await api.GET('/api/admin/v1/requests', { params: { query }, signal });
      return data ?? { items: [] };
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (!live && state.data?.pages.length === 1 ? AGAIN_MS : false),
  });
  const rows = useMemo(() => {
    const older = list.data?.pages.flatMap(({ items }) => items) ?? [];
    const known = new Set(tail.rows.map(({ id }) => id));
    return known.size === 0 ? older : [...tail.rows, ...older.filter(({ id }) => !known.has(id))];
  }, [list.data, tail.rows]);
  const sheet = useSheet(rows);
  return (
    <Page
      title={t('requests.title')}
      fill
      actions={
        <>
          <CopyMenu filter={filter} range={range} />
          <RangePicker />
          <Button
            look={live ? 'primary' : 'plain'}
            aria-pressed={live}
            onClick={() => change({ live: live ? undefined : '1' })}
          >
            {live ? <PauseIcon size={14} /> : <PlayIcon size={14} />}
            {t(live ? 'requests.live.stop' : 'requests.live.start')}
          </Button>
        </>
      }
    >
      <div className={styles.bar}>
        <SavedViews page="requests" builtIn={requestViews(change)} />
        <FilterBar words={words} view={view} onChange={change} placeholder={t('requests.filter.example')} />
        <ColumnMenu columns={columns.all} shown={columns.shown} />
      </div>
      <OverTime
        filter={filter}
        onBrush={(from, until) => change({ range: undefined, from: iso(from), until: iso(until) })}
      />
      <RequestList
        list={list}
        rows={rows}
        tail={tail}
        onPause={pause}
        columns={columns.shown}
        view={view}
        words={words}
        change={change}
        openId={sheet.id}
      />
      <Suspense>
        {sheet.id !== undefined && (
          <RequestSheet
            id={sheet.id}
            wide={view.wide === '1'}
            onWide={(next) => change({ wide: next ? '1' : undefined }, true)}
            onClose={sheet.close}
            onNext={sheet.to(1)}
            onFormer={sheet.to(-1)}
          />
        )}
      </Suspense>
    </Page>
  );
}

/**
 * What the list asks for: a range that ends now begins where it did when it was chosen and has no end, so that rows stay
 * where a reader is while time goes on.
 */
function openEnded(view: z.infer<typeof search>): RequestFilter {
  const range = rangeOf(view, Date.now());
  const { until, ...filter } = asked(view, range);
  return range.name === undefined && until !== undefined ? { ...filter, until } : filter;
}

function OverTime(props: { filter: ReturnType<typeof asked>; onBrush: (from: number, until: number) => void }) {
  const query = useQuery({
    ...read('/api/admin/v1/requests/histogram', { params: { query: { ...props.filter, buckets: BUCKETS } } }),
    placeholderData: keepPreviousData,
  });
  return (
    <section className={styles.histogram} aria-label={t('requests.histogram.title')}>
      <Answer query={query} height={HISTOGRAM_HEIGHT}>
        {({ buckets, bucketSeconds }) => (
          <Bars buckets={buckets} bucketSeconds={bucketSeconds} onBrush={props.onBrush} />
        )}
      </Answer>
    </section>
  );
}

interface BarsProps {
  buckets: readonly HistogramBucket[];
  bucketSeconds: number;
  onBrush: (from: number, until: number) => void;
}

function Bars({ buckets, bucketSeconds, onBrush }: BarsProps) {
  const stacks = useMemo(() => stacksOf(buckets), [buckets]);
  const at = useMemo(() => buckets.map((bucket) => Date.parse(bucket.at)), [buckets]);
  return (
    <Histogram
      label={histogramSentence(stacks)}
      at={at}
      bucketSeconds={bucketSeconds}
      stacks={stacks}
      onBrush={onBrush}
    />
  );
}

function useColumns(range: Range, several: boolean) {
  const { everywhere } = useSession();
  const days = Date.parse(range.until) - Date.parse(range.from) > DAY_MS;
  const changed = useSyncExternalStore(switched.subscribe, switched.get);
  return useMemo(() => {
    const all = requestColumns(days, everywhere && several);
    const ids = new Set(changed.split(' '));
    return { all, shown: all.filter(({ id, extra = false }) => ids.has(id) === extra) };
  }, [days, everywhere, several, changed]);
}

/** Which request is open, and its neighbours in the list. */
function useSheet(rows: readonly { id: string }[]) {
  const { id } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const go = useCallback(
    (next: string | undefined) =>
      void navigate({
        to: (next === undefined ? '/requests' : `/requests/${next}`) as never,
        search: ((old: object) => (next === undefined ? { ...old, wide: undefined } : old)) as never,
        replace: next !== undefined,
      }),
    [navigate],
  );
  const at = rows.findIndex((row) => row.id === id);
  const to = (step: number) => {
    const next = at < 0 ? undefined : rows[at + step];
    return next === undefined ? undefined : () => go(next.id);
  };
  return { id, close: () => go(undefined), to };
}
