import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { ConfirmDialog, Sheet } from '../../components/Dialog';
import { Fact, Facts, Section, Sections } from '../../components/Facts';
import { Answer } from '../../components/States';
import { toast } from '../../components/Toast';
import type { components } from '../../lib/api';
import { api } from '../../lib/client';
import { t } from '../../lib/i18n';
import { useNames } from '../../lib/names';
import { read, refresh } from '../../lib/query';
import { time } from '../../lib/time';
import styles from './Access.module.css';
import { nameOf } from './GrantList';
import type { Grant, Loss } from './prepare';

/** One grant, what hangs on it, and the way to take it back. */
export function GrantSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(read('/api/admin/v1/grants/{id}', { params: { path: { id } } }));
  const grant = query.data?.grant;
  return (
    <Sheet
      open
      onClose={onClose}
      title={grant === undefined ? t('access.grants.title') : t('access.grants.of', { name: nameOf(grant) })}
    >
      <Answer query={query} height={320}>
        {(detail) => <Detail detail={detail} onClose={onClose} />}
      </Answer>
    </Sheet>
  );
}

interface DetailProps {
  detail: components['schemas']['GrantDetailView'];
  onClose: () => void;
}

function Detail({ detail: { grant, losses }, onClose }: DetailProps) {
  const names = useNames();
  const [asking, setAsking] = useState(false);
  const take = async () => {
    await api.DELETE('/api/admin/v1/grants/{id}', { params: { path: { id: grant.id } } });
    onClose();
    toast(t('access.grants.done', { name: nameOf(grant) }));
    await refresh('/api/admin/v1/grants', '/api/admin/v1/keys', '/api/admin/v1/me');
  };
  return (
    <Sections>
      <Facts>
        <Fact name={t('access.table.tenant')}>{names.tenant(grant.tenant)}</Fact>
        <Fact name={t('access.table.project')}>{grant.projectName}</Fact>
        <Fact name={t('access.table.model')}>{what(grant)}</Fact>
        <Fact name={t('access.grants.by')}>{grant.grantedBy}</Fact>
        <Fact name={t('access.grants.when')}>{time(grant.granted, 'full')}</Fact>
      </Facts>
      <Section title={t('access.grants.keys')}>
        <Losses losses={losses} />
      </Section>
      <div className={styles.answers}>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('access.grants.take')}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('access.grants.ask', { name: nameOf(grant) })}
        effect={
          <>
            <p>{t('access.grants.effect', { name: nameOf(grant), what: what(grant), project: grant.projectName })}</p>
            <Losses losses={losses} />
          </>
        }
        verb={t('access.grants.take')}
        run={take}
      />
    </Sections>
  );
}

/** Which keys lose what. */
function Losses({ losses }: { losses: readonly Loss[] }) {
  if (losses.length === 0) {
    return <p className="dim">{t('access.grants.noKeys')}</p>;
  }
  return (
    <ul className={styles.losses}>
      {losses.map(({ key, name, keeps }) => (
        <li key={key}>
          {keeps == null
            ? t('access.grants.ends', { key: name })
            : t('access.grants.keeps', { key: name, models: keeps.join(', ') })}
        </li>
      ))}
    </ul>
  );
}

function what({ model }: Grant): string {
  return model ?? t('access.table.allModels');
}
