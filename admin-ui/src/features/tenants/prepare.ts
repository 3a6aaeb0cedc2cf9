import { grouped } from '../../lib/groups';
import type { ProjectView, TenantView } from '../../lib/names';

/** A tenant with what belongs to it. Numbers are null where they may not be known. */
export interface TenantRow extends TenantView {
  projects: readonly ProjectView[];
  keys: number | null;
  requests: number | null;
  spentNano: number | null;
}

interface Sum {
  group: string;
  requests: number;
  chargeNano: number;
}

/** Tenants with their projects, keys and sums of the month. */
export function rowsOf(from: {
  tenants: readonly TenantView[];
  projects: readonly ProjectView[];
  keys: readonly { tenant: string; state: string }[] | undefined;
  usage: readonly Sum[] | undefined;
}): readonly TenantRow[] {
  const projects = grouped(from.projects, ({ tenant }) => tenant);
  const keys =
    from.keys &&
    grouped(
      from.keys.filter(({ state }) => state === 'active'),
      ({ tenant }) => tenant,
    );
  const sums = from.usage && new Map(from.usage.map((sum) => [sum.group, sum]));
  return from.tenants.map((tenant) => ({
    ...tenant,
    projects: projects.get(tenant.id) ?? [],
    keys: keys === undefined ? null : (keys.get(tenant.id)?.length ?? 0),
    requests: sums === undefined ? null : (sums.get(tenant.id)?.requests ?? 0),
    spentNano: sums === undefined ? null : (sums.get(tenant.id)?.chargeNano ?? 0),
  }));
}

/** Whether a tenant, or one of its projects, is called that. */
export function isCalled(row: TenantRow, find: string | undefined): boolean {
  const wanted = find?.toLowerCase();
  return wanted === undefined || [row, ...row.projects].some(({ name }) => name.toLowerCase().includes(wanted));
}
