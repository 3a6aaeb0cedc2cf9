import { useState } from 'react';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Form, TextField } from '../../components/Field';
import { LabelledSelect } from '../../components/Select';
import { ProblemNote } from '../../components/States';
import type { components } from '../../lib/api';
import { api } from '../../lib/client';
import { named, t } from '../../lib/i18n';
import { useNames } from '../../lib/names';
import { refresh } from '../../lib/query';
import { useSend } from '../../lib/send';
import { useSession } from '../../lib/session';
import { LinkOnce } from './LinkOnce';
import { isName, ROLES, type Role } from './prepare';

type Invitation = components['schemas']['InvitationView'];

const EVERYTHING = '*';

/** Makes a user and the link with which it sets its password. */
export default function InviteDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<Invitation>();
  if (made !== undefined) {
    return (
      <Dialog open onClose={onClose} title={t('users.link.title', { name: made.user.name })}>
        <LinkOnce name={made.user.name} link={made.link} expires={made.expires} onDone={onClose} />
      </Dialog>
    );
  }
  return <Invite onClose={onClose} onMade={setMade} />;
}

function Invite({ onClose, onMade }: { onClose: () => void; onMade: (made: Invitation) => void }) {
  const session = useSession();
  const names = useNames();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('developer');
  const [tenant, setTenant] = useState<string>(session.tenant ?? EVERYTHING);
  const homeless = role === 'developer' && tenant === EVERYTHING;
  const { send, busy, problem, tried } = useSend(
    () => isName(name) && !homeless,
    async () => {
      const body = { name, role, tenant: tenant === EVERYTHING ? null : tenant };
      const { data } = await api.POST('/api/admin/v1/users', { body });
      void refresh('/api/admin/v1/users');
      if (data !== undefined) {
        onMade(data);
      }
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('users.new')}
      foot={
        <>
          <Button onClick={onClose}>{t('shell.action.cancel')}</Button>
          <Button look="primary" type="submit" form="invite" busy={busy}>
            {t('users.form.send')}
          </Button>
        </>
      }
    >
      <Form id="invite" onSend={send}>
        <TextField
          label={t('users.form.name')}
          help={t('users.form.nameHelp')}
          value={name}
          onValue={setName}
          error={tried && !isName(name) ? t('users.form.nameWrong') : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        <RoleSelect label={t('users.form.role')} value={role} onValue={setRole} />
        {session.everywhere && (
          <LabelledSelect
            label={t('users.form.tenant')}
            options={[
              { value: EVERYTHING, text: t('users.table.everything') },
              ...names.tenants.map(({ id, name: text }) => ({ value: id, text })),
            ]}
            value={tenant}
            onValue={setTenant}
            {...(tried && homeless && { error: t('users.form.tenantMissing') })}
          />
        )}
        {problem !== undefined && <ProblemNote problem={problem} />}
      </Form>
    </Dialog>
  );
}

/** Roles, each with what it may do. */
export function RoleSelect(props: { label: string; value: Role; onValue: (role: Role) => void }) {
  return (
    <LabelledSelect<Role>
      {...props}
      options={ROLES.map((value) => ({
        value,
        text: named('shell.role', value),
        hint: named('users.role', value),
      }))}
    />
  );
}
