import '../../locales/en/overview';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { TimeChart } from '../../components/charts/TimeChart';
import { Page } from '../../components/Page';
import { RangePicker } from '../../components/RangePicker';
import { Answer, ErrorState, Skeleton, Stale } from '../../components/States';
import type { SeriesView } from '../../lib/contract';
import { compact, duration, rate } from '../../lib/format';
import { t } from '../../lib/i18n';
import { asProblem } from '../../lib/problem';
import { read } from '../../lib/query';
import { iso, useRange } from '../../lib/range';
import { shared, useView } from '../../lib/view';
import { AttentionBand } from './AttentionBand';
import { Failures } from './Failures';
import { FirstRun } from './FirstRun';
import { Numbers } from './Numbers';
import styles from './Overview.module.css';
import { firstTokens, outputRate } from './prepare';
import { Spend } from './Spend';

const BUCKETS = 180;
const FIRST_RUN_MS = 3000;
const CHART_HEIGHT = 326;

/** Is it well, and what changed: two calls, whatever the range. */
export default function OverviewPage() {
  const [view] = useView(shared);
  const range = useRange();
  const asked = { from: range.from, until: range.until, ...(view.tenant !== undefined && { tenant: view.tenant }) };
  const overview = useQuery({
    ...read('/api/admin/v1/overview', { params: { query: asked } }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.firstRun.requestSeen === false ? FIRST_RUN_MS : false),
  });
  const series = useQuery({
    ...read('/api/admin/v1/series', { params: { query: { ...asked, buckets: BUCKETS } } }),
    placeholderData: keepPreviousData,
  });
  const data = overview.data;
  return (
    <Page
      title={t('overview.title')}
      note={
        overview.error !== null &&
        data !== undefined && <Stale since={overview.dataUpdatedAt} problem={asProblem(overview.error)} />
      }
      actions={<RangePicker />}
    >
      {overview.error !== null && data === undefined ? (
        <ErrorState problem={asProblem(overview.error)} retry={() => void overview.refetch()} />
      ) : (
        <>
          {data !== undefined && <AttentionBand items={data.attention} />}
          {data !== undefined && <FirstRun steps={data.firstRun} />}
          <Numbers view={data} range={range} />
        </>
      )}
      <Answer query={series} height={CHART_HEIGHT}>
        {(answer) => <Charts view={answer} />}
      </Answer>
      <div className={styles.halves}>
        {data === undefined ? (
          overview.error === null && (
            <>
              <Skeleton height={220} patient />
              <Skeleton height={220} patient />
            </>
          )
        ) : (
          <>
            <Spend view={data} />
            <Failures view={data} now={Date.parse(range.until)} />
          </>
        )}
      </div>
    </Page>
  );
}

function Charts({ view }: { view: SeriesView }) {
  const [kept, change] = useView(shared);
  const zoom = useCallback(
    (from: number, until: number) => change({ range: undefined, from: iso(from), until: iso(until) }),
    [change],
  );
  const first = useMemo(() => firstTokens(view), [view]);
  const output = useMemo(() => outputRate(view), [view]);
  const inRange = (
    <Link to="/requests" search={kept as never}>
      {t('overview.chart.inRange')}
    </Link>
  );
  return (
    <div className={styles.charts}>
      <TimeChart
        title={t('overview.chart.firstToken')}
        sentence={first.sentence}
        data={first.data}
        format={duration}
        onZoom={zoom}
        actions={inRange}
      />
      <TimeChart
        title={t('overview.chart.output')}
        sentence={output.sentence}
        data={output.data}
        format={rate}
        axis={compact}
        onZoom={zoom}
        actions={inRange}
      />
    </div>
  );
}
