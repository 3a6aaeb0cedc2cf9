import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useMatches, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { IconButton } from '../components/Button';
import { MenuIcon, SearchIcon } from '../components/icons';
import { Page } from '../components/Page';
import { NoRights } from '../components/States';
import { setAppearance, useDark } from '../lib/appearance';
import { t } from '../lib/i18n';
import { type Bindings, useKeys } from '../lib/keyboard';
import { fresh } from '../lib/loading';
import { asProblem } from '../lib/problem';
import { type Session, sessionOf, sessionQuery } from '../lib/session';
import { useShared } from '../lib/view';
import { Mark } from './Brand';
import { PAGES, shows } from './pages';
import { Rail } from './Rail';
import styles from './Shell.module.css';

// What nobody sees at first does not keep the first page waiting.
const Drawer = lazy(() => fresh(() => import('./Drawer')));
const Palette = lazy(() => fresh(() => import('./Palette')));
const Shortcuts = lazy(() => fresh(() => import('./Shortcuts')));
const Toasts = lazy(() => fresh(() => import('../components/Toast')));

type Open = 'palette' | 'keys' | 'drawer' | undefined;

/** What stands around every page: the rail, the palette, the keys. */
export function Shell() {
  const { data } = useQuery(sessionQuery);
  useExpiry();
  return data === undefined ? null : <Inside session={sessionOf(data)} />;
}

function Inside({ session }: { session: Session }) {
  const [open, setOpen] = useState<Open>();
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData.page });
  const path = useLocation({ select: (location) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes whenever the page changes
  useEffect(() => setOpen(undefined), [path]);
  useShellKeys(session, setOpen);
  const close = () => setOpen(undefined);
  const rail = <Rail session={session} onSearch={() => setOpen('palette')} onKeys={() => setOpen('keys')} />;
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t('shell.skip')}
      </a>
      <aside className={styles.rail} aria-label={t('shell.menu.title')}>
        {rail}
      </aside>
      <header className={styles.top}>
        <IconButton label={t('shell.menu.open')} onClick={() => setOpen('drawer')}>
          <MenuIcon />
        </IconButton>
        <span className={styles.brand}>
          <Mark size={18} />
          {t('shell.brand')}
        </span>
        <IconButton label={t('shell.palette.open')} onClick={() => setOpen('palette')}>
          <SearchIcon />
        </IconButton>
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        {page === undefined || shows(page, session) ? (
          <Outlet />
        ) : (
          <Page title={t(page.word)}>
            <NoRights scope={page.scope} has={session.can(page.scope)} />
          </Page>
        )}
      </main>
      <Suspense>
        {open === 'drawer' && <Drawer onClose={close}>{rail}</Drawer>}
        {open === 'palette' && <Palette session={session} onClose={close} onKeys={() => setOpen('keys')} />}
        {open === 'keys' && <Shortcuts session={session} onClose={close} />}
        <Toasts />
      </Suspense>
    </div>
  );
}

/** A session that ended sends its user to the door, and after that back to the same address. */
function useExpiry(): void {
  const { error } = useQuery(sessionQuery);
  const navigate = useNavigate();
  const href = useLocation({ select: (location) => location.href });
  const over = error !== null && asProblem(error).status === 401;
  useEffect(() => {
    if (over) {
      void navigate({ to: '/sign-in', search: { next: href } as never });
    }
  }, [over, navigate, href]);
}

function useShellKeys(session: Session, setOpen: (open: Open) => void): void {
  const navigate = useNavigate();
  const kept = useShared();
  const dark = useDark();
  const { scopes, tenant } = session;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a session is made anew at each rendering, its rights are not
  const bindings = useMemo(() => {
    const keys: Bindings = {
      'mod+k': () => setOpen('palette'),
      '?': () => setOpen('keys'),
      t: () => setAppearance({ theme: dark ? 'light' : 'dark' }),
      '/': () => document.querySelector<HTMLElement>('main input[role="combobox"]')?.focus(),
    };
    for (const page of PAGES.filter((one) => shows(one, session))) {
      keys[`g ${page.letter}`] = () => void navigate({ to: page.path, search: kept as never });
    }
    return keys;
  }, [scopes, tenant, navigate, kept, dark, setOpen]);
  useKeys(bindings);
}
