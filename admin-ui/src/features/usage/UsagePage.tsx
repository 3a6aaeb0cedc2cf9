import '../../locales/en/usage';
import { Button } from '../../components/Button';
import { FilterBar } from '../../components/FilterBar';
import { ListBar } from '../../components/Listing';
import { Page } from '../../components/Page';
import { RangePicker } from '../../components/RangePicker';
import { SavedViews } from '../../components/SavedViews';
import { Select } from '../../components/Select';
import { EmptyState, ErrorState, NoRights, Skeleton, Stale } from '../../components/States';
import { Segments } from '../../components/Tabs';
import { type FilterWord, formatFilter } from '../../lib/filters';
import { t } from '../../lib/i18n';
import { asProblem } from '../../lib/problem';
import { iso } from '../../lib/range';
import { useSession } from '../../lib/session';
import { type Change, useView } from '../../lib/view';
import { Month } from './Month';
import { bucketOf, bucketsOf, type Group, type Metric } from './prepare';
import { Totals } from './Totals';
import styles from './Usage.module.css';
import { UsageChart } from './UsageChart';
import { UsageTable } from './UsageTable';
import { useUsage } from './useUsage';
import { groupsOf, metricsOf, type Narrowing, type UsageAddress, usageView, useWords } from './view';

/** What was used, by whom, and what it comes to. */
export default function UsagePage() {
  return useSession().can('USAGE_READ') ? (
    <Usage />
  ) : (
    <Page title={t('usage.title')}>
      <NoRights scope="USAGE_READ" />
    </Page>
  );
}

function Usage() {
  const { everywhere } = useSession();
  const [view, change] = useView(usageView);
  const words = useWords();
  const metric: Metric = view.metric ?? 'charge';
  const groups = groupsOf(view, everywhere);
  const group: Group = groups.find((one) => one === view.group) ?? groups[0] ?? 'model';
  const usage = useUsage(view, group);
  const { sums, former, span } = usage;
  const total = sums.data?.pages[0]?.total;
  return (
    <Page
      title={t('usage.title')}
      note={
        sums.error !== null && total !== undefined ? (
          <Stale since={sums.dataUpdatedAt} problem={asProblem(sums.error)} />
        ) : (
          t('usage.note')
        )
      }
      actions={<RangePicker />}
    >
      <ListBar>
        <SavedViews page="usage" />
        <FilterBar words={words} view={view} onChange={change} placeholder={t('usage.filter.example')} />
      </ListBar>
      <Totals total={total} former={former.data?.total} />
      <div className={styles.choices}>
        <Select
          label={t('usage.metric.label')}
          options={metricsOf(everywhere).map((value) => ({ value, text: t(`usage.metric.${value}`) }))}
          value={metric}
          onValue={(next) => change({ metric: next, sort: undefined })}
        />
        {groups.length > 1 && (
          <Segments
            label={t('usage.group.label')}
            options={groups.map((id) => ({ id, text: t(`usage.group.${id}`) }))}
            value={group}
            onValue={(next) => change({ group: next })}
          />
        )}
        {bucketsOf(span).length > 1 && (
          <Segments
            label={t('usage.bucket.label')}
            options={bucketsOf(span).map((id) => ({ id, text: t(`usage.bucket.${id}`) }))}
            value={bucketOf(view.bucket, span)}
            onValue={(next) => change({ bucket: next })}
          />
        )}
      </div>
      {total === undefined ? (
        sums.error === null ? (
          <Skeleton height={420} />
        ) : (
          <ErrorState problem={asProblem(sums.error)} retry={() => void sums.refetch()} />
        )
      ) : usage.rows.length === 0 ? (
        <Nothing view={view} words={words} change={change} />
      ) : (
        <>
          <UsageChart
            metric={metric}
            group={group}
            groups={usage.rows}
            span={span}
            bucket={bucketOf(view.bucket, span)}
            view={view}
            onBrush={(from, until) => change({ range: undefined, from: iso(from), until: iso(until) })}
          />
          <UsageTable
            usage={usage}
            total={total}
            metric={metric}
            group={group}
            view={view}
            onSort={(sort) => change({ sort }, true)}
          />
        </>
      )}
      <Month tenant={view.tenant} />
    </Page>
  );
}

interface NothingProps {
  view: UsageAddress;
  words: readonly FilterWord<Narrowing>[];
  change: (change: Change<UsageAddress>) => void;
}

function Nothing({ view, words, change }: NothingProps) {
  const set = words.filter(({ param }) => view[param] !== undefined);
  return (
    <div className={styles.nothing}>
      <EmptyState
        title={t(set.length > 0 ? 'usage.empty.match' : 'usage.empty.range')}
        text={t(set.length > 0 ? 'usage.empty.matchText' : 'usage.empty.rangeText')}
        actions={
          <>
            {set.map((one) => (
              <Button key={one.param} small onClick={() => change({ [one.param]: undefined })}>
                {t('usage.empty.clear', { filter: formatFilter({ [one.param]: view[one.param] }, [one]) })}
              </Button>
            ))}
            {view.range !== '30d' && (
              <Button small onClick={() => change({ range: '30d', from: undefined, until: undefined })}>
                {t('usage.empty.wider')}
              </Button>
            )}
          </>
        }
      />
    </div>
  );
}
