import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Button, LinkButton } from '../../components/Button';
import { Combobox } from '../../components/Combobox';
import { Id } from '../../components/Copy';
import { Sheet } from '../../components/Dialog';
import { Fact, Facts, Section, Sections } from '../../components/Facts';
import { Form, TextField } from '../../components/Field';
import { Answer, EmptyState, ProblemNote } from '../../components/States';
import { toast } from '../../components/Toast';
import { api } from '../../lib/client';
import { t } from '../../lib/i18n';
import type { ProjectView, TenantView } from '../../lib/names';
import { asProblem } from '../../lib/problem';
import { read, refresh } from '../../lib/query';
import { useSend } from '../../lib/send';
import { useSession } from '../../lib/session';
import { time } from '../../lib/time';
import { Projects } from './Projects';
import styles from './Tenants.module.css';

export interface TenantSheetProps {
  id: string;
  projects: readonly ProjectView[];
  onClose: () => void;
}

/** One tenant: its calendar, its projects, and where its keys, limits and requests are. */
export default function TenantSheet({ id, projects, onClose }: TenantSheetProps) {
  const query = useQuery(read('/api/admin/v1/tenants/{id}', { params: { path: { id } } }));
  const missing = query.error !== null && [400, 404].includes(asProblem(query.error).status);
  return (
    <Sheet open onClose={onClose} title={query.data?.name ?? t('tenants.title')}>
      {missing ? (
        <EmptyState title={t('tenants.sheet.missing')} text={asProblem(query.error).message} />
      ) : (
        <Answer query={query} height={320}>
          {(tenant) => <Detail key={tenant.id} tenant={tenant} projects={projects} />}
        </Answer>
      )}
    </Sheet>
  );
}

function Detail({ tenant, projects }: { tenant: TenantView; projects: readonly ProjectView[] }) {
  const { can, everywhere } = useSession();
  return (
    <Sections>
      <Facts>
        <Fact name="id">
          <Id value={tenant.id} label={t('tenants.sheet.id')} />
        </Fact>
        <Fact name={t('tenants.table.zone')}>{tenant.timeZone}</Fact>
        <Fact name={t('tenants.table.created')}>{time(tenant.created, 'full')}</Fact>
      </Facts>
      <nav className={styles.links} aria-label={t('tenants.sheet.open')}>
        {can('KEYS_READ') && <To path="/keys" tenant={tenant.id} text={t('tenants.sheet.keys')} />}
        {can('LIMITS_READ') && <To path={`/limits/${tenant.id}`} text={t('tenants.sheet.limits')} />}
        {can('REQUESTS_READ') && <To path="/requests" tenant={tenant.id} text={t('tenants.sheet.requests')} />}
        {can('USERS_READ') && <To path="/users" tenant={tenant.id} text={t('tenants.sheet.users')} />}
      </nav>
      {can('PROJECTS_READ') && <Projects tenant={tenant.id} projects={projects} />}
      {can('TENANTS_WRITE') && everywhere && <ChangeTenant tenant={tenant} />}
    </Sections>
  );
}

function To({ path, tenant, text }: { path: string; tenant?: string; text: string }) {
  return (
    <LinkButton small to={path as never} search={(tenant === undefined ? {} : { tenant }) as never}>
      {text}
    </LinkButton>
  );
}

function ChangeTenant({ tenant }: { tenant: TenantView }) {
  const [name, setName] = useState(tenant.name);
  const [timeZone, setTimeZone] = useState(tenant.timeZone);
  const zones = useMemo(
    () =>
      [...new Set(['UTC', tenant.timeZone, ...Intl.supportedValuesOf('timeZone')])].map((value) => ({
        value,
        text: value,
      })),
    [tenant.timeZone],
  );
  const { send, busy, problem, tried } = useSend(
    () => name.trim() !== '',
    async () => {
      await api.PUT('/api/admin/v1/tenants/{id}', {
        params: { path: { id: tenant.id } },
        body: { name: name.trim(), timeZone },
      });
      await refresh('/api/admin/v1/tenants', '/api/admin/v1/tenants/{id}');
      toast(t('tenants.done.changed', { name: name.trim() }));
    },
  );
  return (
    <Section title={t('tenants.sheet.change')}>
      <Form onSend={send}>
        <TextField
          label={t('tenants.form.name')}
          value={name}
          onValue={setName}
          error={tried && name.trim() === '' ? t('tenants.form.nameMissing') : undefined}
          maxLength={200}
          autoComplete="off"
        />
        <Combobox
          label={t('tenants.form.zone')}
          help={t('tenants.form.zoneHelp')}
          placeholder={t('tenants.form.zoneFind')}
          empty={t('tenants.form.zoneNone')}
          options={zones}
          value={timeZone}
          onValue={setTimeZone}
        />
        {problem !== undefined && <ProblemNote problem={problem} />}
        <div>
          <Button
            type="submit"
            look="primary"
            busy={busy}
            disabled={name === tenant.name && timeZone === tenant.timeZone}
          >
            {t('tenants.form.save')}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
