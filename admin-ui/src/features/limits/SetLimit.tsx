import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Form, FormRow } from '../../components/Field';
import { LabelledSelect } from '../../components/Select';
import { ProblemNote } from '../../components/States';
import { toast } from '../../components/Toast';
import { api } from '../../lib/client';
import { t } from '../../lib/i18n';
import { read, refresh } from '../../lib/query';
import { useSend } from '../../lib/send';
import { useSession } from '../../lib/session';
import { amountError, MEASURES, type Measure, type Period, periodFor, periodsOf, softError, softOf } from './draft';
import { Amount, Foot, Soft } from './EditDialogs';
import { ORGANISATION, type Place } from './places';
import { placeText } from './words';

const ALL = '*';

/** Sets a further limit at a place. */
export function SetLimit({ place }: { place: Place }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button small look="primary" onClick={() => setOpen(true)}>
        {t('limits.node.add')}
      </Button>
      {open && <SetDialog place={place} onClose={() => setOpen(false)} />}
    </>
  );
}

function SetDialog({ place, onClose }: { place: Place; onClose: () => void }) {
  const { can } = useSession();
  const { data: models } = useQuery({ ...read('/api/admin/v1/models'), enabled: can('PRICES_READ') });
  const [what, setWhat] = useState<Measure>('charge');
  const [per, setPer] = useState<Period>('month');
  const [model, setModel] = useState(ALL);
  const [amount, setAmount] = useState('');
  const [soft, setSoft] = useState('80');
  const periods = periodsOf(what);
  const { send, busy, problem, tried } = useSend(
    () => amountError(what, amount) === undefined && (what !== 'charge' || softError(soft) === undefined),
    async () => {
      const body = {
        level: place.level,
        subject: place.id === ORGANISATION ? null : place.id,
        model: model === ALL ? null : model,
        what,
        per: periods.length === 0 ? null : per,
        amount: amount.trim(),
        softPercent: what === 'charge' ? softOf(soft) : null,
      };
      await api.POST('/api/admin/v1/limits', { body });
      await refresh('/api/admin/v1/limits');
      toast(t('limits.done.set'));
      onClose();
    },
  );
  const measure = (next: Measure) => {
    setWhat(next);
    setPer(periodFor(next, per) ?? per);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('limits.form.title', { name: placeText(place) })}
      foot={<Foot form="set-limit" verb={t('limits.form.set')} busy={busy} onClose={onClose} />}
    >
      <Form id="set-limit" onSend={send}>
        <FormRow>
          <LabelledSelect<Measure>
            label={t('limits.form.what')}
            options={MEASURES.map((value) => ({ value, text: t(`limits.what.${value}`) }))}
            value={what}
            onValue={measure}
          />
          {periods.length > 0 && (
            <LabelledSelect<Period>
              label={t('limits.form.per')}
              options={periods.map((value) => ({ value, text: t(`limits.per.${value}`) }))}
              value={per}
              onValue={setPer}
            />
          )}
        </FormRow>
        <LabelledSelect
          label={t('limits.form.model')}
          options={[
            { value: ALL, text: t('limits.form.modelAll') },
            ...(models?.items ?? []).map(({ id }) => ({ value: id, text: id })),
          ]}
          value={model}
          onValue={setModel}
        />
        <Amount what={what} value={amount} onValue={setAmount} tried={tried} />
        {what === 'charge' && <Soft value={soft} onValue={setSoft} tried={tried} />}
        {problem !== undefined && <ProblemNote problem={problem} />}
      </Form>
    </Dialog>
  );
}
