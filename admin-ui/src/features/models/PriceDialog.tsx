import { useState } from 'react';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Form, FormRow, TextField } from '../../components/Field';
import { ProblemNote } from '../../components/States';
import { Segments } from '../../components/Tabs';
import { toast } from '../../components/Toast';
import { api } from '../../lib/client';
import { currencyCode } from '../../lib/format';
import { t } from '../../lib/i18n';
import { asProblem } from '../../lib/problem';
import { refresh } from '../../lib/query';
import { zone, zoneName } from '../../lib/time';
import styles from './Models.module.css';
import { CLASSES, isCallPrice, isPrice, type PriceView, type TokenClass } from './prepare';

const FORM = 'price';

type Values = Record<TokenClass | 'perCall', string>;

/** Sets what a model costs, from now or from a moment ahead. */
export function PriceDialog(props: { model: string; former: PriceView | null | undefined; onClose: () => void }) {
  const { model, former, onClose } = props;
  const [values, setValues] = useState<Values>(() => valuesOf(former));
  const [later, setLater] = useState(false);
  const [moment, setMoment] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  const wrong = (name: keyof Values) => !(name === 'perCall' ? isCallPrice : isPrice)(values[name]);
  const past = later && !(at(moment) > Date.now());
  const send = async () => {
    setShown(true);
    if (past || [...CLASSES, 'perCall' as const].some(wrong)) {
      return;
    }
    setBusy(true);
    setRefused(undefined);
    try {
      await api.POST('/api/admin/v1/prices', { body: bodyOf(model, values, later ? moment : undefined) });
      await refresh('/api/admin/v1/prices', '/api/admin/v1/models');
      toast(t('models.price.done', { model }));
      onClose();
    } catch (problem) {
      setRefused(problem);
    } finally {
      setBusy(false);
    }
  };
  const field = (name: keyof Values) => (
    <TextField
      key={name}
      label={t(`models.class.${name}`)}
      inputMode="decimal"
      autoComplete="off"
      value={values[name]}
      onValue={(text) => setValues({ ...values, [name]: text })}
      error={shown && wrong(name) ? t(name === 'perCall' ? 'models.price.wrongCall' : 'models.price.wrong') : undefined}
    />
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('models.price.title', { model })}
      foot={
        <>
          <Button onClick={onClose}>{t('shell.action.cancel')}</Button>
          <Button look="primary" type="submit" form={FORM} busy={busy}>
            {t('models.price.verb')}
          </Button>
        </>
      }
    >
      <Form id={FORM} onSend={() => void send()}>
        <p className="dim">{t('models.price.about', { currency: currencyCode() })}</p>
        <FormRow>{CLASSES.map(field)}</FormRow>
        <FormRow>{field('perCall')}</FormRow>
        <div className={styles.when}>
          <span>{t('models.price.when')}</span>
          <Segments
            label={t('models.price.when')}
            options={[
              { id: 'now', text: t('models.price.now') },
              { id: 'later', text: t('models.price.later') },
            ]}
            value={later ? 'later' : 'now'}
            onValue={(next) => setLater(next === 'later')}
          />
        </div>
        {later && (
          <TextField
            type="datetime-local"
            label={t('models.price.at', { zone: zoneName() })}
            value={moment}
            onValue={setMoment}
            error={shown && past ? t('models.price.past') : undefined}
          />
        )}
        {refused !== undefined && <ProblemNote problem={asProblem(refused)} />}
      </Form>
    </Dialog>
  );
}

function valuesOf(price: PriceView | null | undefined): Values {
  const classes = CLASSES.map((name) => [name, price?.perMillionTokens[name] ?? '0']);
  return { ...Object.fromEntries(classes), perCall: price?.perCall ?? '0' } as Values;
}

function bodyOf(model: string, values: Values, moment: string | undefined) {
  const { perCall, ...classes } = values;
  const perMillionTokens = Object.fromEntries(
    Object.entries(classes).map(([name, text]) => [name, text.trim()]),
  ) as Record<TokenClass, string>;
  return {
    model,
    perCall: perCall.trim(),
    perMillionTokens,
    ...(moment !== undefined && { from: new Date(at(moment)).toISOString() }),
  };
}

/** A moment as it is written, in the zone in which times show. */
function at(moment: string): number {
  return Date.parse(zone.get() === 'utc' ? `${moment}Z` : moment);
}
