import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import type { components } from '../lib/api';
import { api } from '../lib/client';
import { t } from '../lib/i18n';
import { refresh } from '../lib/query';
import { useSend } from '../lib/send';
import { useSession } from '../lib/session';
import { formatSearch, parseSearch } from '../lib/view';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { Checkbox, Form, TextField } from './Field';
import { EmptyState, ProblemNote } from './States';
import { toast } from './Toast';
import styles from './ViewDialogs.module.css';

export type SavedView = components['schemas']['SavedViewView'];

const VIEWS = '/api/admin/v1/views';
const LONGEST_NAME = 100;

interface SaveDialogProps {
  page: string;
  own: readonly SavedView[];
  onClose: () => void;
}

/** Names the present address. */
export function SaveDialog({ page, own, onClose }: SaveDialogProps) {
  const session = useSession();
  const address = useLocation({ select: ({ searchStr }) => searchStr });
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const trimmed = name.trim();
  const { send, busy, tried, problem } = useSend(
    () => trimmed !== '',
    async () => {
      const search = formatSearch({ ...parseSearch(address), wide: undefined }).replace(/^\?/, '');
      await api.PUT(VIEWS, { body: { page, name: trimmed, search, shared } });
      await refresh(VIEWS);
      toast(t('shell.views.saved', { name: trimmed }));
      onClose();
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('shell.views.saveTitle')}
      foot={
        <>
          <Button onClick={onClose}>{t('shell.action.cancel')}</Button>
          <Button look="primary" busy={busy} onClick={send}>
            {t('shell.views.verb')}
          </Button>
        </>
      }
    >
      <Form onSend={send}>
        <TextField
          label={t('shell.views.name')}
          help={own.some((view) => view.name === trimmed) ? t('shell.views.overwrites') : undefined}
          error={tried && trimmed === '' ? t('shell.views.nameMissing') : undefined}
          value={name}
          onValue={setName}
          maxLength={LONGEST_NAME}
          autoFocus
        />
        <Checkbox
          label={
            session.tenantName == null
              ? t('shell.views.shareAll')
              : t('shell.views.share', { tenant: session.tenantName })
          }
          checked={shared}
          onChecked={setShared}
        />
        {problem !== undefined && <ProblemNote problem={problem} />}
      </Form>
    </Dialog>
  );
}

/** Deletes views of one's own. */
export function ManageDialog({ own, onClose }: { own: readonly SavedView[]; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('shell.views.manage')}
      foot={<Button onClick={onClose}>{t('shell.action.close')}</Button>}
    >
      {own.length === 0 ? (
        <EmptyState title={t('shell.views.none')} />
      ) : (
        <ul className={styles.list}>
          {own.map((view) => (
            <Line key={view.name} view={view} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function Line({ view: { page, name, shared } }: { view: SavedView }) {
  const { send, busy, problem } = useSend(
    () => true,
    async () => {
      await api.DELETE(VIEWS, { params: { query: { page, name } } });
      await refresh(VIEWS);
    },
  );
  return (
    <li className={styles.line}>
      <span className={styles.name}>{name}</span>
      {shared && <span className="dim">{t('shell.views.isShared')}</span>}
      <Button small look="danger" busy={busy} onClick={send} aria-label={t('shell.views.delete', { name })}>
        {t('shell.views.deleteVerb')}
      </Button>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </li>
  );
}
