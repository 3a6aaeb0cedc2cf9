import { useState } from 'react';
import { Button } from '../../components/Button';
import { Combobox } from '../../components/Combobox';
import { Dialog } from '../../components/Dialog';
import { Form, TextArea } from '../../components/Field';
import { LabelledSelect } from '../../components/Select';
import { ProblemNote } from '../../components/States';
import { toast } from '../../components/Toast';
import { api } from '../../lib/client';
import { t } from '../../lib/i18n';
import { useNames } from '../../lib/names';
import { refresh } from '../../lib/query';
import { useSend } from '../../lib/send';
import { useSession } from '../../lib/session';
import { inOrder, type OfferedModel } from './prepare';

const ALL = '*';

export interface AskDialogProps {
  /** The model that was asked for where the dialog was opened. */
  model: string | undefined;
  models: readonly OfferedModel[];
  onClose: () => void;
}

/** Asks for a project's models; an owner or an administrator decides. */
export function AskDialog({ model: wanted, models, onClose }: AskDialogProps) {
  const { everywhere } = useSession();
  const names = useNames();
  const only = names.projects.length === 1 ? names.projects[0]?.id : undefined;
  const [chosen, setChosen] = useState<string>();
  const project = chosen ?? only ?? null;
  const [model, setModel] = useState(wanted ?? ALL);
  const [reason, setReason] = useState('');
  const { send, busy, problem, tried } = useSend(
    () => project !== null && reason.trim() !== '',
    async () => {
      const body = { project: project ?? '', reason: reason.trim(), ...(model !== ALL && { model }) };
      await api.POST('/api/admin/v1/access-requests', { body });
      await refresh('/api/admin/v1/access-requests');
      toast(t('me.form.done'));
      onClose();
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('me.form.title')}
      foot={
        <>
          <Button onClick={onClose}>{t('shell.action.cancel')}</Button>
          <Button look="primary" type="submit" form="ask" busy={busy}>
            {t('me.form.send')}
          </Button>
        </>
      }
    >
      <Form id="ask" onSend={send}>
        <Combobox
          label={t('me.form.project')}
          placeholder={t('me.form.projectPick')}
          empty={t('me.form.projectNone')}
          options={names.projects.map(({ id, name, tenant }) => ({
            value: id,
            text: name,
            ...(everywhere && { hint: names.tenant(tenant) }),
          }))}
          value={project}
          onValue={setChosen}
          {...(tried && project === null && { error: t('me.form.projectMissing') })}
        />
        <LabelledSelect
          label={t('me.form.model')}
          options={[
            { value: ALL, text: t('me.form.all') },
            ...inOrder(models).map(({ id }) => ({ value: id, text: id })),
          ]}
          value={model}
          onValue={setModel}
        />
        <TextArea
          label={t('me.form.reason')}
          help={t('me.form.reasonHelp')}
          value={reason}
          onValue={setReason}
          rows={3}
          {...(tried && reason.trim() === '' && { error: t('me.form.reasonMissing') })}
        />
        {problem !== undefined && <ProblemNote problem={problem} />}
      </Form>
    </Dialog>
  );
}
