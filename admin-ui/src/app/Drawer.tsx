import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import dialog from '../components/Dialog.module.css';
import { t } from '../lib/i18n';
import styles from './Shell.module.css';

/** The rail on narrow windows. */
export default function Drawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={styles.drawer}>
          <Dialog.Title className="visually-hidden">{t('shell.menu.title')}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
