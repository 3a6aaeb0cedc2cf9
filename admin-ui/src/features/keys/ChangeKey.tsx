import { useState } from 'react';
import { toast } from '../../components/Toast';
import { api } from '../../lib/client';
import { t } from '../../lib/i18n';
import { asProblem, type Problem } from '../../lib/problem';
import { refresh } from '../../lib/query';
import { bodyOf, type DraftErrors, draftOf, errorsOf } from './form';
import { KeyForm } from './KeyForm';
import type { KeyView } from './prepare';

/** Changes what a key is called, how long it lasts and what it may do. */
export function ChangeKey({ view, onDone }: { view: KeyView; onDone: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(view));
  const [errors, setErrors] = useState<DraftErrors>({});
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    const wrong = errorsOf(draft, Date.now());
    setErrors(wrong);
    setProblem(undefined);
    if (Object.keys(wrong).length > 0) {
      return;
    }
    setBusy(true);
    try {
      const body = bodyOf(draft, Date.now(), view);
      await api.PUT('/api/admin/v1/keys/{id}', { params: { path: { id: view.id } }, body });
      await refresh('/api/admin/v1/keys', '/api/admin/v1/keys/{id}', '/api/admin/v1/me');
      toast(t('keys.change.done', { name: body.name }));
      onDone();
    } catch (refused) {
      setProblem(asProblem(refused));
    } finally {
      setBusy(false);
    }
  };
  return (
    <KeyForm
      fixed
      draft={draft}
      onDraft={setDraft}
      errors={errors}
      problem={problem}
      busy={busy}
      verb={t('keys.form.save')}
      onSend={() => void send()}
    />
  );
}
