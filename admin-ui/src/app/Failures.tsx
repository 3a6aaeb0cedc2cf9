import { Link, useRouter } from '@tanstack/react-router';
import { EmptyState, ErrorState } from '../components/States';
import { t } from '../lib/i18n';
import { asProblem } from '../lib/problem';
import styles from './Failures.module.css';

/** A page broke; the rail and the others live on. */
export function PageFailed({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <ErrorState problem={asProblem(error)} retry={retry} />;
}

/** Nobody answers who the user is. */
export function GatewayGone(props: { error: unknown; reset: () => void }) {
  return (
    <main className={styles.whole}>
      <div className={styles.card}>
        <PageFailed {...props} />
      </div>
    </main>
  );
}

export function MissingPage() {
  return (
    <EmptyState
      title={t('shell.error.missing')}
      text={t('shell.error.missingText')}
      actions={<Link to="/">{t('shell.action.back', { page: t('shell.brand') })}</Link>}
    />
  );
}
