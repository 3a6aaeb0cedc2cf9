import { Toast as Base } from '@base-ui/react/toast';
import { useEffect } from 'react';
import { t } from '../lib/i18n';
import { IconButton } from './Button';
import { CloseIcon } from './icons';
import styles from './Toast.module.css';

interface Said {
  title: string;
  description: string | undefined;
}

const manager = Base.createToastManager();

/** What was said where nothing shows it, such as before the door. */
const waiting: Said[] = [];
let shows = false;

/** Says that something was done. What went wrong is said where it was asked for, not here. */
export function toast(title: string, description?: string): void {
  if (shows) {
    manager.add({ title, description });
  } else {
    waiting.push({ title, description });
  }
}

/** Where toasts show; once, in the shell. */
export default function Toasts() {
  useEffect(() => {
    shows = true;
    for (const said of waiting.splice(0)) {
      manager.add(said);
    }
    return () => {
      shows = false;
    };
  }, []);
  return (
    <Base.Provider toastManager={manager}>
      <Base.Portal>
        <Base.Viewport className={styles.viewport}>
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function List() {
  const { toasts } = Base.useToastManager();
  return toasts.map((one) => (
    <Base.Root key={one.id} toast={one} className={styles.toast}>
      <div className={styles.text}>
        <Base.Title className={styles.title} />
        <Base.Description className={styles.description} />
      </div>
      <Base.Close
        render={
          <IconButton small label={t('shell.action.close')}>
            <CloseIcon size={14} />
          </IconButton>
        }
      />
    </Base.Root>
  ));
}
