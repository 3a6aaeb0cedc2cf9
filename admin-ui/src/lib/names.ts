import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { components } from './api';
import { useSession } from './session';
import { whole } from './whole';

export type TenantView = components['schemas']['TenantView'];
export type ProjectView = components['schemas']['ProjectView'];

const SELDOM = { staleTime: 60_000 };

/** Tenants and projects that the user may see, and their names by id. */
export function useNames() {
  const session = useSession();
  const tenants = useQuery({ ...whole('/api/admin/v1/tenants', {}), ...SELDOM, enabled: session.can('TENANTS_READ') });
  const projects = useQuery({
    ...whole('/api/admin/v1/projects', {}),
    ...SELDOM,
    enabled: session.can('PROJECTS_READ'),
  });
  return useMemo(() => {
    const tenantsById = byId(tenants.data?.items ?? []);
    const projectsById = byId(projects.data?.items ?? []);
    return {
      tenants: tenants.data?.items ?? [],
      projects: projects.data?.items ?? [],
      tenant: (id: string) => tenantsById.get(id)?.name ?? short(id),
      project: (id: string) => projectsById.get(id)?.name ?? short(id),
    };
  }, [tenants.data, projects.data]);
}

export type Names = ReturnType<typeof useNames>;

function byId<Item extends { id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

function short(id: string): string {
  return id.slice(0, 8);
}
