import { Status } from '../../components/Status';
import { t } from '../../lib/i18n';

/** How many nodes are ready for it. */
export function Ready({ nodes }: { nodes: number }) {
  return (
    <Status tone={nodes === 0 ? 'bad' : 'ok'}>
      {nodes === 0 ? t('models.nodes.none') : t('models.nodes.ready', { count: nodes })}
    </Status>
  );
}
