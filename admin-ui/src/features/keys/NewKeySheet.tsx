import { useState } from 'react';
import { Sheet } from '../../components/Dialog';
import { api } from '../../lib/client';
import { t } from '../../lib/i18n';
import { asProblem, type Problem } from '../../lib/problem';
import { refresh } from '../../lib/query';
import { bodyOf, type DraftErrors, emptyDraft, errorsOf } from './form';
import { KeyForm } from './KeyForm';
import { KeyOnce } from './KeyOnce';
import type { Issued } from './prepare';

/** Makes a key and then shows its secret, this once. */
export default function NewKeySheet({ onClose }: { onClose: () => void }) {
  const [issued, setIssued] = useState<Issued>();
  return (
    <Sheet open onClose={onClose} title={t(issued === undefined ? 'keys.form.create' : 'keys.once.title')}>
      {issued === undefined ? <Make onIssued={setIssued} /> : <KeyOnce issued={issued} onDone={onClose} first />}
    </Sheet>
  );
}

function Make({ onIssued }: { onIssued: (issued: Issued) => void }) {
  const [draft, setDraft] = useState(() => emptyDraft(null));
  const [errors, setErrors] = useState<DraftErrors>({});
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    const now = Date.now();
    const wrong = errorsOf(draft, now);
    setErrors(wrong);
    setProblem(undefined);
    if (draft.project === null || Object.keys(wrong).length > 0) {
      return;
    }
    setBusy(true);
    try {
      const body = { project: draft.project, ...bodyOf(draft, now) };
      const { data } = await api.POST('/api/admin/v1/keys', { body });
      void refresh('/api/admin/v1/keys', '/api/admin/v1/me', '/api/admin/v1/overview');
      if (data !== undefined) {
        onIssued(data);
      }
    } catch (refused) {
      setProblem(asProblem(refused));
    } finally {
      setBusy(false);
    }
  };
  return (
    <KeyForm
      draft={draft}
      onDraft={setDraft}
      errors={errors}
      problem={problem}
      busy={busy}
      verb={t('keys.form.create')}
      onSend={() => void send()}
    />
  );
}
