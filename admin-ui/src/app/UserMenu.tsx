import { useNavigate } from '@tanstack/react-router';
import { Menu } from '../components/Menu';
import { type Density, setAppearance, type Theme, useAppearance } from '../lib/appearance';
import { api } from '../lib/client';
import { named, t } from '../lib/i18n';
import { forget, type Session } from '../lib/session';
import { useZone, type Zone, zone } from '../lib/time';
import styles from './Rail.module.css';

/** Who is signed in, how things look, and the way out. */
export default function UserMenu({ session, className }: { session: Session; className: string | undefined }) {
  const look = useAppearance();
  const times = useZone();
  const navigate = useNavigate();
  const out = async () => {
    await api.DELETE('/api/admin/v1/session');
    await navigate({ to: '/sign-in' });
    forget();
  };
  const theme = (id: Theme, text: string) => ({
    text,
    checked: look.theme === id,
    run: () => setAppearance({ theme: id }),
  });
  const density = (id: Density, text: string) => ({
    text,
    checked: look.density === id,
    run: () => setAppearance({ density: id }),
  });
  const clock = (id: Zone, text: string) => ({ text, checked: times === id, run: () => zone.set(id) });
  return (
    <Menu
      trigger={
        <button type="button" className={className}>
          <span className="visually-hidden">{t('shell.user.label')}</span>
          <span className={styles.who}>{session.name}</span>
          <span className={styles.role}>{named('shell.role', session.role)}</span>
        </button>
      }
      groups={[
        {
          label: t('shell.user.theme'),
          items: [
            theme('system', t('shell.user.system')),
            theme('light', t('shell.user.light')),
            theme('dark', t('shell.user.dark')),
          ],
        },
        {
          label: t('shell.user.density'),
          items: [density('dense', t('shell.user.dense')), density('comfortable', t('shell.user.comfortable'))],
        },
        {
          label: t('shell.user.times'),
          items: [clock('local', t('shell.user.local')), clock('utc', t('shell.user.utc'))],
        },
        {
          items: [
            { text: t('shell.user.password'), run: () => void navigate({ to: '/password' }) },
            { text: t('shell.user.out'), run: () => void out() },
          ],
        },
      ]}
    />
  );
}
