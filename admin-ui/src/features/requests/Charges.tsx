import { Lines } from '../../components/Facts';
import type { LedgerLine, RequestDetail } from '../../lib/contract';
import { count, money, NOTHING } from '../../lib/format';
import { named, t } from '../../lib/i18n';

/** Tokens by class, each with its price and what it came to. */
export function Charges({ detail: { cost, request } }: { detail: RequestDetail }) {
  if (cost.length === 0) {
    return <p className="dim">{t('requests.cost.none')}</p>;
  }
  return (
    <>
      <Lines
        label={t('requests.cost.title')}
        head={[
          { text: t('requests.cost.class') },
          { text: t('requests.cost.tokens'), number: true },
          { text: t('requests.cost.price'), number: true },
          { text: t('requests.cost.charge'), number: true },
        ]}
        rows={cost.map(({ tokenClass, tokens, priceNanoPerMillion, chargeNano }) => ({
          id: tokenClass,
          cells: [
            named('requests.class', tokenClass),
            tokenClass === 'perCall' ? NOTHING : count(tokens),
            tokenClass === 'perCall' ? NOTHING : money(priceNanoPerMillion),
            money(chargeNano),
          ],
        }))}
        foot={[t('requests.cost.total'), money(request.chargeNano)]}
      />
      {!request.exact && <p className="dim">{t('requests.cost.inexact')}</p>}
    </>
  );
}

/** The request's lines in the ledger: one a dispatch, and corrections. */
export function Ledger({ lines }: { lines: readonly LedgerLine[] }) {
  if (lines.length === 0) {
    return <p className="dim">{t('requests.ledger.none')}</p>;
  }
  return (
    <Lines
      label={t('requests.ledger.title')}
      head={[
        { text: t('requests.ledger.attempt') },
        { text: t('requests.ledger.kind') },
        { text: t('requests.ledger.node') },
        { text: t('requests.ledger.in'), number: true },
        { text: t('requests.ledger.out'), number: true },
        { text: t('requests.ledger.charge'), number: true },
        { text: t('requests.ledger.cost'), number: true },
      ]}
      rows={lines.map((line) => ({
        id: `${line.attempt} ${line.kind}`,
        cells: [
          line.attempt,
          named('requests.ledger', line.kind),
          line.node,
          count(line.promptTokens),
          count(line.completionTokens),
          line.due ? money(line.chargeNano) : NOTHING,
          money(line.costNano),
        ],
      }))}
    />
  );
}
