import { useState } from 'react';
import { Button } from '../../components/Button';
import { Id } from '../../components/Copy';
import { Lines, Section } from '../../components/Facts';
import { Form, TextField } from '../../components/Field';
import { ProblemNote } from '../../components/States';
import { toast } from '../../components/Toast';
import { api } from '../../lib/client';
import { t } from '../../lib/i18n';
import type { ProjectView } from '../../lib/names';
import { refresh } from '../../lib/query';
import { useSend } from '../../lib/send';
import { useSession } from '../../lib/session';
import { time } from '../../lib/time';
import styles from './Tenants.module.css';

/** A tenant's projects, to be made and renamed. */
export function Projects({ tenant, projects }: { tenant: string; projects: readonly ProjectView[] }) {
  const { can } = useSession();
  const writes = can('PROJECTS_WRITE');
  const [renamed, setRenamed] = useState<ProjectView>();
  return (
    <Section title={t('tenants.sheet.projects')}>
      {projects.length === 0 ? (
        <p className="dim">{t('tenants.sheet.noProjects')}</p>
      ) : (
        <Lines
          label={t('tenants.sheet.projects')}
          head={[
            { text: t('tenants.sheet.project') },
            { text: 'id' },
            { text: t('tenants.table.created') },
            ...(writes ? [{ text: t('tenants.sheet.actions'), number: true }] : []),
          ]}
          rows={projects.map((project) => ({
            id: project.id,
            cells: [
              project.name,
              <Id
                key="id"
                value={project.id}
                short={project.id.slice(0, 8)}
                label={t('tenants.sheet.projectId', { name: project.name })}
              />,
              time(project.created, 'date'),
              ...(writes
                ? [
                    <Button
                      key="rename"
                      small
                      look="quiet"
                      aria-label={t('tenants.sheet.rename', { name: project.name })}
                      onClick={() => setRenamed(project)}
                    >
                      {t('tenants.sheet.renameDo')}
                    </Button>,
                  ]
                : []),
            ],
          }))}
        />
      )}
      {renamed !== undefined && (
        <NameForm
          key={renamed.id}
          label={t('tenants.sheet.rename', { name: renamed.name })}
          verb={t('tenants.sheet.renameDo')}
          initial={renamed.name}
          run={async (name) => {
            await api.PUT('/api/admin/v1/projects/{id}', { params: { path: { id: renamed.id } }, body: { name } });
            await refresh('/api/admin/v1/projects');
            toast(t('tenants.done.changed', { name }));
            setRenamed(undefined);
          }}
        />
      )}
      {writes && renamed === undefined && (
        <NameForm
          key={projects.length}
          label={t('tenants.sheet.addProject')}
          verb={t('tenants.sheet.add')}
          initial=""
          run={async (name) => {
            await api.POST('/api/admin/v1/projects', { body: { tenant, name } });
            await refresh('/api/admin/v1/projects');
            toast(t('tenants.done.created', { name }));
          }}
        />
      )}
    </Section>
  );
}

interface NameFormProps {
  label: string;
  verb: string;
  initial: string;
  run: (name: string) => Promise<void>;
}

function NameForm({ label, verb, initial, run }: NameFormProps) {
  const [name, setName] = useState(initial);
  const { send, busy, problem, tried } = useSend(
    () => name.trim() !== '',
    () => run(name.trim()),
  );
  return (
    <Form onSend={send}>
      <div className={styles.name}>
        <TextField
          label={label}
          value={name}
          onValue={setName}
          error={tried && name.trim() === '' ? t('tenants.form.nameMissing') : undefined}
          maxLength={200}
          autoComplete="off"
        />
        <Button type="submit" busy={busy}>
          {verb}
        </Button>
      </div>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </Form>
  );
}
