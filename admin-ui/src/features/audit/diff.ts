import { time } from '../../lib/time';

/** A value inside a state, by the way that leads to it: `perMillionTokens.output`. */
export interface Difference {
  path: string;
  kind: 'added' | 'removed' | 'changed' | 'same';
  before: string | undefined;
  after: string | undefined;
}

const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/g;

const ORDER: readonly Difference['kind'][] = ['changed', 'added', 'removed', 'same'];

/** What is different between two states, member by member; what is the same comes last. */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const [old, now] = [leaves(before), leaves(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return paths
    .map((path): Difference => {
      const [was, is] = [old.get(path), now.get(path)];
      const kind = was === undefined ? 'added' : is === undefined ? 'removed' : was === is ? 'same' : 'changed';
      return { path, kind, before: was, after: is };
    })
    .toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}

/** One line that tells a change: `amount 10 → 12`. */
export function summary(before: unknown, after: unknown): string {
  const all = differences(before, after).filter(({ kind }) => kind !== 'same');
  if (all.length === 0) {
    return '';
  }
  if (before == null || after == null) {
    const name = all.find(({ path }) => ['name', 'model'].includes(path));
    return name?.after ?? name?.before ?? '';
  }
  return all.map(({ path, before: was, after: is }) => `${path} ${was ?? '∅'} → ${is ?? '∅'}`).join(', ');
}

/** Values by their paths. Lists of plain values are one value, for their places say nothing. */
function leaves(state: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (state === null || state === undefined) {
    if (path !== '') {
      found.set(path, 'null');
    }
  } else if (Array.isArray(state) && state.every((one) => typeof one !== 'object' || one === null)) {
    found.set(path, state.length === 0 ? '[]' : state.join(', '));
  } else if (typeof state === 'object') {
    const members = Object.entries(state);
    for (const [name, value] of members) {
      leaves(value, path === '' ? name : `${path}.${name}`, found);
    }
    if (members.length === 0 && path !== '') {
      found.set(path, '{}');
    }
  } else {
    found.set(
      path,
      String(state).replace(MOMENT, (at) => time(at, 'full')),
    );
  }
  return found;
}
