import { Fragment } from 'react';
import { Dialog } from '../components/Dialog';
import { t } from '../lib/i18n';
import { MOD } from '../lib/keyboard';
import type { Session } from '../lib/session';
import { PAGES, shows } from './pages';
import styles from './Shortcuts.module.css';

type Line = readonly [what: string, ...keys: string[]];

/** What keys do. */
export default function Shortcuts({ session, onClose }: { session: Session; onClose: () => void }) {
  const pages = PAGES.filter((page) => shows(page, session)).map((page): Line => [t(page.word), 'g', page.letter]);
  return (
    <Dialog open onClose={onClose} title={t('shell.keys.title')}>
      <div className={styles.groups}>
        <div className={styles.groups}>
          <Group
            title={t('shell.keys.anywhere')}
            lines={[
              [t('shell.keys.palette'), MOD, 'K'],
              [t('shell.keys.filter'), '/'],
              [t('shell.keys.theme'), 't'],
              [t('shell.keys.help'), '?'],
              [t('shell.keys.close'), 'Esc'],
            ]}
          />
          <Group
            title={t('shell.keys.lists')}
            lines={[
              [t('shell.keys.next'), 'j', 'k'],
              [t('shell.keys.open'), 'Enter'],
              [t('shell.keys.wide'), 'Shift', 'Enter'],
            ]}
          />
        </div>
        <Group title={t('shell.keys.pages')} lines={pages} />
      </div>
    </Dialog>
  );
}

function Group({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className={styles.list}>
        {lines.map(([what, ...keys]) => (
          <Fragment key={what}>
            <dt>{what}</dt>
            <dd className={styles.keys}>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
