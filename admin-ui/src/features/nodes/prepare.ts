import type { Tone } from '../../components/Status';
import type { components } from '../../lib/api';

export type NodeView = components['schemas']['NodeView'];

const TONES: Record<NodeView['state'], Tone> = { ready: 'ok', loading: 'busy', draining: 'neutral', lost: 'bad' };
const ORDER: readonly NodeView['state'][] = ['lost', 'loading', 'draining', 'ready'];

export function stateTone(state: NodeView['state']): Tone {
  return TONES[state];
}

/** For sorting: what needs a person comes first. */
export function stateRank({ state }: NodeView): number {
  return ORDER.indexOf(state);
}

export function kvShare({ kvUsed, kvTokens }: NodeView): number {
  return kvTokens === 0 ? 0 : kvUsed / kvTokens;
}

/** Models that nobody would serve if this node took no more requests. */
export function onlyHere(node: NodeView, nodes: readonly NodeView[]): readonly string[] {
  const elsewhere = new Set(
    nodes
      .filter(({ name, state }) => name !== node.name && state === 'ready')
      .flatMap(({ models }) => models.map(({ id }) => id)),
  );
  return node.state === 'ready' ? node.models.map(({ id }) => id).filter((id) => !elsewhere.has(id)) : [];
}
