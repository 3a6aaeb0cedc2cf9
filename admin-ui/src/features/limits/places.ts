import type { components } from '../../lib/api';
import { grouped } from '../../lib/groups';

export type LimitView = components['schemas']['LimitView'];
export type StateView = components['schemas']['StateView'];
export type Level = 'organisation' | 'tenant' | 'project' | 'key';

export const ORGANISATION = 'organisation';

/** A place where limits can be set. */
export interface Place {
  /** `organisation`, or the id of the tenant, project or key. */
  id: string;
  level: Level;
  name: string;
  parent: string | undefined;
  limits: readonly LimitView[];
}

export type Places = ReadonlyMap<string, Place>;

/** Whatever limits can be set at, by its name. */
export interface PlaceName {
  id: string;
  name: string;
}

/** Everything that limits can be set at, by id, each after what is above it. */
export function placesOf(from: {
  /** Left out where the user sees nothing of it. */
  organisation: string | undefined;
  tenants: readonly PlaceName[];
  projects: readonly (PlaceName & { tenant: string })[];
  keys: readonly (PlaceName & { project: string })[];
  limits: readonly LimitView[];
}): Places {
  const own = grouped(from.limits, ({ subject }) => subject ?? ORGANISATION);
  const place = ({ id, name }: PlaceName, level: Level, parent?: string): [string, Place] => [
    id,
    { id, name, level, parent, limits: own.get(id) ?? [] },
  ];
  return new Map([
    ...(from.organisation === undefined ? [] : [place({ id: ORGANISATION, name: from.organisation }, 'organisation')]),
    ...from.tenants.map((tenant) => place(tenant, 'tenant', ORGANISATION)),
    ...from.projects.map((project) => place(project, 'project', project.tenant)),
    ...from.keys.map((key) => place(key, 'key', key.project)),
  ]);
}

/** A place and all that is above it, the widest first. */
export function chainOf(places: Places, id: string): readonly Place[] {
  const chain: Place[] = [];
  for (let at = places.get(id); at !== undefined; at = at.parent === undefined ? undefined : places.get(at.parent)) {
    chain.unshift(at);
  }
  return chain;
}

export function childrenOf(places: Places, id: string): readonly Place[] {
  return [...places.values()]
    .filter(({ parent }) => parent === id)
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** One thing that is limited at a place or above it. */
export interface Bound {
  id: string;
  what: string;
  per: string | null;
  model: string | null;
  /** Whoever sets it, the widest first. */
  lines: readonly { place: Place; limit: LimitView; own: boolean }[];
  /** The limit that leaves the least room: what holds in the end. */
  effective: LimitView;
}

const MEASURES = ['charge', 'requests', 'input_tokens', 'output_tokens', 'total_tokens', 'streams'];
const PERIODS = ['minute', 'hour', 'day', 'month', 'quarter'];

/** What binds a place: its own limits and those of all above it, those of the same thing together. */
export function boundsOf(chain: readonly Place[]): readonly Bound[] {
  const here = chain.at(-1)?.id;
  const lines = chain.flatMap((place) => place.limits.map((limit) => ({ place, limit, own: place.id === here })));
  return [...grouped(lines, ({ limit }) => thing(limit))]
    .flatMap(([id, group]): Bound[] => {
      const [first] = group;
      if (first === undefined) {
        return [];
      }
      const { what, per, model } = first.limit;
      const effective = group.map(({ limit }) => limit).reduce(tighter);
      return [{ id, what, per: per ?? null, model: model ?? null, lines: group, effective }];
    })
    .toSorted((one, other) => order(one) - order(other) || (one.model ?? '').localeCompare(other.model ?? ''));
}

function thing({ what, per, model }: LimitView): string {
  return [what, per, model].join(' ');
}

function tighter(one: LimitView, other: LimitView): LimitView {
  return Number(other.state.amount) < Number(one.state.amount) ? other : one;
}

function order({ what, per }: Bound): number {
  return MEASURES.indexOf(what) * PERIODS.length + PERIODS.indexOf(per ?? '');
}

/** The share of a limit that is settled, and that is held besides. An amount of nothing is used up. */
export function sharesOf({ amount, spent, held }: StateView): { settled: number; held: number } {
  const all = Number(amount);
  return all === 0 ? { settled: 1, held: 0 } : { settled: Number(spent) / all, held: Number(held) / all };
}

/** The share of a place's own limit that is closest to its end; null where it has none. */
export function strainOf({ limits }: Place): number | null {
  const shares = limits.map(({ state }) => sharesOf(state)).map(({ settled, held }) => settled + held);
  return shares.length === 0 ? null : Math.max(...shares);
}
