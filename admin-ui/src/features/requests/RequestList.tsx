import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { Button } from '../../components/Button';
import { CodeSnippet } from '../../components/Copy';
import { EmptyState, ErrorState, Skeleton, Stale } from '../../components/States';
import { Status } from '../../components/Status';
import { Table } from '../../components/Table';
import type { RequestView } from '../../lib/contract';
import { type FilterWord, formatFilter } from '../../lib/filters';
import { t } from '../../lib/i18n';
import { asProblem } from '../../lib/problem';
import { curlChat } from '../../lib/snippets';
import type { Change, RequestFilterView } from '../../lib/view';
import type { RequestColumn } from './columns';
import { type Narrowing, narrowed } from './filter';
import type { Tail } from './live';
import styles from './Requests.module.css';

type Part = { items: RequestView[]; next?: string | null };

export interface RequestListProps {
  list: UseInfiniteQueryResult<InfiniteData<Part>>;
  rows: readonly RequestView[];
  tail: Tail;
  onPause: (paused: boolean) => void;
  columns: readonly RequestColumn[];
  view: RequestFilterView;
  words: readonly FilterWord<Narrowing>[];
  change: (change: Change<RequestFilterView>) => void;
  openId: string | undefined;
}

/** The requests that the filter leaves, those that come in live on top. */
export function RequestList(props: RequestListProps) {
  const { list, rows, tail, onPause, columns, openId } = props;
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const fresh = useMemo(() => new Set(tail.rows.slice(0, 20).map(({ id }) => id)), [tail.rows]);
  return (
    <div
      className={styles.list}
      onPointerEnter={() => tail.state !== 'off' && onPause(true)}
      onPointerLeave={() => onPause(false)}
    >
      {tail.state !== 'off' && <TailLine tail={tail} />}
      {rows.length === 0 ? (
        <Nothing {...props} />
      ) : (
        <Table
          fill
          label={t('requests.table.label')}
          columns={columns}
          rows={rows}
          rowId={rowId}
          open={open}
          openId={openId}
          fresh={fresh}
          onEnd={more}
          foot={<Foot list={list} count={rows.length} />}
        />
      )}
    </div>
  );
}

function rowId({ id }: RequestView): string {
  return id;
}

function open({ id }: RequestView) {
  return { to: `/requests/${id}`, search: true } as const;
}

function TailLine({ tail }: { tail: Tail }) {
  const texts = {
    off: '',
    opening: t('requests.live.opening'),
    open: t('requests.live.on'),
    lost: t('requests.live.lost'),
  };
  return (
    <div className={styles.tail} role="status">
      <Status tone={tail.state === 'lost' ? 'warn' : 'busy'} plain>
        {tail.paused && tail.state === 'open'
          ? t('requests.live.held', { count: tail.held.length })
          : texts[tail.state]}
      </Status>
      {tail.dropped > 0 && <span>{t('requests.live.dropped', { count: tail.dropped })}</span>}
    </div>
  );
}

function Foot({ list, count }: { list: RequestListProps['list']; count: number }) {
  if (list.error !== null) {
    return <Stale since={list.dataUpdatedAt} problem={asProblem(list.error)} />;
  }
  if (list.isFetchingNextPage) {
    return <>{t('requests.table.loading')}</>;
  }
  return <>{list.hasNextPage ? t('requests.table.loaded', { count }) : t('requests.table.shown', { count })}</>;
}

function Nothing({ list, view, words, change }: RequestListProps) {
  if (list.data === undefined) {
    return list.error === null ? (
      <Skeleton height={380} />
    ) : (
      <ErrorState problem={asProblem(list.error)} retry={() => void list.refetch()} />
    );
  }
  if (narrowed(view)) {
    return <NoMatch view={view} words={words} change={change} />;
  }
  return view.range === '30d' ? (
    <EmptyState
      title={t('requests.empty.none')}
      text={t('requests.empty.noneText')}
      snippet={<CodeSnippet label="curl" snippets={[{ id: 'curl', text: 'curl', code: curlChat('$GATEHOUSE_KEY') }]} />}
    />
  ) : (
    <EmptyState
      title={t('requests.empty.range')}
      text={t('requests.empty.rangeText')}
      actions={
        <Button small onClick={() => change({ range: '30d', from: undefined, until: undefined })}>
          {t('requests.empty.wider')}
        </Button>
      }
    />
  );
}

/** Which part of the filter could be taken away. */
function NoMatch({ view, words, change }: Pick<RequestListProps, 'view' | 'words' | 'change'>) {
  const set = words.filter(({ param }) => view[param] !== undefined);
  const clear = Object.fromEntries(set.map(({ param }) => [param, undefined]));
  return (
    <EmptyState
      title={t('requests.empty.match')}
      text={t('requests.empty.matchText')}
      actions={
        <>
          {set.map((word) => (
            <Button key={word.param} small onClick={() => change({ [word.param]: undefined })}>
              {t('requests.empty.clear', { filter: formatFilter({ [word.param]: view[word.param] }, [word]) })}
            </Button>
          ))}
          {set.length > 1 && (
            <Button small onClick={() => change(clear)}>
              {t('requests.empty.clearAll')}
            </Button>
          )}
        </>
      }
    />
  );
}
