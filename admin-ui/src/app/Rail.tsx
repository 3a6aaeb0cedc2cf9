import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { SearchIcon } from '../components/icons';
import { t, type WordId } from '../lib/i18n';
import { MOD } from '../lib/keyboard';
import { fresh } from '../lib/loading';
import type { Session } from '../lib/session';
import { useShared } from '../lib/view';
import { Mark } from './Brand';
import { type Group, PAGES, type PageDefinition, shows } from './pages';
import styles from './Rail.module.css';

const TenantSwitch = lazy(() => fresh(() => import('./TenantSwitch')));
const UserMenu = lazy(() => fresh(() => import('./UserMenu')));

const GROUPS: readonly (Group | undefined)[] = [undefined, 'traffic', 'serving', 'access', 'trust'];

interface RailProps {
  session: Session;
  onSearch: () => void;
  onKeys: () => void;
}

/** Whose numbers these are, and where one can go. What a user may not see is not there. */
export function Rail({ session, onSearch, onKeys }: RailProps) {
  return (
    <div className={styles.rail}>
      <Link to="/" className={styles.brand}>
        <Mark />
        {t('shell.brand')}
      </Link>
      <div className={styles.tools}>
        <Whose session={session} />
        <button type="button" className={styles.search} onClick={onSearch}>
          <SearchIcon size={14} />
          {t('shell.palette.open')}
          <kbd>{MOD} K</kbd>
        </button>
      </div>
      <nav className={styles.nav} aria-label={t('shell.nav.label')}>
        {GROUPS.map((group) => (
          <Section key={group ?? ''} group={group} session={session} />
        ))}
      </nav>
      <div className={styles.foot}>
        <button type="button" className={styles.footEntry} onClick={onKeys}>
          {t('shell.keys.title')}
          <kbd>?</kbd>
        </button>
        <Suspense fallback={<span className={styles.footEntry} />}>
          <UserMenu session={session} className={styles.footEntry} />
        </Suspense>
      </div>
    </div>
  );
}

/** A tenant's own users have no choice. */
function Whose({ session }: { session: Session }) {
  if (!session.everywhere) {
    return <div className={styles.tenant}>{session.tenantName}</div>;
  }
  return (
    session.can('TENANTS_READ') && (
      <Suspense fallback={<div className={styles.search} />}>
        <TenantSwitch />
      </Suspense>
    )
  );
}

function Section({ group, session }: { group: Group | undefined; session: Session }) {
  const pages = PAGES.filter((page) => page.group === group && shows(page, session));
  if (pages.length === 0) {
    return null;
  }
  const list = (
    <ul>
      {pages.map((page) => (
        <Entry key={page.path} page={page} />
      ))}
    </ul>
  );
  return group === undefined ? (
    list
  ) : (
    <section>
      <h3 className={styles.heading}>{t(`shell.nav.${group}` as WordId)}</h3>
      {list}
    </section>
  );
}

function Entry({ page }: { page: PageDefinition }) {
  const kept = useShared();
  return (
    <li>
      <Link to={page.path} search={kept as never} className={styles.entry} activeOptions={{ includeSearch: false }}>
        {t(page.word)}
      </Link>
    </li>
  );
}
