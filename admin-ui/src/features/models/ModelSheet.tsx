import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { Id } from '../../components/Copy';
import { Sheet } from '../../components/Dialog';
import { Fact, Facts, Section, Sections } from '../../components/Facts';
import { Answer, EmptyState } from '../../components/States';
import { Status } from '../../components/Status';
import { count, money, NOTHING, nanoOf } from '../../lib/format';
import { t } from '../../lib/i18n';
import { read } from '../../lib/query';
import { useSession } from '../../lib/session';
import { time } from '../../lib/time';
import styles from './Models.module.css';
import { PriceDialog } from './PriceDialog';
import { byBeginning, CLASSES, type ModelView, type PriceView, stateOf } from './prepare';
import { Ready } from './Ready';

const PRICES = 100;

export interface ModelSheetProps {
  id: string;
  model: ModelView | undefined;
  wide: boolean;
  onWide: (wide: boolean) => void;
  onClose: () => void;
}

/** One model: who serves it, and what it has cost, costs and will cost. */
export function ModelSheet({ id, model, wide, onWide, onClose }: ModelSheetProps) {
  const { can, everywhere } = useSession();
  const [pricing, setPricing] = useState(false);
  const query = useQuery(read('/api/admin/v1/prices', { params: { query: { model: id, limit: PRICES } } }));
  const prices = byBeginning(query.data?.items ?? []);
  const writes = can('PRICES_WRITE') && everywhere;
  return (
    <Sheet
      open
      onClose={onClose}
      title={id}
      wide={wide}
      onWide={onWide}
      aside={model !== undefined && <Ready nodes={model.nodesReady} />}
      foot={
        writes && model !== undefined ? (
          <Button look="primary" onClick={() => setPricing(true)}>
            {t('models.price.verb')}
          </Button>
        ) : undefined
      }
    >
      {model === undefined ? (
        <EmptyState title={t('models.sheet.missing')} text={t('models.sheet.missingText')} />
      ) : (
        <Sections>
          <ModelFacts model={model} />
          <Section title={t('models.sheet.prices')}>
            <Answer query={query} height={120}>
              {() => <Prices prices={prices} />}
            </Answer>
          </Section>
        </Sections>
      )}
      {pricing && <PriceDialog model={id} former={model?.price} onClose={() => setPricing(false)} />}
    </Sheet>
  );
}

function ModelFacts({ model }: { model: ModelView }) {
  const { can } = useSession();
  return (
    <>
      <Facts>
        <Fact name={t('models.sheet.id')}>
          <Id value={model.id} label={t('models.sheet.copy')} />
        </Fact>
        <Fact name={t('models.sheet.aliases')}>{model.aliases.join(', ') || NOTHING}</Fact>
        <Fact name={t('models.sheet.context')}>
          {model.context == null ? NOTHING : t('models.sheet.contextText', { context: count(model.context) })}
        </Fact>
      </Facts>
      <div className={styles.links}>
        {can('REQUESTS_READ') && (
          <Link to="/requests" search={{ model: model.id, range: '24h' } as never}>
            {t('models.sheet.requests')}
          </Link>
        )}
        {can('USAGE_READ') && (
          <Link to={'/usage' as never} search={{ model: model.id, group: 'key' } as never}>
            {t('models.sheet.usage')}
          </Link>
        )}
        {can('PLAYGROUND') && (
          <Link to={'/playground' as never} search={{ model: model.id } as never}>
            {t('models.sheet.try')}
          </Link>
        )}
      </div>
    </>
  );
}

function Prices({ prices }: { prices: readonly PriceView[] }) {
  if (prices.length === 0) {
    return <p className="dim">{t('models.sheet.noPrice')}</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.prices}>
        <thead>
          <tr>
            <th scope="col">{t('models.sheet.from')}</th>
            <th scope="col">{t('models.sheet.until')}</th>
            {[...CLASSES, 'perCall' as const].map((name) => (
              <th key={name} scope="col" className={styles.number}>
                {t(`models.class.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {prices.map((price) => (
            <Price key={price.id} price={price} state={stateOf(price, prices, Date.now())} />
          ))}
        </tbody>
      </table>
      <p className="dim">{t('models.sheet.million')}</p>
    </div>
  );
}

function Price({ price, state }: { price: PriceView; state: ReturnType<typeof stateOf> }) {
  return (
    <tr data-state={state}>
      <td>
        {time(price.from, 'dayMinute')}{' '}
        {state === 'inForce' && (
          <Status tone="ok" plain>
            {t('models.sheet.inForce')}
          </Status>
        )}
        {state === 'ahead' && (
          <Status tone="busy" plain>
            {t('models.sheet.ahead')}
          </Status>
        )}
      </td>
      <td>{price.until == null ? t('models.sheet.open') : time(price.until, 'dayMinute')}</td>
      {CLASSES.map((name) => (
        <td key={name} className={styles.number}>
          {money(nanoOf(price.perMillionTokens[name]))}
        </td>
      ))}
      <td className={styles.number}>{money(nanoOf(price.perCall))}</td>
    </tr>
  );
}
