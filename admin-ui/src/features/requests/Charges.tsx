import type { LedgerLine, RequestDetail } from '../../lib/contract';
import { count, money, NOTHING } from '../../lib/format';
import { named, t } from '../../lib/i18n';
import styles from './Requests.module.css';

/** Tokens by class, each with its price and what it came to. */
export function Charges({ detail: { cost, request } }: { detail: RequestDetail }) {
  if (cost.length === 0) {
    return <p className="dim">{t('requests.cost.none')}</p>;
  }
  return (
    <>
      <table className={styles.lines}>
        <thead>
          <tr>
            <th scope="col">{t('requests.cost.class')}</th>
            <NumberHead head={t('requests.cost.tokens')} />
            <NumberHead head={t('requests.cost.price')} />
            <NumberHead head={t('requests.cost.charge')} />
          </tr>
        </thead>
        <tbody>
          {cost.map((line) => (
            <tr key={line.tokenClass}>
              <td>{named('requests.class', line.tokenClass)}</td>
              <td className={styles.number}>{line.tokenClass === 'perCall' ? NOTHING : count(line.tokens)}</td>
              <td className={styles.number}>
                {line.tokenClass === 'perCall' ? NOTHING : money(line.priceNanoPerMillion)}
              </td>
              <td className={styles.number}>{money(line.chargeNano)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={3}>{t('requests.cost.total')}</td>
            <td className={styles.number}>{money(request.chargeNano)}</td>
          </tr>
        </tfoot>
      </table>
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
    <div className={styles.scroll}>
      <table className={styles.lines}>
        <thead>
          <tr>
            <th scope="col">{t('requests.ledger.attempt')}</th>
            <th scope="col">{t('requests.ledger.kind')}</th>
            <th scope="col">{t('requests.ledger.node')}</th>
            <NumberHead head={t('requests.ledger.in')} />
            <NumberHead head={t('requests.ledger.out')} />
            <NumberHead head={t('requests.ledger.charge')} />
            <NumberHead head={t('requests.ledger.cost')} />
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.attempt} ${line.kind}`}>
              <td>{line.attempt}</td>
              <td>{named('requests.ledger', line.kind)}</td>
              <td>{line.node}</td>
              <td className={styles.number}>{count(line.promptTokens)}</td>
              <td className={styles.number}>{count(line.completionTokens)}</td>
              <td className={styles.number}>{line.due ? money(line.chargeNano) : NOTHING}</td>
              <td className={styles.number}>{money(line.costNano)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NumberHead({ head }: { head: string }) {
  return (
    <th scope="col" className={styles.number}>
      {head}
    </th>
  );
}
