import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { ConfirmDialog, Dialog } from '../../components/Dialog';
import { Form } from '../../components/Field';
import { LabelledSelect } from '../../components/Select';
import { ProblemNote } from '../../components/States';
import { toast } from '../../components/Toast';
import { api } from '../../lib/client';
import { t } from '../../lib/i18n';
import { asProblem, type Problem } from '../../lib/problem';
import { read, refresh } from '../../lib/query';
import { iso, useNow } from '../../lib/range';
import type { Issued, KeyView } from './prepare';

const GRACES = ['0', '3600', '86400', '604800', '2592000'] as const;
type Grace = (typeof GRACES)[number];
const HOUR_MS = 3_600_000;

interface RotateProps {
  view: KeyView;
  onClose: () => void;
  onIssued: (issued: Issued) => void;
}

/** Asks how long the present secret stays good, and makes the next. */
export function RotateDialog({ view, onClose, onIssued }: RotateProps) {
  const [grace, setGrace] = useState<Grace>('86400');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const rotate = async () => {
    setBusy(true);
    try {
      const { data } = await api.POST('/api/admin/v1/keys/{id}/rotate', {
        params: { path: { id: view.id } },
        body: { graceSeconds: Number(grace) },
      });
      void refresh('/api/admin/v1/keys', '/api/admin/v1/keys/{id}', '/api/admin/v1/me');
      onClose();
      if (data !== undefined) {
        onIssued(data);
      }
    } catch (refused) {
      setProblem(asProblem(refused));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('keys.rotate.title', { name: view.name })}
      foot={
        <>
          <Button onClick={onClose}>{t('shell.action.cancel')}</Button>
          <Button look="primary" busy={busy} onClick={() => void rotate()}>
            {t('keys.rotate.verb')}
          </Button>
        </>
      }
    >
      <Form onSend={() => void rotate()}>
        <p className="dim">{t('keys.rotate.text')}</p>
        <LabelledSelect<Grace>
          label={t('keys.rotate.grace')}
          options={GRACES.map((value) => ({ value, text: t(`keys.rotate.${value}`) }))}
          value={grace}
          onValue={setGrace}
        />
        {problem !== undefined && <ProblemNote problem={problem} />}
      </Form>
    </Dialog>
  );
}

interface RevokeProps {
  view: KeyView;
  open: boolean;
  onClose: () => void;
}

/** Names what a revocation ends before it does. */
export function RevokeDialog({ view, open, onClose }: RevokeProps) {
  const revoke = async () => {
    await api.DELETE('/api/admin/v1/keys/{id}', { params: { path: { id: view.id } } });
    await refresh('/api/admin/v1/keys', '/api/admin/v1/keys/{id}', '/api/admin/v1/me');
    toast(t('keys.revoke.done', { name: view.name }));
  };
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={t('keys.revoke.title', { name: view.name })}
      effect={
        <>
          {open && <Effect id={view.id} />} {t('keys.revoke.text')}
        </>
      }
      verb={t('keys.revoke.verb')}
      run={revoke}
    />
  );
}

/** How many calls of the last hour used the key. */
function Effect({ id }: { id: string }) {
  const now = useNow(60_000);
  const query = { key: id, from: iso(now - HOUR_MS), until: iso(now), buckets: 1 };
  const { data, error } = useQuery(read('/api/admin/v1/requests/histogram', { params: { query } }));
  if (error !== null) {
    return t('keys.revoke.uncounted');
  }
  if (data === undefined) {
    return t('keys.revoke.counting');
  }
  const calls = data.buckets.reduce(
    (sum, bucket) => sum + bucket.completed + bucket.refused + bucket.cut + bucket.left + bucket.failed + bucket.other,
    0,
  );
  return <b>{calls === 0 ? t('keys.revoke.unused') : t('keys.revoke.effect', { count: calls })}</b>;
}
