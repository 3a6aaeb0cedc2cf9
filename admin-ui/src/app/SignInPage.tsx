import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../components/Button';
import { Form, PasswordField, TextField } from '../components/Field';
import { ProblemNote } from '../components/States';
import { word, z } from '../lib/check';
import { api } from '../lib/client';
import { t } from '../lib/i18n';
import { asProblem, type Problem } from '../lib/problem';
import { forget } from '../lib/session';
import { useView } from '../lib/view';
import { Gate } from './Gate';
import styles from './Gate.module.css';

const search = z.object({ next: word, refused: word });

export default function SignInPage() {
  const [view] = useView(search);
  const router = useRouter();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [missing, setMissing] = useState(false);

  const send = async () => {
    setMissing(name === '' || password === '');
    setProblem(undefined);
    if (name === '' || password === '') {
      return;
    }
    setBusy(true);
    try {
      await api.POST('/api/admin/v1/session', { body: { name, password } });
      forget();
      await router.navigate({ href: inside(view.next) });
    } catch (refused) {
      setProblem(asProblem(refused));
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Gate title={t('shell.signin.title')}>
      {view.refused === 'link' && problem === undefined && (
        <p className={styles.refused} role="alert">
          {t('shell.signin.link')}
        </p>
      )}
      <Form onSend={() => void send()}>
        <TextField
          label={t('shell.signin.name')}
          value={name}
          onValue={setName}
          autoComplete="username"
          autoCapitalize="off"
          autoFocus
        />
        <PasswordField
          label={t('shell.signin.password')}
          value={password}
          onValue={setPassword}
          error={missing ? t('shell.signin.missing') : undefined}
        />
        <Refusal problem={problem} />
        <Button look="primary" type="submit" busy={busy}>
          {t('shell.signin.submit')}
        </Button>
      </Form>
      <p className={styles.hint}>{t('shell.signin.hint')}</p>
    </Gate>
  );
}

function Refusal({ problem }: { problem: Problem | undefined }) {
  if (problem === undefined) {
    return null;
  }
  const text = { 401: t('shell.signin.wrong'), 429: t('shell.signin.many') }[problem.status];
  return text === undefined ? (
    <ProblemNote problem={problem} />
  ) : (
    <p className={styles.refused} role="alert">
      {text}
    </p>
  );
}

/** Only an address of this console: a link from elsewhere cannot send people away after they sign in. */
function inside(next: string | undefined): string {
  return next?.startsWith('/') === true && !/^\/[/\\]/.test(next)
    ? `/console${next.replace(/^\/console(?=\/|$)/, '')}`
    : '/console/';
}
