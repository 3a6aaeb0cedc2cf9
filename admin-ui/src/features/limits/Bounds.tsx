import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, IconButton } from '../../components/Button';
import { MoreIcon } from '../../components/icons';
import { Menu } from '../../components/Menu';
import { Meter } from '../../components/Meter';
import { Status } from '../../components/Status';
import { toast } from '../../components/Toast';
import { api } from '../../lib/client';
import { cx } from '../../lib/cx';
import { NOTHING, percent } from '../../lib/format';
import { t } from '../../lib/i18n';
import { read, refresh } from '../../lib/query';
import { useSession } from '../../lib/session';
import { time } from '../../lib/time';
import { ChangeLimit, DeleteLimit, OverrideLimit } from './EditDialogs';
import styles from './Limits.module.css';
import { type Bound, type LimitView, type Place, sharesOf } from './places';
import { amountText, limitText, placeText } from './words';

const COLUMNS = 9;

interface BoundsProps {
  bounds: readonly Bound[];
  chain: readonly Place[];
  /** The user may change what is set here. */
  writes: boolean;
}

/** Everything that binds a place: for each thing the limits of all places above it and its own. */
export function Bounds({ bounds, chain, writes }: BoundsProps) {
  const runsOut = useExhaustion(chain);
  const heads = [
    t('limits.table.set'),
    t('limits.table.amount'),
    t('limits.table.used'),
    t('limits.table.settled'),
    t('limits.table.held'),
    t('limits.table.left'),
    t('limits.table.reset'),
    t('limits.table.exhausted'),
  ];
  const numbers = new Set([1, 3, 4, 5]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={styles.frame} aria-label={t('limits.table.label')} tabIndex={0}>
      <table className={styles.bounds}>
        <thead>
          <tr>
            {heads.map((head, index) => (
              <th key={head} scope="col" className={numbers.has(index) ? styles.number : undefined}>
                {head}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('limits.table.actions')}</span>
            </th>
          </tr>
        </thead>
        {bounds.map((bound) => (
          <tbody key={bound.id}>
            <tr className={styles.thing}>
              <th scope="rowgroup" colSpan={COLUMNS}>
                {limitText(bound)}{' '}
                <span className={styles.effective}>
                  {t('limits.table.effective', { amount: amountText(bound.what, bound.effective.state.amount) })}
                </span>
              </th>
            </tr>
            {bound.lines.map(({ place, limit, own }) => (
              <Line
                key={limit.id}
                place={place}
                limit={limit}
                own={own}
                writes={writes && own}
                binds={bound.lines.length > 1 && limit.id === bound.effective.id}
                runsOut={runsOut(place, limit)}
              />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

interface LineProps {
  place: Place;
  limit: LimitView;
  own: boolean;
  writes: boolean;
  binds: boolean;
  runsOut: string;
}

function Line({ place, limit, own, writes, binds, runsOut }: LineProps) {
  const { state, what } = limit;
  const { settled, held } = sharesOf(state);
  return (
    <>
      <tr className={cx(own && styles.own)}>
        <td>
          {own ? `${placeText(place)}, ${t('limits.table.own')}` : placeText(place)}
          {binds && ' '}
          {binds && <span className={styles.binds}>{t('limits.table.binds')}</span>}
        </td>
        <td className={styles.number}>
          {amountText(what, state.amount)}
          {limit.softPercent != null && (
            <span className={styles.soft}>{t('limits.table.soft', { percent: percent(limit.softPercent / 100) })}</span>
          )}
        </td>
        <td className={styles.meter}>
          <Meter
            label={t('limits.table.meter', { what: limitText(limit), place: placeText(place) })}
            share={settled}
            held={held}
            warnFrom={(limit.softPercent ?? 80) / 100}
          />
        </td>
        <td className={styles.number}>{amountText(what, state.spent)}</td>
        <td className={styles.number}>{amountText(what, state.held)}</td>
        <td className={styles.number}>{amountText(what, state.left)}</td>
        <td>{state.reset == null ? t('limits.table.now') : moment(state.reset)}</td>
        <td>{runsOut}</td>
        <td>{writes && <Actions limit={limit} />}</td>
      </tr>
      {limit.overrides.map((override) => (
        <tr key={override.id} className={styles.override}>
          <td colSpan={COLUMNS}>
            <span className={styles.overrideText}>
              <Status tone="busy" plain>
                {t('limits.table.override', {
                  amount: amountText(what, override.amount),
                  from: time(override.from, 'dayMinute'),
                  until: time(override.until, 'dayMinute'),
                })}
              </Status>
              {writes && <EndOverride limit={limit.id} override={override.id} />}
            </span>
          </td>
        </tr>
      ))}
    </>
  );
}

/** The clock for what is today, else the day too. */
function moment(at: string): string {
  return time(at, time(at, 'date') === time(Date.now(), 'date') ? 'clock' : 'dayMinute');
}

function Actions({ limit }: { limit: LimitView }) {
  const [asked, setAsked] = useState<'change' | 'override' | 'delete'>();
  const close = () => setAsked(undefined);
  return (
    <>
      <Menu
        trigger={
          <IconButton small label={t('limits.do.open', { what: limitText(limit) })}>
            <MoreIcon size={14} />
          </IconButton>
        }
        groups={[
          {
            items: [
              { text: t('limits.do.change'), run: () => setAsked('change') },
              { text: t('limits.do.override'), run: () => setAsked('override') },
              { text: t('limits.do.delete'), danger: true, run: () => setAsked('delete') },
            ],
          },
        ]}
      />
      {asked === 'change' && <ChangeLimit limit={limit} onClose={close} />}
      {asked === 'override' && <OverrideLimit limit={limit} onClose={close} />}
      <DeleteLimit limit={limit} open={asked === 'delete'} onClose={close} />
    </>
  );
}

function EndOverride({ limit, override }: { limit: string; override: string }) {
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    try {
      await api.DELETE('/api/admin/v1/limits/{id}/overrides/{override}', {
        params: { path: { id: limit, override } },
      });
      toast(t('limits.done.ended'));
    } finally {
      setBusy(false);
      await refresh('/api/admin/v1/limits');
    }
  };
  return (
    <Button small busy={busy} onClick={() => void end()}>
      {t('limits.table.end')}
    </Button>
  );
}

/** When a month's budget of the organisation or of the tenant is spent, by the forecast. */
function useExhaustion(chain: readonly Place[]): (place: Place, limit: LimitView) => string {
  const session = useSession();
  const monthly = (level: string) =>
    chain.some((place) => place.level === level && place.limits.some((limit) => budget(limit)));
  const tenant = chain.find(({ level }) => level === 'tenant')?.id;
  const may = session.can('USAGE_READ');
  const all = useQuery({
    ...read('/api/admin/v1/usage/forecast', { params: { query: {} } }),
    enabled: may && session.everywhere && monthly('organisation'),
  });
  const own = useQuery({
    ...read('/api/admin/v1/usage/forecast', { params: { query: tenant === undefined ? {} : { tenant } } }),
    enabled: may && tenant !== undefined && monthly('tenant'),
  });
  return (place, limit) => {
    const forecast = place.level === 'organisation' ? all.data : place.level === 'tenant' ? own.data : undefined;
    if (!budget(limit) || forecast === undefined || forecast.budgetNano == null) {
      return NOTHING;
    }
    return forecast.exhausted == null ? t('limits.table.notThisPeriod') : time(forecast.exhausted, 'date');
  };
}

function budget({ what, per, model }: LimitView): boolean {
  return what === 'charge' && per === 'month' && model == null;
}
