import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Combobox } from '../../components/Combobox';
import { Lines } from '../../components/Facts';
import { FormRow, TextField } from '../../components/Field';
import { Panel } from '../../components/Panel';
import { LabelledSelect } from '../../components/Select';
import { Answer } from '../../components/States';
import { Status } from '../../components/Status';
import type { components } from '../../lib/api';
import { money, NOTHING, nanoOf } from '../../lib/format';
import { t } from '../../lib/i18n';
import { read } from '../../lib/query';
import { useSession } from '../../lib/session';
import { time } from '../../lib/time';
import { leastCharge } from './draft';
import styles from './Limits.module.css';
import { ORGANISATION, type Places } from './places';
import { amountText, limitText, placeText } from './words';

type Explained = components['schemas']['ExplainedView'];
type Binding = components['schemas']['BindingView'];
type Key = components['schemas']['KeyView'];

interface Asked {
  ifKey?: string | undefined;
  ifModel?: string | undefined;
  ifInput?: number | undefined;
  ifOutput?: number | undefined;
}

export interface WhatIfProps {
  view: Asked;
  change: (change: { [Name in keyof Asked]?: string | number | undefined }, replace?: boolean) => void;
  keys: readonly Key[];
  places: Places;
}

const INPUT = 1000;
const OUTPUT = 500;

/** Which limit would refuse a call, asked of the gateway's own books. */
export function WhatIf({ view, change, keys, places }: WhatIfProps) {
  const { can } = useSession();
  const { data: models } = useQuery({ ...read('/api/admin/v1/models'), enabled: can('PRICES_READ') });
  const input = view.ifInput ?? INPUT;
  const output = view.ifOutput ?? OUTPUT;
  const model = models?.items.find(({ id, aliases }) => id === view.ifModel || aliases.includes(view.ifModel ?? ''));
  const charge = leastCharge(model?.price, input, output);
  const chosen = view.ifKey !== undefined && view.ifModel !== undefined;
  const query = useQuery({
    ...read('/api/admin/v1/quota', {
      params: { query: { key: view.ifKey ?? '', model: view.ifModel ?? '', input, output, charge } },
    }),
    enabled: chosen && models !== undefined,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  const number = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);
  return (
    <Panel title={t('limits.if.title')} note={t('limits.if.note')}>
      <div className={styles.whatIf}>
        <Combobox
          label={t('limits.if.key')}
          placeholder={t('limits.if.keyPick')}
          empty={t('limits.if.keyNone')}
          options={keys
            .filter(({ state }) => state === 'active')
            .map(({ id, name, project }) => ({ value: id, text: name, hint: places.get(project)?.name }))}
          value={view.ifKey ?? null}
          onValue={(ifKey) => change({ ifKey }, true)}
        />
        <LabelledSelect
          label={t('limits.if.model')}
          placeholder={t('limits.if.modelPick')}
          options={(models?.items ?? []).map(({ id }) => ({ value: id, text: id }))}
          value={view.ifModel ?? null}
          onValue={(ifModel) => change({ ifModel }, true)}
        />
        <FormRow>
          <TextField
            label={t('limits.if.input')}
            inputMode="numeric"
            value={String(input)}
            onValue={(text) => change({ ifInput: number(text) ?? 0 }, true)}
          />
          <TextField
            label={t('limits.if.output')}
            inputMode="numeric"
            value={String(output)}
            onValue={(text) => change({ ifOutput: number(text) ?? 0 }, true)}
          />
        </FormRow>
        {chosen ? (
          <Answer query={query} height={80}>
            {(explained) => <Verdict explained={explained} charge={charge} places={places} />}
          </Answer>
        ) : (
          <p className="dim">{t('limits.if.hint')}</p>
        )}
      </div>
    </Panel>
  );
}

function Verdict({ explained, charge, places }: { explained: Explained; charge: string; places: Places }) {
  const { admits, first, items } = explained;
  const place = ({ subject, limit }: Binding) => {
    const found = places.get(subject ?? ORGANISATION);
    const text = found === undefined ? '' : placeText(found);
    return limit == null ? `${text} (${t('limits.if.default')})` : text;
  };
  return (
    <div className={styles.verdict} role="status">
      <Status tone={admits ? 'ok' : 'bad'}>{t(admits ? 'limits.if.admits' : 'limits.if.refuses')}</Status>
      {first != null && (
        <p>
          {t('limits.if.by', {
            what: limitText(first),
            place: place(first),
            needed: amountText(first.what, first.needed),
            left: leftOf(first),
          })}{' '}
          {first.room == null ? t('limits.if.noRoom') : t('limits.if.room', { time: time(first.room, 'dayMinute') })}
        </p>
      )}
      {charge !== '0' && <p className="dim">{t('limits.if.charge', { charge: money(nanoOf(charge)) })}</p>}
      {items.length === 0 ? (
        <p className="dim">{t('limits.if.free')}</p>
      ) : (
        <Lines
          label={t('limits.if.label')}
          head={[
            { text: t('limits.if.limit'), wrap: true },
            { text: t('limits.if.needs'), number: true },
            { text: t('limits.if.left'), number: true },
          ]}
          rows={items.map((binding) => ({
            id: [binding.limit ?? binding.what, binding.per, binding.level].join(),
            cells: [
              <span key="limit" className={styles.binding}>
                {limitText(binding)}
                <span className="dim">{place(binding)}</span>
              </span>,
              amountText(binding.what, binding.needed),
              binding.refuses ? (
                <Status key="left" tone="bad" plain>
                  {leftOf(binding)}
                </Status>
              ) : (
                leftOf(binding)
              ),
            ],
          }))}
        />
      )}
    </div>
  );
}

/** What others use of the organisation's limits is not told to everybody. */
function leftOf({ what, state }: Binding): string {
  return state == null ? NOTHING : amountText(what, state.left);
}
