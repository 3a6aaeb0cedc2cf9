import { Meter } from '../../components/Meter';
import { compact, count } from '../../lib/format';
import { t } from '../../lib/i18n';
import styles from './Nodes.module.css';
import { kvShare, type NodeView } from './prepare';

/** How full the cache is, as a bar and in numbers. */
export function Cache({ node }: { node: NodeView }) {
  const text = t('nodes.kv.text', { used: count(node.kvUsed), all: count(node.kvTokens) });
  return (
    <span className={styles.cache} title={text}>
      <Meter label={t('nodes.kv.label', { node: node.name })} share={kvShare(node)} />
      <span className={styles.cacheText}>
        {compact(node.kvUsed)} / {compact(node.kvTokens)}
      </span>
    </span>
  );
}
