import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../components/Button';
import { Form, PasswordField } from '../components/Field';
import { ProblemNote } from '../components/States';
import { toast } from '../components/Toast';
import { api } from '../lib/client';
import { t } from '../lib/i18n';
import { refresh, SESSION } from '../lib/query';
import { useSend } from '../lib/send';
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
  const same = next === again;
  const { send, busy, tried, problem } = useSend(
    () => same,
    async () => {
      await api.PUT('/api/admin/v1/session/password', { body: { old: first ? null : old, new: next } });
      await refresh(SESSION);
      toast(t('shell.password.done'));
      await router.navigate({ to: '/' });
    },
  );
  return (
    <Gate title={t('shell.password.title')}>
      <p className={styles.hint}>{t('shell.password.about', { name: session?.name ?? '' })}</p>
      <Form onSend={send}>
        {!first && <PasswordField label={t('shell.password.old')} value={old} onValue={setOld} />}
        <PasswordField label={t('shell.password.new')} value={next} onValue={setNext} chosen />
        <PasswordField
          label={t('shell.password.again')}
          value={again}
          onValue={setAgain}
          chosen
          error={tried && !same ? t('shell.password.differ') : undefined}
        />
        {problem !== undefined && <ProblemNote problem={problem} />}
        <Button look="primary" type="submit" busy={busy} disabled={next === ''}>
          {t('shell.password.submit')}
        </Button>
      </Form>
    </Gate>
  );
}
