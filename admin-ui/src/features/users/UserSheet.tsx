import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { Id } from '../../components/Copy';
import { ConfirmDialog, Sheet } from '../../components/Dialog';
import { Fact, Facts, Section, Sections } from '../../components/Facts';
import { Form } from '../../components/Field';
import { Answer, EmptyState, ProblemNote } from '../../components/States';
import { Status } from '../../components/Status';
import { toast } from '../../components/Toast';
import type { components } from '../../lib/api';
import { api } from '../../lib/client';
import { named, t } from '../../lib/i18n';
import { asProblem } from '../../lib/problem';
import { read, refresh } from '../../lib/query';
import { useSend } from '../../lib/send';
import { useSession } from '../../lib/session';
import { time } from '../../lib/time';
import { whole } from '../../lib/whole';
import { RoleSelect } from './InviteDialog';
import { LinkOnce } from './LinkOnce';
import { stateOf, type UserView } from './prepare';
import styles from './Users.module.css';

type LinkView = components['schemas']['LinkView'];

/** One user: its role, a new link, its end. */
export default function UserSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(read('/api/admin/v1/users/{id}', { params: { path: { id } } }));
  const missing = query.error !== null && [400, 404].includes(asProblem(query.error).status);
  const user = query.data;
  return (
    <Sheet
      open
      onClose={onClose}
      title={user?.name ?? t('users.title')}
      aside={
        user !== undefined && (
          <Status tone={user.hasPassword ? 'ok' : 'busy'}>{named('users.state', stateOf(user))}</Status>
        )
      }
    >
      {missing ? (
        <EmptyState title={t('users.sheet.missing')} text={asProblem(query.error).message} />
      ) : (
        <Answer query={query} height={320}>
          {(view) => <Detail key={view.id} user={view} onClose={onClose} />}
        </Answer>
      )}
    </Sheet>
  );
}

function Detail({ user, onClose }: { user: UserView; onClose: () => void }) {
  const { can } = useSession();
  return (
    <Sections>
      <Facts>
        <Fact name="id">
          <Id value={user.id} label={t('users.sheet.id')} />
        </Fact>
        <Fact name={t('users.table.role')}>
          {named('shell.role', user.role)}: {named('users.role', user.role)}
        </Fact>
        <Fact name={t('users.table.tenant')}>{user.tenantName ?? user.tenant ?? t('users.table.everything')}</Fact>
        <Fact name={t('users.table.created')}>{time(user.created, 'full')}</Fact>
        <Fact name={t('users.table.seen')}>
          {user.lastSeen == null ? t('users.table.never') : time(user.lastSeen, 'full')}
        </Fact>
      </Facts>
      {can('ACTS_READ') && (
        <p>
          <Link to={'/audit' as never} search={{ actor: user.name } as never}>
            {t('users.sheet.acts')}
          </Link>
        </p>
      )}
      {can('USERS_WRITE') && <ChangeRole user={user} />}
      {can('USERS_WRITE') && <NewLink user={user} />}
      {can('USERS_WRITE') && <Remove user={user} onClose={onClose} />}
    </Sections>
  );
}

function ChangeRole({ user }: { user: UserView }) {
  const [role, setRole] = useState(user.role);
  const { send, busy, problem } = useSend(
    () => role !== user.role,
    async () => {
      await api.PUT('/api/admin/v1/users/{id}', { params: { path: { id: user.id } }, body: { role } });
      await refresh('/api/admin/v1/users', '/api/admin/v1/users/{id}', '/api/admin/v1/session');
      toast(t('users.done.role', { name: user.name, role: named('shell.role', role) }));
    },
  );
  return (
    <Section title={t('users.sheet.role')}>
      <Form onSend={send}>
        <RoleSelect label={t('users.form.role')} value={role} onValue={setRole} />
        <p className="dim">{t('users.sheet.roleEffect')}</p>
        {problem !== undefined && <ProblemNote problem={problem} />}
        <div>
          <Button type="submit" look="primary" busy={busy} disabled={role === user.role}>
            {t('users.sheet.roleSave')}
          </Button>
        </div>
      </Form>
    </Section>
  );
}

function NewLink({ user }: { user: UserView }) {
  const [made, setMade] = useState<LinkView>();
  const { send, busy, problem } = useSend(
    () => true,
    async () => {
      const { data } = await api.POST('/api/admin/v1/users/{id}/links', { params: { path: { id: user.id } } });
      setMade(data);
    },
  );
  return (
    <Section title={t('users.sheet.link')}>
      {made === undefined ? (
        <div className={styles.ask}>
          <p className="dim">{t('users.sheet.linkText')}</p>
          {problem !== undefined && <ProblemNote problem={problem} />}
          <Button busy={busy} onClick={send}>
            {t('users.sheet.link')}
          </Button>
        </div>
      ) : (
        <LinkOnce name={user.name} link={made.link} expires={made.expires} onDone={() => setMade(undefined)} />
      )}
    </Section>
  );
}

function Remove({ user, onClose }: { user: UserView; onClose: () => void }) {
  const [asked, setAsked] = useState(false);
  const remove = async () => {
    await api.DELETE('/api/admin/v1/users/{id}', { params: { path: { id: user.id } } });
    void refresh('/api/admin/v1/users');
    toast(t('users.done.removed', { name: user.name }));
    onClose();
  };
  return (
    <Section title={t('users.sheet.remove')}>
      <div>
        <Button look="danger" onClick={() => setAsked(true)}>
          {t('users.sheet.remove')}
        </Button>
      </div>
      <ConfirmDialog
        open={asked}
        onClose={() => setAsked(false)}
        title={t('users.remove.title', { name: user.name })}
        effect={asked && <Effect user={user} />}
        verb={t('users.sheet.remove')}
        run={remove}
      />
    </Section>
  );
}

/** What goes on without the user. */
function Effect({ user }: { user: UserView }) {
  const { data } = useQuery(whole('/api/admin/v1/keys', { state: 'active' }));
  if (data === undefined) {
    return t('users.remove.sessions');
  }
  const keys = data.items.filter(({ owner, kind }) => owner === user.id && kind !== 'console').length;
  return keys === 0 ? t('users.remove.effectNone') : t('users.remove.effect', { count: keys });
}
