import { useState } from 'react';
import { Button } from '../../components/Button';
import { ConfirmDialog, Dialog } from '../../components/Dialog';
import { Form, FormRow, TextField } from '../../components/Field';
import { LabelledSelect } from '../../components/Select';
import { ProblemNote } from '../../components/States';
import { toast } from '../../components/Toast';
import { api } from '../../lib/client';
import { currencyCode } from '../../lib/format';
import { t } from '../../lib/i18n';
import { refresh } from '../../lib/query';
import { useSend } from '../../lib/send';
import { amountError, ENDS, type End, endOf, softError, softOf } from './draft';
import type { LimitView } from './places';
import { amountText, limitText } from './words';

interface EditProps {
  limit: LimitView;
  onClose: () => void;
}

const FORM = 'limit-form';

/** Sets another amount, for good. */
export function ChangeLimit({ limit, onClose }: EditProps) {
  const [amount, setAmount] = useState(limit.amount);
  const [soft, setSoft] = useState(limit.softPercent?.toString() ?? '');
  const { send, busy, problem, tried } = useSend(
    () => amountError(limit.what, amount) === undefined && softError(soft) === undefined,
    async () => {
      const body = { amount: amount.trim(), softPercent: softOf(soft) };
      await api.PUT('/api/admin/v1/limits/{id}', { params: { path: { id: limit.id } }, body });
      await refresh('/api/admin/v1/limits');
      toast(t('limits.done.changed'));
      onClose();
    },
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('limits.form.changeTitle', { what: limitText(limit) })}
      foot={<Foot verb={t('limits.form.save')} busy={busy} onClose={onClose} />}
    >
      <Form id={FORM} onSend={send}>
        <Amount what={limit.what} value={amount} onValue={setAmount} tried={tried} />
        {limit.what === 'charge' && <Soft value={soft} onValue={setSoft} tried={tried} />}
        {problem !== undefined && <ProblemNote problem={problem} />}
      </Form>
    </Dialog>
  );
}

/** Sets another amount for a time. */
export function OverrideLimit({ limit, onClose }: EditProps) {
  const [amount, setAmount] = useState('');
  const [end, setEnd] = useState<End>('8h');
  const [at, setAt] = useState('');
  const { send, busy, problem, tried } = useSend(
    () => amountError(limit.what, amount) === undefined && endOf(end, at, Date.now()) !== undefined,
    async () => {
      const body = { amount: amount.trim(), until: endOf(end, at, Date.now()) ?? '' };
      await api.POST('/api/admin/v1/limits/{id}/overrides', { params: { path: { id: limit.id } }, body });
      await refresh('/api/admin/v1/limits');
      toast(t('limits.done.override'));
      onClose();
    },
  );
  const wrong = tried && endOf(end, at, Date.now()) === undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('limits.form.overrideTitle', { what: limitText(limit) })}
      foot={<Foot verb={t('limits.form.override')} busy={busy} onClose={onClose} />}
    >
      <Form id={FORM} onSend={send}>
        <p className="dim">{t('limits.form.overrideText')}</p>
        <Amount what={limit.what} value={amount} onValue={setAmount} tried={tried} />
        <FormRow>
          <LabelledSelect<End>
            label={t('limits.form.until')}
            options={ENDS.map((value) => ({ value, text: t(`limits.form.${value}`) }))}
            value={end}
            onValue={setEnd}
          />
          {end === 'at' && (
            <TextField
              type="datetime-local"
              label={t('limits.form.end')}
              value={at}
              onValue={setAt}
              error={wrong ? t('limits.form.endWrong') : undefined}
            />
          )}
        </FormRow>
        {problem !== undefined && <ProblemNote problem={problem} />}
      </Form>
    </Dialog>
  );
}

export function DeleteLimit({ limit, open, onClose }: EditProps & { open: boolean }) {
  const { what, state } = limit;
  const remove = async () => {
    await api.DELETE('/api/admin/v1/limits/{id}', { params: { path: { id: limit.id } } });
    await refresh('/api/admin/v1/limits');
    toast(t('limits.done.deleted'));
  };
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={t('limits.delete.title', { what: limitText(limit) })}
      effect={t('limits.delete.effect', {
        amount: amountText(what, state.amount),
        spent: amountText(what, state.spent),
        held: amountText(what, state.held),
      })}
      verb={t('limits.delete.verb')}
      run={remove}
    />
  );
}

export function Foot({
  verb,
  busy,
  onClose,
  form = FORM,
}: {
  verb: string;
  busy: boolean;
  onClose: () => void;
  form?: string;
}) {
  return (
    <>
      <Button onClick={onClose}>{t('shell.action.cancel')}</Button>
      <Button look="primary" type="submit" form={form} busy={busy}>
        {verb}
      </Button>
    </>
  );
}

interface TypedProps {
  value: string;
  onValue: (value: string) => void;
  /** It was sent once, so what is wrong may be said. */
  tried: boolean;
}

export function Amount({ what, value, onValue, tried }: TypedProps & { what: string }) {
  return (
    <TextField
      label={t('limits.form.amount')}
      help={what === 'charge' ? t('limits.form.money', { currency: currencyCode() }) : t('limits.form.whole')}
      value={value}
      onValue={onValue}
      error={tried ? amountError(what, value) : undefined}
      inputMode={what === 'charge' ? 'decimal' : 'numeric'}
      autoComplete="off"
    />
  );
}

export function Soft({ value, onValue, tried }: TypedProps) {
  return (
    <TextField
      label={t('limits.form.soft')}
      help={t('limits.form.softHelp')}
      value={value}
      onValue={onValue}
      error={tried ? softError(value) : undefined}
      inputMode="numeric"
      autoComplete="off"
    />
  );
}
