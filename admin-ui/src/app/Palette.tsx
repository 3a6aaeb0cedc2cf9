import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import dialog from '../components/Dialog.module.css';
import popup from '../components/Popup.module.css';
import { setAppearance, useAppearance, useDark } from '../lib/appearance';
import { cx } from '../lib/cx';
import { t } from '../lib/i18n';
import type { Session } from '../lib/session';
import { useZone, zone } from '../lib/time';
import { useShared } from '../lib/view';
import styles from './Palette.module.css';
import { PAGES, shows } from './pages';

interface Command {
  id: string;
  text: string;
  keys?: readonly string[];
  run: () => void;
}

interface PaletteProps {
  session: Session;
  onClose: () => void;
  onKeys: () => void;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Pages and actions by name, as far as the user's rights go. */
export default function Palette(props: PaletteProps) {
  return (
    <Dialog.Root open onOpenChange={(next) => !next && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label={t('shell.palette.title')}>
          <Search {...props} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Search(props: PaletteProps) {
  const [text, setText] = useState('');
  const commands = useCommands(props);
  const found = useFound(text, commands, props);
  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      autoHighlight="always"
      items={found}
      value={text}
      onValueChange={(next, { reason }) => reason !== 'item-press' && setText(next)}
      itemToStringValue={(command) => command.text}
    >
      <Autocomplete.Input
        className={styles.input}
        aria-label={t('shell.palette.title')}
        placeholder={t('shell.palette.placeholder')}
        spellCheck={false}
        autoFocus
      />
      <Autocomplete.Empty className={popup.empty}>{t('shell.palette.none')}</Autocomplete.Empty>
      <Autocomplete.List className={styles.list}>
        {(command: Command) => (
          <Autocomplete.Item
            key={command.id}
            value={command}
            className={cx(popup.item, styles.item)}
            onClick={() => {
              props.onClose();
              command.run();
            }}
          >
            {command.text}
            <span className={styles.keys}>
              {command.keys?.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </span>
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

function useFound(text: string, commands: readonly Command[], { session, onClose }: PaletteProps): readonly Command[] {
  const navigate = useNavigate();
  const wanted = text.trim().toLowerCase();
  return useMemo(() => {
    if (UUID.test(wanted) && session.can('REQUESTS_READ')) {
      const run = () => {
        onClose();
        void navigate({ to: `/requests/${wanted}` });
      };
      return [{ id: wanted, text: t('shell.palette.request', { id: wanted }), run }];
    }
    return commands.filter((command) => wanted.split(/\s+/).every((word) => command.text.toLowerCase().includes(word)));
  }, [wanted, commands, session, navigate, onClose]);
}

function useCommands({ session, onKeys }: PaletteProps): readonly Command[] {
  const navigate = useNavigate();
  const kept = useShared();
  const dark = useDark();
  const { density } = useAppearance();
  const times = useZone();
  const pages = PAGES.filter((page) => shows(page, session));
  const other = density === 'dense' ? 'comfortable' : 'dense';
  return [
    ...pages.map((page) => ({
      id: page.path,
      text: t('shell.palette.go', { page: t(page.word) }),
      keys: ['g', page.letter],
      run: () => void navigate({ to: page.path, search: kept as never }),
    })),
    ...pages
      .flatMap((page) => page.actions ?? [])
      .filter((action) => session.can(action.scope))
      .map((action) => ({
        id: action.word,
        text: t(action.word),
        run: () => void navigate({ href: `/console${action.to}` }),
      })),
    {
      id: 'theme',
      text: t(dark ? 'shell.palette.toLight' : 'shell.palette.toDark'),
      keys: ['t'],
      run: () => setAppearance({ theme: dark ? 'light' : 'dark' }),
    },
    {
      id: 'density',
      text: t(other === 'dense' ? 'shell.palette.toDense' : 'shell.palette.toComfortable'),
      run: () => setAppearance({ density: other }),
    },
    {
      id: 'zone',
      text: t(times === 'utc' ? 'shell.palette.toLocal' : 'shell.palette.toUtc'),
      run: () => zone.set(times === 'utc' ? 'local' : 'utc'),
    },
    { id: 'keys', text: t('shell.palette.keys'), keys: ['?'], run: onKeys },
  ];
}
