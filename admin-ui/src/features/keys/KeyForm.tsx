import { useQuery } from '@tanstack/react-query';
import { Button, LinkButton } from '../../components/Button';
import { CheckList } from '../../components/CheckList';
import { Combobox } from '../../components/Combobox';
import { Form, FormRow, TextField } from '../../components/Field';
import { LabelledSelect } from '../../components/Select';
import { EmptyState, ProblemNote, Skeleton } from '../../components/States';
import { Segments } from '../../components/Tabs';
import { t } from '../../lib/i18n';
import { useNames } from '../../lib/names';
import type { Problem } from '../../lib/problem';
import { read } from '../../lib/query';
import { useSession } from '../../lib/session';
import { type DraftErrors, ENDPOINTS, EXPIRIES, type Expiry, type KeyDraft } from './form';
import styles from './Keys.module.css';

export interface KeyFormProps {
  draft: KeyDraft;
  onDraft: (draft: KeyDraft) => void;
  errors: DraftErrors;
  problem: Problem | undefined;
  busy: boolean;
  /** The verb of its button. */
  verb: string;
  /** A key stays in its project. */
  fixed?: boolean;
  onSend: () => void;
}

/** What a key is called, how long it lasts and what it may do. */
export function KeyForm({ draft, onDraft, errors, problem, busy, verb, fixed = false, onSend }: KeyFormProps) {
  const offer = useOffer(draft.project);
  const set = (change: Partial<KeyDraft>) => onDraft({ ...draft, ...change });
  if (offer.projects === undefined) {
    return <Skeleton height={360} />;
  }
  if (!fixed && offer.projects.length === 0) {
    return (
      <EmptyState
        title={t('keys.form.noProject')}
        text={t('keys.form.noProjectText')}
        actions={
          <LinkButton to={'/me' as never} search={{ ask: '1' } as never} small>
            {t('keys.form.ask')}
          </LinkButton>
        }
      />
    );
  }
  return (
    <Form onSend={onSend}>
      {!fixed && (
        <Combobox
          label={t('keys.form.project')}
          placeholder={t('keys.form.projectPick')}
          empty={t('keys.form.projectNone')}
          options={offer.projects}
          value={draft.project}
          onValue={(project) => set({ project, models: [], someModels: !offer.free(project) })}
          {...(errors.project !== undefined && { error: errors.project })}
        />
      )}
      <TextField
        label={t('keys.form.name')}
        help={t('keys.form.nameHelp')}
        value={draft.name}
        onValue={(name) => set({ name })}
        error={errors.name}
        maxLength={200}
        autoComplete="off"
      />
      <Lasting draft={draft} set={set} errors={errors} />
      <Models draft={draft} set={set} errors={errors} models={offer.models} free={offer.free(draft.project)} />
      <CheckList
        label={t('keys.form.endpoints')}
        options={ENDPOINTS.map((value) => ({ value: value as string, text: t(`keys.endpoint.${value}`) }))}
        values={draft.endpoints}
        onValues={(endpoints) => set({ endpoints })}
      />
      <TextField
        label={t('keys.form.addresses')}
        help={t('keys.form.addressesHelp')}
        value={draft.addresses}
        onValue={(addresses) => set({ addresses })}
        mono
        spellCheck={false}
        autoComplete="off"
      />
      {problem !== undefined && <ProblemNote problem={problem} />}
      <div>
        <Button look="primary" type="submit" busy={busy}>
          {verb}
        </Button>
      </div>
    </Form>
  );
}

interface PartProps {
  draft: KeyDraft;
  set: (change: Partial<KeyDraft>) => void;
  errors: DraftErrors;
}

function Lasting({ draft, set, errors }: PartProps) {
  return (
    <FormRow>
      <LabelledSelect<Expiry>
        label={t('keys.form.expiry')}
        options={EXPIRIES.map((value) => ({ value, text: t(`keys.form.${value}`) }))}
        value={draft.expiry}
        onValue={(expiry) => set({ expiry })}
      />
      {draft.expiry === 'on' && (
        <TextField
          type="date"
          label={t('keys.form.day')}
          value={draft.day}
          onValue={(day) => set({ day })}
          error={errors.day}
        />
      )}
    </FormRow>
  );
}

function Models({ draft, set, errors, models, free }: PartProps & { models: readonly string[]; free: boolean }) {
  const options = [...new Set([...models, ...draft.models])].map((value) => ({ value, text: value }));
  return (
    <div className={styles.choice}>
      <span className={styles.label}>{t('keys.form.models')}</span>
      <Segments
        label={t('keys.form.models')}
        options={[
          ...(free ? [{ id: 'all', text: t('keys.form.modelsAll') }] : []),
          { id: 'some', text: t('keys.form.modelsSome') },
        ]}
        value={draft.someModels ? 'some' : 'all'}
        onValue={(id) => set({ someModels: id === 'some' })}
      />
      {draft.someModels && (
        <CheckList
          label={t('keys.form.modelsWhich')}
          options={options}
          values={draft.models}
          onValues={(chosen) => set({ models: chosen })}
        />
      )}
      {errors.models !== undefined && (
        <span className={styles.error} role="alert">
          {errors.models}
        </span>
      )}
    </div>
  );
}

/** Projects and models that the user may make a key for: all of them, or a developer's granted ones. */
function useOffer(project: string | null) {
  const session = useSession();
  const names = useNames();
  const granted = session.role === 'developer';
  const all = useQuery({ ...read('/api/admin/v1/models'), enabled: session.can('PRICES_READ') });
  const me = useQuery({ ...read('/api/admin/v1/me'), enabled: granted });
  const models = (all.data?.items ?? []).flatMap(({ id, aliases }) => [id, ...aliases]);
  if (granted) {
    const only = (id: string | null) => me.data?.projects.find((one) => one.project === id)?.models ?? null;
    return {
      projects: me.data?.projects.map((one) => ({ value: one.project, text: one.projectName })),
      models: only(project) ?? models,
      free: (id: string | null) => only(id) === null,
    };
  }
  return {
    projects: names.projects.map(({ id, name, tenant }) => ({
      value: id,
      text: name,
      ...(session.everywhere && { hint: names.tenant(tenant) }),
    })),
    models,
    free: () => true,
  };
}
