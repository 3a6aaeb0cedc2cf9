import { Link } from '@tanstack/react-router';
import { TextField } from '../../components/Field';
import { Meter } from '../../components/Meter';
import { cx } from '../../lib/cx';
import { percent } from '../../lib/format';
import { named, t } from '../../lib/i18n';
import styles from './Limits.module.css';
import { chainOf, childrenOf, type Place, type Places, strainOf } from './places';

const MOST = 200;

export interface TreeProps {
  places: Places;
  /** The place that shows; it and all above it are unfolded. */
  open: string;
  find: string | undefined;
  onFind: (find: string) => void;
}

/** Organisation, tenants, projects and keys, with how far the tightest limit of each is used. */
export function Tree({ places, open, find, onFind }: TreeProps) {
  const unfolded = new Set(chainOf(places, open).map(({ id }) => id));
  const roots = [...places.values()].filter(({ parent }) => parent === undefined || !places.has(parent));
  return (
    <nav className={styles.tree} aria-label={t('limits.tree.label')}>
      <TextField
        type="search"
        label={t('limits.tree.find')}
        value={find ?? ''}
        onValue={onFind}
        autoComplete="off"
        spellCheck={false}
      />
      <div className={styles.scroll}>
        {find === undefined ? (
          <Level places={places} some={roots} open={open} unfolded={unfolded} />
        ) : (
          <Found places={places} open={open} find={find} />
        )}
      </div>
    </nav>
  );
}

function Level(props: { places: Places; some: readonly Place[]; open: string; unfolded: ReadonlySet<string> }) {
  const { places, some, open, unfolded } = props;
  return (
    <>
      <ul className={styles.level}>
        {some.slice(0, MOST).map((place) => (
          <li key={place.id}>
            <Entry place={place} open={place.id === open} />
            {unfolded.has(place.id) && (
              <Level places={places} some={childrenOf(places, place.id)} open={open} unfolded={unfolded} />
            )}
          </li>
        ))}
      </ul>
      {some.length > MOST && <p className="dim">{t('limits.tree.more', { count: MOST })}</p>}
    </>
  );
}

function Found({ places, open, find }: { places: Places; open: string; find: string }) {
  const wanted = find.toLowerCase();
  const found = [...places.values()].filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, MOST);
  if (found.length === 0) {
    return <p className="dim">{t('limits.tree.none')}</p>;
  }
  return (
    <ul className={styles.level}>
      {found.map((place) => (
        <li key={place.id}>
          <Entry place={place} open={place.id === open} above={chainOf(places, place.id).at(-2)?.name} />
        </li>
      ))}
    </ul>
  );
}

function Entry({ place, open, above }: { place: Place; open: boolean; above?: string | undefined }) {
  const strain = strainOf(place);
  return (
    <Link
      to={`/limits/${place.id}` as never}
      search={true as never}
      className={cx(styles.entry, open && styles.opened)}
      aria-current={open ? 'true' : undefined}
    >
      <span className={styles.entryName}>{place.name}</span>
      {place.level !== 'organisation' && (
        <span className={styles.entryLevel}>{above ?? named('limits.level', place.level)}</span>
      )}
      {strain !== null && (
        <span className={styles.entryMeter}>
          <Meter label={t('limits.tree.used', { share: percent(strain) })} share={strain} />
        </span>
      )}
    </Link>
  );
}
