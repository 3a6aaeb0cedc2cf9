import type { Tone } from '../../components/Status';
import type { components } from '../../lib/api';

export type MeView = components['schemas']['MeView'];
export type OfferedModel = components['schemas']['OfferedModelView'];
export type AccessRequest = components['schemas']['AccessRequestView'];

export const TONES: Record<AccessRequest['state'], Tone> = { open: 'busy', approved: 'ok', declined: 'neutral' };

/** Models that the user may use first, each part by name. */
export function inOrder(models: readonly OfferedModel[]): readonly OfferedModel[] {
  return models.toSorted((one, other) => Number(other.granted) - Number(one.granted) || one.id.localeCompare(other.id));
}

/** Whether an open request already asks for a model, or for all of them. */
export function waitsFor(model: string, asked: readonly AccessRequest[]): boolean {
  return asked.some((request) => request.state === 'open' && (request.model == null || request.model === model));
}
