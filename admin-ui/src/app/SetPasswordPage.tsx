import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../components/Button';
import { Form, TextField } from '../components/Field';
import { ProblemNote } from '../components/States';
import { toast } from '../components/Toast';
import { api } from '../lib/client';
import { t } from '../lib/i18n';
import { asProblem, type Problem } from '../lib/problem';
import { refresh, SESSION } from '../lib/query';
import { sessionQuery } from '../lib/session';
import { Gate } from './Gate';
import styles from './Gate.module.css';

/** Sets the user's password: the first one after a link, or a new one. */
export default function SetPasswordPage() {
  const router = useRouter();
  const { data: session } = useQuery(sessionQuery);
  const first = session?.mustSetPassword === true;
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [differ, setDiffer] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const send = async () => {
    setProblem(undefined);
    setDiffer(next !== again);
    if (next !== again) {
      return;
    }
    setBusy(true);
    try {
      await api.PUT('/api/admin/v1/session/password', { body: { old: first ? null : old, new: next } });
      await refresh(SESSION);
      toast(t('shell.password.done'));
      await router.navigate({ to: '/' });
    } catch (refused) {
      setProblem(asProblem(refused));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Gate title={t('shell.password.title')}>
      <p className={styles.hint}>{t('shell.password.about', { name: session?.name ?? '' })}</p>
      <Form onSend={() => void send()}>
        {!first && (
          <TextField
            label={t('shell.password.old')}
            type="password"
            value={old}
            onValue={setOld}
            autoComplete="current-password"
          />
        )}
        <TextField
          label={t('shell.password.new')}
          type="password"
          value={next}
          onValue={setNext}
          autoComplete="new-password"
        />
        <TextField
          label={t('shell.password.again')}
          type="password"
          value={again}
          onValue={setAgain}
          autoComplete="new-password"
          error={differ ? t('shell.password.differ') : undefined}
        />
        {problem !== undefined && <ProblemNote problem={problem} />}
        <Button look="primary" type="submit" busy={busy} disabled={next === ''}>
          {t('shell.password.submit')}
        </Button>
      </Form>
    </Gate>
  );
}
