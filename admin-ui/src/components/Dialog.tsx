import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, useRef, useState } from 'react';
import { cx } from '../lib/cx';
import { t } from '../lib/i18n';
import { asProblem } from '../lib/problem';
import { Button, IconButton } from './Button';
import styles from './Dialog.module.css';
import { TextField } from './Field';
import { CloseIcon, ExpandIcon } from './icons';
import { ProblemNote } from './States';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons, the one that does it last. */
  foot?: ReactNode;
}

/** A question that must be answered, or left, before anything else. */
export function Dialog({ open, onClose, title, children, foot }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.dialog}>
          <header className={styles.head}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <span className={styles.tools}>
              <Close />
            </span>
          </header>
          <div className={styles.body}>{children}</div>
          {foot !== undefined && <footer className={styles.foot}>{foot}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export interface SheetProps extends DialogProps {
  /** Beside the title: a state, an id. */
  aside?: ReactNode;
  /** Whether it fills the page, and how to change that. */
  wide?: boolean;
  onWide?: (wide: boolean) => void;
  /** More buttons of the head. */
  tools?: ReactNode;
}

/** A detail on the right, over the list from which it was opened; open or not is part of the address. */
export function Sheet({ open, onClose, title, aside, wide = false, onWide, tools, children, foot }: SheetProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup ref={popup} initialFocus={popup} className={cx(styles.sheet, wide && styles.wide)}>
          <header className={styles.sheetHead}>
            <Base.Title className={styles.sheetTitle}>{title}</Base.Title>
            {aside}
            <span className={styles.tools}>
              {tools}
              {onWide !== undefined && (
                <IconButton
                  small
                  label={t(wide ? 'shell.sheet.narrow' : 'shell.sheet.wide')}
                  onClick={() => onWide(!wide)}
                >
                  <ExpandIcon size={14} />
                </IconButton>
              )}
              <Close />
            </span>
          </header>
          <div className={styles.sheetBody}>{children}</div>
          {foot !== undefined && <footer className={styles.foot}>{foot}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function Close() {
  return (
    <Base.Close
      render={
        <IconButton small label={t('shell.action.close')}>
          <CloseIcon size={14} />
        </IconButton>
      }
    />
  );
}

export interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, in numbers: "12 calls in the last hour use this key". */
  effect: ReactNode;
  /** The verb of the button. */
  verb: string;
  /** A text to type first, for what cannot be mended. */
  typed?: string;
  /** Does it. The dialog closes when it is done and shows why when it is refused. */
  run: () => Promise<unknown>;
}

/** Asks before something ends. */
export function ConfirmDialog({ open, onClose, title, effect, verb, typed, run }: ConfirmDialogProps) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const close = () => {
    setText('');
    setError(undefined);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    try {
      await run();
      close();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const foot = (
    <>
      <Button onClick={close}>{t('shell.action.keep')}</Button>
      <Button look="danger" busy={busy} disabled={typed !== undefined && text !== typed} onClick={() => void confirm()}>
        {verb}
      </Button>
    </>
  );
  return (
    <Dialog open={open} onClose={close} title={title} foot={foot}>
      <div className={styles.confirm}>
        <div className={styles.effect}>{effect}</div>
        {typed !== undefined && (
          <TextField
            label={t('shell.confirm.type', { text: typed })}
            value={text}
            onValue={setText}
            autoComplete="off"
          />
        )}
        {error !== undefined && <ProblemNote problem={asProblem(error)} />}
      </div>
    </Dialog>
  );
}
