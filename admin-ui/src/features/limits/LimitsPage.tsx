import '../../locales/en/limits';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Page } from '../../components/Page';
import { Panel } from '../../components/Panel';
import { Answer, EmptyState } from '../../components/States';
import { amount, word, z } from '../../lib/check';
import { t } from '../../lib/i18n';
import { useNames } from '../../lib/names';
import { useSession } from '../../lib/session';
import { shared, useView } from '../../lib/view';
import { whole } from '../../lib/whole';
import { Bounds } from './Bounds';
import styles from './Limits.module.css';
import { boundsOf, chainOf, ORGANISATION, type PlaceName, type Places, placesOf } from './places';
import { SetLimit } from './SetLimit';
import { Tree } from './Tree';
import { WhatIf } from './WhatIf';
import { placeText } from './words';

export const search = z.extend(shared, {
  find: word,
  ifKey: word,
  ifModel: word,
  ifInput: amount,
  ifOutput: amount,
});

const SELDOM = { staleTime: 60_000, placeholderData: keepPreviousData };
const REFRESH_MS = 15_000;

/** Who may use how much: limits at every place, what is left of them, and what a call would meet. */
export default function LimitsPage() {
  const session = useSession();
  const [view, change] = useView(search);
  const names = useNames();
  const limits = useQuery({ ...whole('/api/admin/v1/limits', {}), refetchInterval: REFRESH_MS });
  const keys = useQuery({ ...whole('/api/admin/v1/keys', {}), ...SELDOM, enabled: session.can('KEYS_READ') });
  const { everywhere, tenant, tenantName } = session;
  const places = useMemo(
    () =>
      placesOf({
        organisation: everywhere ? t('limits.level.organisation') : undefined,
        tenants: ownTenant(tenant, tenantName, names.tenants),
        projects: names.projects,
        keys: (keys.data?.items ?? []).filter(({ state }) => state !== 'revoked'),
        limits: limits.data?.items ?? [],
      }),
    [everywhere, tenant, tenantName, names, keys.data, limits.data],
  );
  const { node } = useParams({ strict: false }) as { node?: string };
  const open = node ?? view.tenant ?? session.tenant ?? ORGANISATION;
  return (
    <Page title={t('limits.title')}>
      <div className={styles.halves}>
        <div className={styles.side}>
          <Panel title={t('limits.tree.title')}>
            <Answer query={limits} height={220}>
              {() => <Tree places={places} open={open} find={view.find} onFind={(find) => change({ find }, true)} />}
            </Answer>
          </Panel>
          {session.can('KEYS_READ') && (
            <WhatIf view={view} change={change} keys={keys.data?.items ?? []} places={places} />
          )}
        </div>
        <Answer query={limits} height={420}>
          {() => <Node places={places} id={open} settled={!keys.isLoading && names.projects.length > 0} />}
        </Answer>
      </div>
    </Page>
  );
}

/** A developer knows of its tenant by its session alone. */
function ownTenant(
  tenant: string | null | undefined,
  tenantName: string | null | undefined,
  tenants: readonly PlaceName[],
): readonly PlaceName[] {
  return tenant == null || tenants.some(({ id }) => id === tenant)
    ? tenants
    : [{ id: tenant, name: tenantName ?? tenant }];
}

function Node({ places, id, settled }: { places: Places; id: string; settled: boolean }) {
  const { can, everywhere } = useSession();
  const chain = chainOf(places, id);
  const place = chain.at(-1);
  if (place === undefined) {
    return settled ? <EmptyState title={t('limits.node.missing')} text={t('limits.node.missingText')} /> : null;
  }
  const mayHere = can('LIMITS_WRITE') && (everywhere || place.level === 'project' || place.level === 'key');
  const bounds = boundsOf(chain);
  return (
    <Panel
      title={
        place.level === 'organisation'
          ? t('limits.node.organisation')
          : t('limits.node.title', { name: placeText(place) })
      }
      actions={mayHere && <SetLimit key={place.id} place={place} />}
      flush={bounds.length > 0}
    >
      {bounds.length === 0 ? (
        <EmptyState title={t('limits.none.title')} text={t('limits.none.text')} />
      ) : (
        <Bounds bounds={bounds} chain={chain} writes={mayHere} />
      )}
    </Panel>
  );
}
