import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read } from './query';
import { useSession } from './session';
import { whole } from './whole';

/** Something that has an id and a name. */
export interface Named {
  value: string;
  text: string;
}

const LOOKUP = { staleTime: 60_000 };

/** Names of tenants, for users who see more than one. */
export function useTenantNames(): readonly Named[] {
  const { everywhere, can } = useSession();
  const enabled = everywhere && can('TENANTS_READ');
  const { data } = useQuery({ ...whole('/api/admin/v1/tenants', {}), ...LOOKUP, enabled });
  return useMemo(() => named(data), [data]);
}

export function useProjectNames(): readonly Named[] {
  const enabled = useSession().can('PROJECTS_READ');
  const { data } = useQuery({ ...whole('/api/admin/v1/projects', {}), ...LOOKUP, enabled });
  return useMemo(() => named(data), [data]);
}

export function useKeyNames(): readonly Named[] {
  const enabled = useSession().can('KEYS_READ');
  const { data } = useQuery({ ...whole('/api/admin/v1/keys', {}), ...LOOKUP, enabled });
  return useMemo(() => named(data), [data]);
}

export function useModelNames(): readonly Named[] {
  const enabled = useSession().can('PRICES_READ');
  const { data } = useQuery({ ...read('/api/admin/v1/models'), ...LOOKUP, enabled });
  return useMemo(() => (data?.items ?? []).map(({ id }) => ({ value: id, text: id })), [data]);
}

function named(answer: { items: readonly { id: string; name: string }[] } | undefined): readonly Named[] {
  return (answer?.items ?? []).map(({ id, name }) => ({ value: id, text: name }));
}
