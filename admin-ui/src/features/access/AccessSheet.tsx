import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { Sheet } from '../../components/Dialog';
import { Fact, Facts, Section, Sections } from '../../components/Facts';
import { TextArea } from '../../components/Field';
import { Answer, EmptyState, ProblemNote } from '../../components/States';
import { Status } from '../../components/Status';
import { toast } from '../../components/Toast';
import { api } from '../../lib/client';
import { named, t } from '../../lib/i18n';
import { useNames } from '../../lib/names';
import { asProblem, type Problem } from '../../lib/problem';
import { refresh } from '../../lib/query';
import { time } from '../../lib/time';
import { whole } from '../../lib/whole';
import styles from './Access.module.css';
import { type AccessRequest, TONES } from './prepare';

export interface AccessSheetProps {
  id: string;
  /** The request, where the list has it already. */
  known: AccessRequest | undefined;
  onClose: () => void;
}

/** One request for access, and the decision. */
export function AccessSheet({ id, known, onClose }: AccessSheetProps) {
  const query = useQuery({ ...whole('/api/admin/v1/access-requests', {}), enabled: known === undefined });
  const request = known ?? query.data?.items.find((one) => one.id === id);
  return (
    <Sheet
      open
      onClose={onClose}
      title={request === undefined ? t('access.title') : t('access.sheet.title', { name: request.askerName })}
      aside={
        request !== undefined && <Status tone={TONES[request.state]}>{named('access.state', request.state)}</Status>
      }
    >
      {request !== undefined ? (
        <Detail request={request} onClose={onClose} />
      ) : (
        <Answer query={query} height={320}>
          {() => <EmptyState title={t('access.sheet.missing')} />}
        </Answer>
      )}
    </Sheet>
  );
}

function Detail({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const names = useNames();
  return (
    <Sections>
      <Facts>
        <Fact name={t('access.table.tenant')}>{names.tenant(request.tenant)}</Fact>
        <Fact name={t('access.table.project')}>{request.projectName}</Fact>
        <Fact name={t('access.table.model')}>{request.model ?? t('access.table.allModels')}</Fact>
        <Fact name={t('access.table.asked')}>{time(request.created, 'full')}</Fact>
      </Facts>
      <Section title={t('access.sheet.reason')}>
        <p className={styles.words}>{request.reason}</p>
      </Section>
      {request.state === 'open' ? (
        <Decide request={request} onClose={onClose} />
      ) : (
        <Section title={t('access.sheet.decision')}>
          <Facts>
            <Fact name={t('access.table.by')}>{request.decidedBy}</Fact>
            <Fact name={t('access.sheet.at')}>{time(request.decided, 'full')}</Fact>
          </Facts>
          <p className={styles.words}>{request.note ?? t('access.sheet.noNote')}</p>
        </Section>
      )}
    </Sections>
  );
}

function Decide({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState<'approve' | 'decline'>();
  const [problem, setProblem] = useState<Problem>();
  const name = request.askerName;
  const decide = async (answer: 'approve' | 'decline') => {
    setBusy(answer);
    setProblem(undefined);
    try {
      const body = note.trim() === '' ? {} : { note: note.trim() };
      await api.POST(`/api/admin/v1/access-requests/{id}/${answer}`, { params: { path: { id: request.id } }, body });
      await refresh('/api/admin/v1/access-requests', '/api/admin/v1/me');
      toast(t(`access.done.${answer}`, { name }));
      onClose();
    } catch (refused) {
      setProblem(asProblem(refused));
      setBusy(undefined);
    }
  };
  return (
    <Section title={t('access.sheet.decision')}>
      <div className={styles.decide}>
        <p className="dim">
          {request.model == null
            ? t('access.sheet.grantsAll', { name, project: request.projectName })
            : t('access.sheet.grants', { name, what: request.model, project: request.projectName })}
        </p>
        <TextArea
          label={t('access.sheet.note', { name })}
          help={t('access.sheet.noteHelp', { name })}
          value={note}
          onValue={setNote}
          rows={3}
        />
        {problem !== undefined && <ProblemNote problem={problem} />}
        <div className={styles.answers}>
          <Button busy={busy === 'decline'} disabled={busy !== undefined} onClick={() => void decide('decline')}>
            {t('access.sheet.decline')}
          </Button>
          <Button
            look="primary"
            busy={busy === 'approve'}
            disabled={busy !== undefined}
            onClick={() => void decide('approve')}
          >
            {t('access.sheet.approve')}
          </Button>
        </div>
      </div>
    </Section>
  );
}
